"""docs/tutorial.md against the tutorial: no command of it is left out."""
import re

from places import ROOT
from tutorial.page import rows

TYPED = ROOT / "tests/commands/cm_commands.txt"


def same(command):
    """The command without quotes, blanks and line ends, as far as they say nothing."""
    return re.sub(r"[\s\\\"']+", " ", command).strip()


def case_each_command_of_the_tutorial_has_a_row(session):
    text = TYPED.read_text().split("# The tutorial.\n")[1].split("\n\n")[0].replace("\\\n", " ")
    typed = {same(line.lstrip("!")) for line in text.splitlines()}
    told = {same(old) for row in rows() for old in row.old}
    assert len(typed) > 25 and typed <= told, f"the page lacks {sorted(typed - told)}"

"""docs/tutorial.md -> its rows: a command of the tutorial, the lines of mlpgen that do the same,
and how far they ran."""
import dataclasses
import re

from places import ROOT

PAGE = ROOT / "docs/tutorial.md"
HEAD = "| in the tutorial | here | ran |"
RAN = {
    "here": "every step, with the real bytes",
    "stand-ins": "every step, with stand-ins at the real places' paths",
    "configured": "no step: the graph was made",
    "": "nothing has to be typed",
}


@dataclasses.dataclass
class Row:
    line: int  # in the page
    old: list  # commands of the tutorial
    lines: list  # of mlpgen and ninja, as they are typed
    ran: str  # a word of RAN


def spans(cell):
    return re.findall(r"`([^`]+)`", cell)


def rows():
    found, inside = [], False
    for number, text in enumerate(PAGE.read_text().splitlines(), 1):
        if text.startswith("|---"):
            continue
        if not text.startswith("| ") or text == HEAD:
            inside = text == HEAD
            continue
        if not inside:
            continue
        old, here, ran = (cell.strip() for cell in text.strip("|").split(" | "))
        lines = [span for span in spans(here) if span.startswith(("mlpgen ", "ninja"))]
        found.append(Row(number, spans(old), lines, ran))
    return found

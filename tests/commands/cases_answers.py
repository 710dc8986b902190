"""docs/answers.md: each command of the page is run, and the lines that it shows are what mlpgen
prints."""
import re
import shlex
import shutil

from places import ROOT, TESTS, TOOL
from submission.bench import Bench as Submission
from submission.cases_causes import two_results

PAGE = ROOT / "docs/answers.md"
BLOCK = re.compile(r"```\n(\$ .*?)```", re.S)


def commands_of(block):
    """(words, the lines below it) of each command in a block."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        first, *lines = part.splitlines()
        yield shlex.split(first), lines


def bare(line):
    """Its words; the line and column of a place move with each edit of a recipe, so they are not
    compared."""
    return re.sub(r":\d+:\d+", ":", line).split()


def check(shown, printed, where):
    """The shown lines stand in the printed ones, in their order; `...` is for any lines, other
    lines are next to each other."""
    at, free = 0, False
    for line in shown:
        if line.strip() == "...":
            free = True
            continue
        found = next((n for n in range(at, len(printed)) if bare(printed[n]) == bare(line)), None)
        if found is None or (found != at and not free):
            raise AssertionError(f"{where}: the page shows\n{line}\nand mlpgen prints\n" +
                                 "\n".join(printed))
        at, free = found + 1, False
    if at != len(printed) and not free:
        raise AssertionError(f"{where}: the page ends, and mlpgen prints more:\n" +
                             "\n".join(printed[at:]))


def tree_without_code(folder):
    """The submission of the last example: two results of short runs, and no folder for the code."""
    tree = two_results(Submission(TOOL, folder, TESTS / "submission"))
    shutil.rmtree(tree.owner / "code")


def test_the_page_shows_what_mlpgen_prints(bench):
    blocks = BLOCK.findall(PAGE.read_text())
    assert len(blocks) >= 5, "the page has no examples"
    for number, block in enumerate(blocks):
        bench.run_directory = bench.folder / str(number)
        bench.run_directory.mkdir()
        if "mlpgen check-submission tree" in block:
            tree_without_code(bench.run_directory)
        for words, shown in commands_of(block):
            assert words[0] == "mlpgen", words
            done = bench.run([bench.mlpgen, *words[1:]], code=None, MLPGEN_HOME=str(ROOT))
            assert done.returncode == (words[1] == "check-submission"), done.stderr
            if shown:
                check(shown, done.stdout.splitlines(), " ".join(words))

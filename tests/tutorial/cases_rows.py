"""Every row of docs/tutorial.md, as it stands there, in the order of the page and in one run
directory: one user's session."""
import shutil

import pytest

from places import Skip
from tutorial.page import PAGE, RAN, rows


def more_words(session, line):
    """What a row needs beside its words to find stand-ins. A commit has none, so the one of the
    tests' own repository is named."""
    words = [f"--lock={session.lock}"]
    if "--with-" in line:
        assert all(copy.exists() for copy in session.own_copies)
    if "app," in line or "run," in line:
        words.append(f"--vendor={session.bundle}")
    if "inference,src" in line:
        words.append(f"--env.CM_GIT_SHA={session.commit}")
    if "_python" in line or "=python" in line:
        words += [
            f"--adr.{handle}.tags=_sha.{session.commit}"
            for handle in ("inference-src", "mlperf-implementation")
        ]
    return words


def run_row(row, session):
    stand_ins = row.ran == "stand-ins"
    env = session.env() if stand_ins else session.here()
    session.enter("run")
    if any("=llvm" in line for line in row.lines) and not shutil.which("clang++"):
        raise Skip("clang is not installed")
    for line in row.lines:
        if line.startswith("ninja"):
            assert row.ran in ("here", "stand-ins"), "a row that runs steps says so"
            session.call(line, env)
            session.note(stand_ins)
            assert "no work to do" in session.call(line, env)
        else:
            session.call(
                line, env,
                more_words(session, line) if stand_ins and line.startswith("mlpgen configure") else
                ())
    if row.ran == "configured":
        assert (session.run_dir /
                ".mlpgen/plan").read_text(), "a row that is only configured has steps that wait"


def case_each_row_says_how_far_it_ran():
    for row in rows():
        assert row.ran in RAN and bool(row.lines) == bool(
            row.ran), f"{PAGE.name}:{row.line}: '{row.ran}' does not fit"


TYPED = [row for row in rows() if row.lines]


@pytest.mark.parametrize("row", TYPED,
                         ids=[f"{PAGE.name}:{row.line} {row.lines[0]}" for row in TYPED])
def case_row(row, session):
    run_row(row, session)

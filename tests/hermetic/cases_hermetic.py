"""No undeclared input is read: every edge of work of the demo runs again with nothing but its
declared inputs in sight."""
import json
import subprocess

import pytest

from hermetic.sandbox import fault_of, why_not
from places import MLPGEN, Skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A run directory in which the demo is done."""
    if reason := why_not():
        raise Skip(reason)
    run = tmp_path_factory.mktemp("hermetic").resolve() / "run"
    for words in ([MLPGEN, "configure", "--preset=demo", "-C",
                   run], ["ninja", "-C", run, "submission"]):
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    yield run
    subprocess.run(["chmod", "-R", "u+w", str(run)], check=False)


def pytest_generate_tests(metafunc):
    """A case for each edge of work that the demo's submission needs."""
    asked = subprocess.run([MLPGEN, "dump", "--stage=plan", "--preset=demo"], capture_output=True,
                           text=True)
    assert asked.returncode == 0, asked.stderr
    steps = [json.loads(line) for line in asked.stdout.splitlines()]
    metafunc.parametrize("name", sorted(step["name"] for step in steps if step["mode"] == "work"))


def case_edge(name, demo):
    steps = [json.loads(line) for line in (demo / ".mlpgen/plan").read_text().splitlines()]
    [step] = [step for step in steps if step["name"] == name]
    if not (demo / step["directory"] / ".done").exists():
        raise Skip("the submission does not need it")
    fault = fault_of(step, demo)
    assert not fault, fault

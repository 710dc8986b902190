"""What `mlpgen build` shows on a terminal and elsewhere, and `mlpgen status` from another one."""
import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import termios

import pytest

from commands.bench import has, has_not

RULE = """format: 1
rule: measure
about: Measures a word and a file
mode: measure
params:
  word: {type: text, about: what to write}
  use: {type: text, about: a file to copy}
edges:
  - id: measure
    argv: [/bin/sh, -c, SCRIPT, "${word}", "${use}", "${out}/file.txt"]
    outputs: {file: file.txt}
"""


def note(done, seconds):
    return json.dumps({
        "event": "progress", "done": done, "total": 640, "unit": "samples",
        "monotonic_ns": seconds * 10**9
    })


@pytest.fixture
def held(bench):
    """The project, whose measurement says how far it is and then waits for a word in a pipe."""
    go = bench.folder / "go"
    os.mkfifo(go)
    script = "".join(f"echo '{note(*at)}' >> $MLPGEN_PROGRESS; " for at in ((12, 1), (412, 11)))
    script += f'read word < {go}; cat "$1" > "$2"'
    (bench.project / "rules/measure.yaml").write_text(RULE.replace("SCRIPT", json.dumps(script)))
    bench.go = lambda: go.write_text("on\n")
    bench.configure("app")
    return bench


def start(bench, *argv, **more):
    return subprocess.Popen([str(a) for a in argv], cwd=bench.run_directory, env=bench.env,
                            start_new_session=True, **more)


def until(look, seen):
    """Looks until it is seen; the runner of the tests ends what takes for ever."""
    while not seen(found := look()):
        pass
    return found


def status(bench, *words):
    return bench.ask_json("status", *words)


def case_status_shows_what_plain_ninja_runs(held):
    running = start(held, "ninja", "performance", stdout=subprocess.DEVNULL)
    now = until(lambda: status(held)["running"], lambda r: r and r[0].get("progress"))
    [edge] = now
    assert (edge["edge"], edge["mode"]) == ("app/performance", "measure"), edge
    assert edge["progress"] == {"done": 412, "total": 640, "unit": "samples", "rate": 40.0}, edge
    assert status(held)["running"][0]["progress"] == edge["progress"], "the count stands still"
    has(held.ask("status"), "app/performance  [#########.....] 412 of 640 samples, 40.0/s, ",
        " left\n", "1 running")
    held.go()
    assert running.wait() == 0
    has(held.ask("status"), "nothing runs")


def case_a_waiting_edge_names_what_it_waits_for(held):
    running = start(held, "ninja", "performance", stdout=subprocess.DEVNULL)
    until(lambda: status(held)["running"], lambda r: r and r[0].get("progress"))
    held.configure("app", "-C", "other")
    other = start(held, "ninja", "-C", "other", "performance", stdout=subprocess.DEVNULL)
    now = until(lambda: status(held, "-C", "other")["running"], lambda r: r and r[0]["waits_for"])
    has(now[0]["waits_for"], "app/performance (process ")
    held.go()
    assert running.wait() == 0
    until(lambda: status(held, "-C", "other")["running"], lambda r: r and r[0].get("progress"))
    held.go()
    assert other.wait() == 0


def on_terminal(bench, columns, *argv):
    """The process, and the terminal that it writes to."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    bench.env["TERM"] = "xterm"
    process = start(bench, *argv, stdin=its, stdout=its, stderr=its)
    os.close(its)
    return process, ours


def read_until(terminal, word):
    text = ""
    while word not in text:
        text += os.read(terminal, 4096).decode(errors="replace")
    return text


def lines_of(text):
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text).replace("\r", "").splitlines()


def case_build_shows_each_running_edge_and_how_to_go_on(held):
    process, terminal = on_terminal(held, 80, held.mlpgen, "build", "performance")
    text = read_until(terminal, "edge running, ")
    has(text, "app/performance", "412 of 640 samples, 40.0/s", "\x1b[32m")
    assert all(len(line) <= 80 for line in lines_of(text)), text
    os.killpg(process.pid, signal.SIGINT)
    text = read_until(terminal, "performance\r\n")
    has(text + read_until(terminal, "\n") if "Interrupted" not in text else text,
        "Interrupted. What is done is kept; to go on, type: mlpgen build performance")
    assert process.wait() == 130
    assert status(held)["interrupted"] == ["app/performance"]


def case_build_without_colour_and_elsewhere_prints_plain_lines(held):
    held.env["NO_COLOR"] = "1"
    process, terminal = on_terminal(held, 160, held.mlpgen, "build", "performance")
    text = read_until(terminal, "edge running, ")
    has_not(text, "\x1b[32m", "\x1b[1m")
    held.go()
    assert process.wait() == 0
    plain = held.ask("build", "report")
    has(plain, "] app/report")
    has_not(plain, "\x1b")


def case_a_failed_build_says_how_to_see_it_again(bench):
    rule = bench.project / "rules/write.yaml"
    rule.write_text(rule.read_text().replace("echo \"saying $0\";", "echo no; exit 3;"))
    bench.configure("app")
    said = bench.run([bench.mlpgen, "build", "work"], 1)
    has(said.stdout, "error: exit status 3", "`mlpgen log --failed` shows the failure again",
        "to go on, type: mlpgen build work")
    failed = bench.ask_json("log", "--failed")["failed"]
    assert failed and failed[0]["how"] == "exit status 3", failed
    has(bench.ask("status"), "failed: ")

"""`mlpgen configure` and the no-op `ninja`, beside the start of Python."""
import shutil

from measure import alternating, command, demo, line, seconds
from places import MLPGEN

TIMES = 15


def configure(directory):
    return seconds([MLPGEN, "configure", "--preset=demo", "-C", directory])


def first(directory):
    """An empty directory: tools are probed, sources hashed."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return configure(directory)


def cold(directory):
    """Host facts are there, nothing else is."""
    facts = (directory / ".mlpgen/host.json").read_bytes()
    shutil.rmtree(directory)
    (directory / ".mlpgen").mkdir(parents=True)
    (directory / ".mlpgen/host.json").write_bytes(facts)
    return configure(directory)


def run(given):
    print("configure and ninja on the demo:")
    directory = given.scratch / "configure"
    made = demo(given.scratch)
    first(directory)
    times = alternating(
        {
            "python": lambda: seconds(["python3", "-c", "pass"]),
            "version": lambda: seconds([MLPGEN, "--version"]),
            "first": lambda: first(given.scratch / "configure-first"),
            "cold": lambda: cold(directory),
            "warm": lambda: configure(directory),
            "ninja": lambda: seconds(["ninja", "-C", made, "submission"]),
        }, TIMES)
    count = len((made / ".mlpgen/plan").read_text().splitlines())
    python = times.pop("python")
    line("python3 -c pass", f"{python * 1000:7.1f} ms")
    names = {
        "version": ("mlpgen --version", "2 ms"),
        "first": ("configure, first, with probes", "400 ms"),
        "cold": ("configure, cold, host facts there", "40 ms"), "warm": ("configure, warm", "8 ms"),
        "ninja": (f"ninja, no work to do, {count} edges", "15 ms")
    }
    for name, time in times.items():
        what, goal = names[name]
        line(what, f"{time * 1000:7.1f} ms = {time / python:5.2f} x python3 -c pass", goal)
    if "no work to do" not in command(["ninja", "-C", made, "submission"]):
        raise SystemExit("error: the no-op ninja had something to do")

"""What the benchmarks share: the demo as a run directory, times, lines of the report."""
import os
import statistics
import subprocess
import time

from places import MLPGEN


def load():
    one, _, _ = os.getloadavg()
    return f"{os.cpu_count()} logical CPUs, load {one:.1f} in the last minute" + (
        " (not quiet: times say little)" if one > os.cpu_count() / 2 else "")


def command(words, **options):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        raise SystemExit(f"error: {' '.join(map(str, words))}: exit status {done.returncode}\n"
                         f"{done.stdout}{done.stderr}")
    return done.stdout


def seconds(words, **options):
    start = time.monotonic()
    command(words, **options)
    return time.monotonic() - start


def alternating(sides, times):
    """{name: median of `times` measurements}; `sides` are {name: function}, run in turn so that a
    disturbance meets all."""
    taken = {name: [] for name in sides}
    for _ in range(times):
        for name, side in sides.items():
            taken[name].append(side())
    return {name: statistics.median(values) for name, values in taken.items()}


def medians(sides, times):
    """{name: {what: median, "least_" + what: least}}; `sides` are {name: function that gives {what:
    value}}, run in turn."""
    taken = {name: [] for name in sides}
    for _ in range(times):
        for name, side in sides.items():
            taken[name].append(side())
    result = {name: {} for name in sides}
    for name, runs in taken.items():
        for what in runs[0]:
            values = [run[what] for run in runs]
            result[name] |= {what: statistics.median(values), "least_" + what: min(values)}
    return result


def demo(scratch):
    """A run directory of the demo in which everything is made."""
    directory = scratch / "demo"
    command([MLPGEN, "configure", "--preset=demo", "-C", directory])
    command(["ninja", "-C", directory, "submission"])
    return directory


def line(what, value, goal=""):
    print(f"  {what:58} {value}" + (f"   (goal {goal})" if goal else ""), flush=True)

"""Plan to disk for synthetic graphs: edges a second, memory, and how both grow."""
import json

from measure import command, line
from places import BUILD

SHAPES = ("chain", "fan-out", "grid")
COUNTS = (1000, 10_000, 100_000)
TIMES = 5


def best(program, shape, count, folder):
    """The fastest of some runs, each in a process of its own."""
    runs = [json.loads(command([program, shape, count, folder])) for _ in range(TIMES)]
    return min(runs, key=lambda r: r["to_disk_s"])


def run(given):
    print("plan to disk (build.ninja and .mlpgen/plan), synthetic graphs:")
    command(["ninja", "-C", BUILD, "tests/bench/plan_bench"])
    folder = given.scratch / "plan"
    folder.mkdir(exist_ok=True)
    for shape in SHAPES:
        rows = {
            count: best(BUILD / "tests/bench/plan_bench", shape, count, folder)
            for count in COUNTS
        }
        for count, row in rows.items():
            rate = count / row["to_disk_s"]
            line(
                f"{shape}, {count} edges",
                f"{rate:9.0f} edges/s, {row['peak_mib']:6.1f} MiB, {row['bytes'] / 1e6:6.1f} MB "
                f"written, "
                f"identities {count / row['identities_s']:.0f}/s",
                "500000 edges/s, 128 MiB" if count == COUNTS[-1] else "")
        growth = (rows[COUNTS[-1]]["to_disk_s"] / rows[COUNTS[-2]]["to_disk_s"]) / (COUNTS[-1] /
                                                                                    COUNTS[-2])
        line(f"{shape}, time an edge, {COUNTS[-1]} against {COUNTS[-2]} edges", f"{growth:9.2f}",
             "linear: 1")

"""summary.json of a submission -> a run of Weights & Biases as its client keeps it offline, ready
for `wandb sync`.

    log_summary.py --summary summary.json --user USER --project PROJECT --out DIR

DIR/offline-run-TIME-ID holds one line of history for each result of the summary, with all its
columns; the run's config tells what the summary says of all of them (round, test run, stand-ins,
checkers). ID is a digest of the summary, so sending it twice makes one run. Nothing is sent: the
client opens no connection.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import sys
import tempfile


def settings_of(wandb, folder):
    """Of a client that writes into the folder alone and asks this machine nothing."""
    return wandb.Settings(mode="offline", root_dir=str(folder), console="off", silent=True,
                          disable_git=True, disable_code=True, host="", x_disable_stats=True,
                          x_disable_meta=True, x_disable_machine_info=True)


def log(summary, digest, given, folder):
    os.environ.update({
        f"WANDB_{name}_DIR": str(folder / name.lower())
        for name in ("CACHE", "CONFIG", "DATA", "ARTIFACT")
    })
    os.environ["WANDB_ERROR_REPORTING"] = "false"
    import wandb  # it reads its environment when it is imported

    said = summary["mlpgen"]
    rows = [summary[key] for key in summary if key != "mlpgen"]
    config = {
        key: said.get(key)
        for key in ("round", "test_run", "test_run_note", "stand_in", "checkers")
    }
    name = ", ".join(f"{row['Model']} {row['Scenario']} {row['SystemName']}" for row in rows)
    run = wandb.init(entity=given.user, project=given.project, id=digest[:12], name=name,
                     config=config, settings=settings_of(wandb, folder))
    for row in rows:
        run.log(row)
    run.finish()
    return len(rows)


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("summary", "user", "project", "out"):
        options.add_argument(f"--{name}", required=True)
    given = options.parse_args()
    text = pathlib.Path(given.summary).read_bytes()
    out = pathlib.Path(given.out).absolute()
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        os.chdir(
            scratch
        )  # the client's own service keeps a socket there, whose whole path may be too long for one
        tempfile.tempdir = os.environ["TMPDIR"] = "."
        count = log(json.loads(text),
                    hashlib.sha256(text).hexdigest(), given, pathlib.Path(scratch))
        [made] = (pathlib.Path(scratch) / "wandb").glob("offline-run-*")
        for folder in ("logs", "tmp"):
            shutil.rmtree(made / folder, ignore_errors=True)
        made.rename(out / made.name)
    print(f"{count} results, and nothing was sent. To send them: WANDB_API_KEY=... "
          f"{pathlib.Path(sys.executable).parent}/wandb sync {made.name}")


main()

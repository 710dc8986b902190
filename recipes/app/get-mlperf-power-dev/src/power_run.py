"""Runs a harness twice under power-dev's client, which drives the server beside the analyser.

    power_run.py --client CLIENT --server HOST --port N --ntp HOST [--max-amps A --max-volts V]
                 [--settings FILE] HARNESS WORD...

The first run finds the analyser's ranges, the second one is the result; with --max-amps and
--max-volts, which power-dev calls experimental, there is no first one. The harness is given its
words as they stand, but for the folder behind --out, which is one of that run. In the folder behind
--out lie afterwards what the harness left in the second run, spl.txt (a sample a second), ranging/,
power/ (the client's and the server's logs), power.json, analyzer_table.md and power_settings.md.

The client ends with 0 also when it could not synchronise the clocks, so its files say whether it
worked. Exit codes: 0; 1: the measurement failed, and why; 2: wrong words.
"""
import argparse
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

LOGS = ["mlperf_log_detail.txt", "mlperf_log_summary.txt"]
SESSION = ["client.json", "client.log", "ptd_logs.txt", "server.json", "server.log"]


def value_behind(words, option):
    """The value of an option of the harness: the word behind it."""
    if words.count(option) != 1 or words[-1] == option:
        sys.exit(f"error: the harness's words have no {option} FILE")
    return words[words.index(option) + 1]


def replaced(words, option, value):
    place = words.index(option) + 1
    return words[:place] + [str(value)] + words[place + 1:]


def run_phase(logs, words):
    """What the client starts: the next run of the harness, in a folder of its own."""
    out = logs / f"run-{len(list(logs.iterdir())) + 1}"
    out.mkdir()
    os.execvp(words[0], replaced(words, "--out", out))


def client_words(given, work):
    logs = str(work / "logs")
    again = [sys.executable, "-I", "-B", os.path.abspath(__file__), "--phase", logs, *given.harness]
    words = [
        sys.executable, "-B", given.client, "-a", given.server, "-p",
        str(given.port), "-n", given.ntp, "-w",
        shlex.join(again), "-L", logs, "-o",
        str(work / "session"), "-T"
    ]
    if given.max_amps:
        words += ["-A", str(given.max_amps), "-V", str(given.max_volts)]
    return words


def collect(given, work, out):
    """Puts the files of the session to their places, or says what is missing."""
    session = work / "session"
    wanted = {f"power/{name}": session / "power" / name for name in SESSION}
    wanted["spl.txt"] = session / "run_1/spl.txt"
    if not given.max_amps:
        wanted.update({f"ranging/{n}": session / "ranging" / n for n in [*LOGS, "spl.txt"]})
    missing = [str(path.relative_to(work)) for path in wanted.values() if not path.is_file()]
    if missing:
        sys.exit(
            f"error: power-dev's client left no {', '.join(missing)}: its words above say why; "
            f"is the server at {given.server}:{given.port} up, and does {given.ntp} answer "
            "NTP with less than 400 ms of difference?")
    last = max((work / "logs").iterdir())
    for path in sorted(last.iterdir()):
        shutil.move(path, out / path.name)
    for name, path in wanted.items():
        (out / name).parent.mkdir(exist_ok=True)
        shutil.move(path, out / name)


def samples_between(out):
    """Watts of the samples between LoadGen's power_begin and power_end, as the checker takes them:
    both logs have the form MM-DD-YYYY HH:MM:SS.mmm in UTC."""
    def moment(text):
        date, time = text.split(" ")
        month, day, year = date.split("-")
        return f"{year}-{month}-{day} {time}"

    edges = {}
    for line in (out / LOGS[0]).read_text().splitlines():
        if line.startswith(":::MLLOG "):
            entry = json.loads(line[len(":::MLLOG "):])
            if entry["key"] in ("power_begin", "power_end"):
                edges[entry["key"]] = moment(entry["value"])
    rows = [r.split(",") for r in (out / "spl.txt").read_text().splitlines() if r[:5] == "Time,"]
    watts = [(moment(row[1]), float(row[3])) for row in rows]
    return [w for at, w in watts if edges["power_begin"] < at < edges["power_end"] and w > 0]


def describe(given, out):
    """power.json, and the two tables that a submission has beside its measurements."""
    server = json.loads((out / "power/server.json").read_text())
    identity = next(m["reply"] for m in server["ptd_messages"] if m["cmd"] == "Identify")
    watts = samples_between(out)
    if not watts:
        sys.exit("error: the analyser has no sample above 0 W between LoadGen's power_begin and "
                 "power_end: the run was shorter than two samples, or it measured nothing; "
                 "a longer --execution_mode, or more queries, give more samples")
    fields, device = identity.split(","), server["ptd_config"][0]
    known = {
        "analyser": fields[0], "firmware": fields[-1].split(";")[-1], "simulated": "simulated"
        in identity.lower(), "samples": len(watts), "average_watts": sum(watts) / len(watts)
    }
    (out / "power.json").write_text(json.dumps(known, indent=2) + "\n")
    channel = device["channel"]
    row = [
        fields[0], known["firmware"], "single channel" if channel is None else "multichannel",
        device["interface_flag"] or "RS232", "unknown", "1" if channel is None else str(channel),
        "simulated: nothing was measured" if known["simulated"] else ""
    ]
    heads = ["Analyser", "Firmware", "Config", "Interface", "Wiring", "Channels", "Note"]
    lines = [heads, ["---"] * len(heads), row]
    (out / "analyzer_table.md").write_text("".join(f"| {' | '.join(r)} |\n" for r in lines))
    settings = (pathlib.Path(given.settings).read_text() if given.settings else
                "The submitter stated no power settings (`--power_settings=FILE`).\n")
    (out / "power_settings.md").write_text(settings)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--client", required=True, help="power-dev's client.py, unmodified")
    parser.add_argument("--server", required=True, help="host of power-dev's server")
    parser.add_argument("--port", type=int, default=4950, help="its port")
    parser.add_argument("--ntp", required=True, help="NTP server of both machines")
    parser.add_argument("--max-amps", type=float, default=0, help="A; no ranging run")
    parser.add_argument("--max-volts", type=float, default=0, help="V; no ranging run")
    parser.add_argument("--settings", default="", help="text of power_settings.md")
    parser.add_argument("harness", nargs=argparse.REMAINDER, help="the harness and its words")
    given = parser.parse_args()
    if not given.harness:
        parser.error("the words of a harness are missing")
    if bool(given.max_amps) != bool(given.max_volts):
        parser.error("--max-amps and --max-volts belong together")
    return given


def main():
    if sys.argv[1:2] == ["--phase"]:
        run_phase(pathlib.Path(sys.argv[2]), sys.argv[3:])
    given = parse()
    out = pathlib.Path(os.path.abspath(value_behind(given.harness, "--out")))
    work = out / "power-work"
    (work / "logs").mkdir(parents=True)
    try:
        code = subprocess.run(client_words(given, work)).returncode
        if code:
            sys.exit(f"error: power-dev's client ended with {code}; its words above say why")
        collect(given, work, out)
        describe(given, out)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()

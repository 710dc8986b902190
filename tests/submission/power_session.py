"""What a power measurement leaves in a result: the files of power-dev and of SPEC PTDaemon, made
up, with the digests and times that belong together."""
import datetime
import hashlib
import json
import shutil

from submission.bench import edit_log

# The sources of the release of power-dev that v5.0 to v6.1 take: path -> SHA-1.
SOURCES = {
    "__init__.py": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "client.py": "33ca4f26368777ac06e01f9567b714a4b8063886",
    "lib/__init__.py": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "lib/client.py": "ac2aa093c8e8bbc9569b9e2a3471bc64e58a2258",
    "lib/common.py": "611d8b29633d331eb19c9455ea3b5fa3284ed6df",
    "lib/external/__init__.py": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "lib/external/ntplib.py": "4da8f970656505a40483206ef2b5d3dd5e81711d",
    "lib/server.py": "9bc9a3b6b9b716520658ac175913bcbbdb354336",
    "lib/source_hashes.py": "60a2e02193209e8d392803326208d5466342da18",
    "lib/summary.py": "602a9fedfa503e5544d27ab3b0067f235047efc3",
    "lib/time_sync.py": "80894ef2389e540781ff78de94db16aa4203a14e",
    "server.py": "c3f90f2f7eeb4db30727556d0c815ebc89b3d28b",
    "tests/unit/__init__.py": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "tests/unit/test_server.py": "948c1995d4008bc2aa6c4046a34ffa3858d6d671",
    "tests/unit/test_source_hashes.py": "00468a2907583c593e6574a1f6b404e4651c221a"
}
NAME = "2026-11-22_02-00-00"
START = datetime.datetime(2026, 11, 22, 2, 0, tzinfo=datetime.timezone.utc)
RUNS = {"ranging": (60, 660), "run_1": (760, 1360)}  # seconds after START in which LoadGen runs
NOTED = [
    "power/client.log", "power/ptd_logs.txt", "power/server.log", "ranging/mlperf_log_detail.txt",
    "ranging/mlperf_log_summary.txt", "ranging/spl.txt", "run_1/mlperf_log_detail.txt",
    "run_1/mlperf_log_summary.txt", "run_1/spl.txt"
]


def stamp(seconds):
    return (START + datetime.timedelta(seconds=seconds)).strftime("%m-%d-%Y %H:%M:%S.000")


def spl(begin, end, watts):
    return "".join(
        f"Time,{stamp(t)},Watts,{watts + t % 3:.6f},Volts,230.000000,Amps,0.140000,PF,0.433300,"
        f"Mark,{NAME}\n" for t in range(begin - 5, end + 5))


def ptd_log():
    return "".join(f"{stamp(t)}: {text}\n" for t, text in [(
        1, "Uncertainty checking for YokogawaWT310 is activated"
    ), (55, f"Go with mark '{NAME}_ranging'"), (
        56, "ERROR: Bad watts reading nan from Yokogawa"), (
            665, "Completed test"), (750, f"Go with mark '{NAME}_testing'"), (1365,
                                                                              "Completed test")])


def exchanges():
    go = "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples"
    stop = "Stopping untimed measurement"
    return [{
        "cmd": c, "reply": r
    } for c, r in [("Hello", "Hello, PTDaemon here!"
                    ), ("Identify", "YokogawaWT310,1000,version=1.11.1-462c978e-20240907,mode=power"
                        ), ("RR", "Ranges,0,0.500000,0,300.000000"), (
                            "SR,V,Auto",
                            "Range V changed"), ("SR,A,Auto",
                                                 "Range A changed"), ("SR,A,Auto",
                                                                      "Range A changed"),
                   (f"Go,1000,0,{NAME}_ranging",
                    go), ("Stop", stop), ("SR,V,245.4",
                                          "Range V changed"), ("SR,A,0.33", "Range A changed"),
                   (f"Go,1000,0,{NAME}_testing",
                    go), ("Stop",
                          stop), ("Stop", "Error: no measurement to stop"
                                  ), ("SR,V,300.000000",
                                      "Range V changed"), ("SR,A,0.500000", "Range A changed")]]


def session(clock):
    """client.json or server.json; `clock`: seconds that this side is ahead."""
    start = START.timestamp() + clock
    messages = [("mlcommons/power client v3", "mlcommons/power server v3"), ("time", str(start)),
                (f"session,{NAME},start,ranging", "OK")]
    return {
        "version": "1.0", "timezone": 0, "modules": {}, "sources": SOURCES, "session_name": NAME,
        "messages": [{"cmd": c, "reply": r} for c, r in messages], "results": {}, "uuid": {
            "client": "da54a2d7-4280-47f2-ad35-0891de35554a",
            "server": "bfa3300f-f002-45ae-9651-fd8e09a40284"
        }, "phases": {
            "ranging": [[start + t, t] for t in (0, 50, 670, 680)],
            "testing": [[start + t, t] for t in (690, 740, 1370, 1380)]
        }
    }


def sign(performance):
    """Notes the digests of the files as they are now."""
    digests = {n: hashlib.sha1((performance / n).read_bytes()).hexdigest() for n in NOTED}
    for side, part in (("client", NOTED[::2]), ("server", NOTED[1::2])):
        path = performance / f"power/{side}.json"
        values = json.loads(path.read_text())
        values["results"] = {n: digests[n] for n in part}
        path.write_text(json.dumps(values))


def add_power(result):
    """Makes the result one with a power measurement of 600 s at about 31 W."""
    performance = result / "performance"
    shutil.copytree(performance / "run_1", performance / "ranging")
    for folder, (begin, end) in RUNS.items():
        edit_log(performance / folder / "mlperf_log_detail.txt", power_begin=stamp(begin),
                 power_end=stamp(end))
        (performance / folder / "spl.txt").write_text(spl(begin, end, 30))
    power = performance / "power"
    power.mkdir()
    for name in ("client.log", "server.log"):
        (power / name).write_text("a log\n")
    (power / "ptd_logs.txt").write_text(ptd_log())
    (power / "client.json").write_text(json.dumps(session(0.1)))
    config = [{"command": ["ptd", "-p", "8888"], "device_type": 49, "channel": None}]
    (power / "server.json").write_text(
        json.dumps({**session(0), "ptd_messages": exchanges(), "ptd_config": config}))
    sign(performance)

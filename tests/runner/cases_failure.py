"""What goes wrong is said, with what to type next, and leaves nothing half-done."""

import json
import os
import signal
import subprocess
import time

from runner.run_directory import finish, has, tree
from places import Skip


def one_step(folder, script, **fields):
    run = folder("run")
    step = run.step("app/one", script, **fields)
    run.write()
    return run, step


def refused(run, step, *texts, code=1, **more):
    done = run.edge(step, **more)
    assert done.returncode == code, done
    has(done.stderr, *texts)
    assert not (run.path / step.directory).exists()
    assert not run.leftovers()
    return done


def case_failure_card(folder):
    run, step = one_step(folder, "seq 1 30; echo last >&2; exit 3")
    done = refused(
        run,
        step,
        "error: exit status 3\nedge:  app/one: writes x\n",
        "  | 12\n",
        "  | last\n",
        f"log:   .mlpgen/log/app,one/{step.id12}.log",
        "repro: mlpgen repro app/one",
    )
    assert "  | 11\n" not in done.stderr, done.stderr
    assert len(run.log(step).read_text().splitlines()) == 32
    has(run.ninja(ok=False).stdout, "FAILED", "exit status 3")
    assert [r["exit_status"] for r in run.records()] == [3, 3]
    assert not any(r["finished"] for r in run.records())


def case_a_failure_begins_with_its_likely_cause_and_says_who_wanted_the_edge(folder):
    run = folder("run")
    one = run.step("app/one", "echo 'curl: (6) Could not resolve host: a.example' >&2; exit 6")
    two = run.step("app/two", "echo > $1/x", needs=[one])
    run.step("tar/tar", "echo > $1/x", needs=[two])
    run.write()
    refused(run, one,
            "error: the network, or the server, did not answer (exit status 6)\nedge:  app/one",
            "\nfor:   app/two, for tar/tar\n", "help: check the network, then run ninja again")
    events = [r["event"] for r in map(json.loads, run.log_lines())]
    assert events == ["start", "begin", "edge"], events


def case_an_edge_that_did_not_come_to_its_command_is_noted_as_failed(folder):
    run = folder("run")
    one = run.step("app/one", "echo > $1/x")
    two = run.step("app/two", "echo > $1/x", needs=[one])
    run.write()
    refused(run, two, "is missing; app/one makes it")
    assert [json.loads(line)["event"] for line in run.log_lines()] == ["start", "failed"]


def case_killed_command_is_named_in_words(folder):
    run, step = one_step(folder, "kill -SEGV $$")
    refused(run, step, "killed by signal 11 (Segmentation fault)")
    assert run.records()[0]["signal"] == 11


def case_program_that_is_not_there(folder):
    run, step = one_step(folder, "", argv=["bin/none", "${out}"])
    refused(run, step, "bin/none cannot be started: No such file or directory")


def case_output_not_written(folder):
    run, step = one_step(folder, "echo > $1/x", outputs=("x", "y"))
    refused(run, step, "its output y was not written")
    assert run.records()[0]["exit_status"] == 0 and not run.records()[0]["finished"]


def detail_log(**values):
    """The shell command that writes LoadGen's detail log with these values."""
    lines = "".join(":::MLLOG " +
                    json.dumps({"key": k, "value": v, "metadata": {"is_error": False}}) + "\n"
                    for k, v in values.items())
    return f"cat > $1/mlperf_log_detail.txt <<'END'\n{lines}END\n"


def kept_of(run, step):
    [folder] = [p for p in run.path.glob(f".mlpgen/failed/{step.id12}.*") if p.is_dir()]
    return folder


def case_an_invalid_run_names_the_rule_and_the_flag_and_keeps_its_logs(folder):
    log = detail_log(result_validity="INVALID", effective_scenario="Offline",
                     result_min_duration_met=False, result_max_latency_ns=412.3e9,
                     effective_min_duration_ms=600000, result_samples_per_second=100,
                     effective_target_qps=62.5)
    run, step = one_step(folder, log + "echo > $1/x; exit 3", mode="measure")
    done = refused(run, step, "LoadGen calls this run INVALID",
                   "missed: min_duration: the run lasted 412.3 s; 600 s are asked for",
                   "help: --offline_target_qps=105 makes LoadGen issue more samples")
    kept = kept_of(run, step)
    assert f"kept:  {kept.relative_to(run.path)}\n" in done.stderr, done.stderr
    assert sorted(p.name
                  for p in kept.iterdir()) == ["measurement.json", "mlperf_log_detail.txt", "x"]
    assert "mlperf_log_detail.txt" in kept.with_name(kept.name + ".log").read_text()


def case_a_measurement_that_fails_otherwise_says_its_exit_status_and_keeps_what_it_left(folder):
    run, step = one_step(folder, "echo half > $1/x; exit 3", mode="measure")
    refused(run, step, "exit status 3", "kept:  .mlpgen/failed/")
    assert (kept_of(run, step) / "x").read_text() == "half\n"


def case_a_measurement_that_left_nothing_keeps_nothing(folder):
    run, step = one_step(folder, "exit 1", mode="measure")
    assert "kept:" not in refused(run, step, "exit status 1").stderr
    assert not (run.path / ".mlpgen/failed").exists()


def case_missing_input_names_its_maker(folder):
    run = folder("run")
    one = run.step("app/one", "echo > $1/x")
    two = run.step("app/two", "cp $1 $1", needs=[one])
    three = run.step("app/three", "true", sources=["source"])
    run.write()
    refused(
        run,
        two,
        f"app/two: the input {one.directory}/x is missing; app/one makes it",
        "help: run ninja again",
    )
    refused(run, three, "the input source is missing")
    run.ninja(str(one.directory) + "/.done")
    run.file(one, ".done").unlink()
    refused(run, two, f"the input {one.directory}/x is not finished; app/one makes it")


def case_changed_input_is_named(folder):
    run = folder("run")
    one = run.step("app/one", "mkdir $1/d; echo > $1/d/y", outputs=("d/", ))
    two = run.step("app/two", f"echo more >> {one.directory}/d/y; echo > $1/x", needs=[one])
    run.write()
    assert run.edge(one).returncode == 0
    refused(
        run,
        two,
        f"error: its command changed {one.directory}/d/y, which app/one made\nedge:  app/two: ",
        "write into ${out} only",
    )


def case_fetched_input_with_another_byte(folder):
    run = folder("run")
    sha = "b9e68e1bea3e5b19ca6b2f98b73a54b73daafaa250484902e09982e07a12e733"  # of "text\n"
    one = run.step("get/one", "echo fetched >> ran; echo text > $1/x", mode="fetch")
    two = run.step(
        "app/two",
        f"echo used >> ran; cp {one.directory}/x $1/x",
        inputs=[{"path": f"{one.directory}/x", "fetched": True}],
    )
    run.write()
    assert run.edge(one).returncode == 0
    run.file(one).write_text("Text\n")
    refused(
        run,
        two,
        f"the fetched {one.directory}/x has changed since it was verified",
        sha,
        f"rm -r {one.directory}",
        "mlpgen store verify",
    )
    run.file(one).write_text("text\n")  # another mtime, the same bytes
    assert run.edge(two).returncode == 0
    assert run.ran() == ["fetched", "used"], run.ran()


def case_fetched_folder_with_another_byte(folder):
    run = folder("run")
    one = run.step("get/one", "mkdir $1/d; echo a > $1/d/a; echo b > $1/d/b", outputs=("d/", ),
                   mode="fetch")
    two = run.step("app/two", "echo > $1/x",
                   inputs=[{"path": f"{one.directory}/d", "fetched": True}])
    run.write()
    assert run.edge(one).returncode == 0
    run.file(one, "d/b").write_text("c\n")
    refused(run, two, f"the fetched {one.directory}/d/b has changed since it was verified")


def case_changed_configuration(folder):
    run, step = one_step(folder, "true")
    step.identity = "0" * 64
    refused(run, step, "the configuration changed while this was running", "help: run ninja again")
    usage = finish(
        subprocess.Popen([run.bench.edge, "what"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         text=True))
    assert usage.returncode == 2, usage


def case_no_run_directory(folder):
    run = folder("run")
    step = run.step("app/one", "true")
    refused(run, step, ".mlpgen/plan cannot be read", "mlpgen configure")


def case_late_value(folder):
    run = folder("run")
    rate = run.step("app/rate", 'echo {\\"qps\\": [12.5]} > $1/rate.json', outputs=("rate.json", ))
    words = [
        "/bin/sh",
        "-ec",
        'echo "$1" > $2/x',
        "sh",
        "--qps=${late:%s/rate.json#/qps/0}" % rate.directory,
        "${out}",
    ]
    use = run.step("app/use", "", needs=[rate], argv=words)
    bad = run.step(
        "app/bad",
        "",
        needs=[rate],
        argv=words[:4] + ["${late:%s/rate.json#/no}" % rate.directory, "${out}"],
    )
    run.write().ninja("-k0", ok=False)
    assert run.file(use).read_text() == "--qps=12.5\n"
    refused(
        run,
        bad,
        f"app/bad: the late value {rate.directory}/rate.json#/no is not there",
        "mlpgen log",
    )


def case_planted_secret_is_found_nowhere(folder):
    secret = "s3cr3t-%s" % os.getpid()
    run, step = one_step(
        folder,
        'test -n "$TOKEN"; printf "begin $TOKEN"; echo end; echo "$TOKEN" >&2; '
        "echo > $1/x; exit $(cat code)",
        secrets=["TOKEN"],
    )
    (run.path / "code").write_text("4")
    run.env = {"TOKEN": secret}
    done = refused(run, step, "exit status 4")
    (run.path / "code").write_text("0")
    said = run.ninja(MLPGEN_VERBOSE="1").text
    has(said, "begin ***end")
    has(run.log(step).read_text(), "begin ***end", "\n***\n")
    assert secret not in done.stderr + said
    for p in run.path.rglob("*"):
        assert not p.is_file() or secret.encode() not in p.read_bytes(), p


def case_environment_is_explicit(folder):
    run, step = one_step(
        folder,
        "env | cut -d= -f1 | sort | tr '\\n' ' ' > $1/x; echo >> $1/x; pwd >> $1/x; wc -c >> $1/x",
        env={"PATH": "/usr/bin:/bin", "A": "1"},
        pass_env=["B_*"],
    )
    run.env = {"B_1": "x", "C": "y", "LANG": "xx"}
    run.ninja()
    names, where, stdin = run.file(step).read_text().splitlines()
    assert set(names.split()) - {"PWD", "SHLVL", "_", "OLDPWD"} == {
        "A",
        "B_1",
        "PATH",
        "MLPGEN_MACHINE_LOCK",
        "MLPGEN_MACHINE_LOCK_HELD",
        "MLPGEN_RUNNER",
        "MLPGEN_PROGRESS",
    }, names
    assert where == str(run.path) and stdin == "0"


def case_interrupt_leaves_nothing(folder):
    run, step = one_step(folder, "echo begun; sleep 30 & echo $! > inner; wait")
    ninja = run.start()
    while not (run.path / "inner").exists() or not (run.path / "inner").read_text():
        time.sleep(0.01)
    inner = (run.path / "inner").read_text().strip()
    ninja.send_signal(signal.SIGINT)
    done = finish(ninja, 20)
    assert done.returncode != 0
    has(done.text, "interrupted by user")
    assert not os.path.exists(f"/proc/{inner}")
    assert not run.leftovers() and not run.file(step).parent.exists()


class SmallDisk:
    """A tmpfs of 4 MiB."""
    def __init__(self, path):
        path.mkdir()
        self.path = path

    def __enter__(self):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", self.path],
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise Skip("a small disk needs the right to mount: " + done.stderr.strip())
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", self.path], check=True)


def case_full_disk(folder):
    with SmallDisk(folder.path / "disk") as disk:
        run = folder("disk/run")
        one = run.step("app/one", "head -c 2000000 /dev/zero > $1/x")
        two = run.step("app/two",
                       "cat /dev/zero > $1/x || true")  # does not mind, but .done cannot be written
        run.write()
        (disk.path / "filler").write_bytes(bytes(3 << 20))
        refused(run, one, "No space left on device", "free some space")
        (disk.path / "filler").unlink()
        refused(run, two, "No space left on device", "free some space")
        run.steps.pop("app/two")
        run.write().ninja()
        assert tree(run.path / one.directory) == {"x": bytes(2000000)}
        for line in (run.path / ".mlpgen/log/edges.jsonl").read_text().splitlines():
            assert not line or json.loads(line)

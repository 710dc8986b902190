"""Cases of the scripts that start programs of the reference, with small programs in their place; no
checkout is needed."""
import subprocess
import sys

from places import ROOT

LAUNCHER = ROOT / "recipes/app/benchmark-program-mlperf/src/run_program.py"
SCORER = ROOT / "recipes/accuracy/process-mlperf-accuracy/src/score_with_reference.py"
SUMMARY = "mlperf_log_summary.txt"
TELLS = """
import os, sys, pathlib
out = pathlib.Path(os.environ["WHERE"])
(out / "words").write_text("\\n".join(sys.argv[1:]))
(out / "env").write_text("\\n".join(f"{k}={v}" for k, v in os.environ.items()))
(out / "folder").write_text("\\n".join(sorted(p.name for p in pathlib.Path().iterdir())))
pathlib.Path("left").write_text("behind")
(out / "mlperf_log_summary.txt").write_text("Result is : %s\\n")
"""


class Launched:
    """One call of run_program.py in SCRATCH/NAME: its exit code, what it said and what it left."""
    def __init__(self, scratch, name, program, *words):
        self.folder = scratch / name
        self.source = self.folder / "source"
        self.source.mkdir(parents=True)
        (self.source / "program.py").write_text(program)
        (self.source / "beside").write_text("it")
        self.out = self.folder / "out"
        done = subprocess.run([
            sys.executable, "-I", "-B", LAUNCHER, "--python", sys.executable, "--program",
            "source/program.py", "--out", "out", *words
        ], cwd=self.folder, capture_output=True, text=True)
        self.code, self.said = done.returncode, done.stdout + done.stderr

    def lines(self, name):
        return (self.out / name).read_text().splitlines()


def case_paths_are_absolute_and_empty_words_are_left_out(scratch):
    run = Launched(scratch, "words", TELLS % "VALID", "--out-option=--output", "--out-env=WHERE",
                   "--word=--count=", "--word=", "--word=--threads=2", "--path=--model=a/m.onnx",
                   "--path=--other=", "--env=USE_GPU=no", "--env=NOTHING=",
                   "--path-env=VOCAB=b/v.txt")
    assert run.code == 0, run.said
    assert run.lines("words") == [
        "--threads=2", f"--model={run.folder}/a/m.onnx", f"--output={run.out}"
    ], run.lines("words")
    env = run.lines("env")
    assert {"USE_GPU=no", "NOTHING=", f"VOCAB={run.folder}/b/v.txt", f"WHERE={run.out}"
            } <= set(env), env


def case_the_program_starts_in_an_empty_folder_that_is_gone_afterwards(scratch):
    run = Launched(scratch, "empty", TELLS % "VALID", "--out-env=WHERE")
    assert run.code == 0 and run.lines("folder") == [], run.said
    assert not (run.out / "scratch").exists() and sorted(
        p.name for p in run.source.iterdir()) == ["beside", "program.py"]


def case_the_program_may_start_in_a_copy_of_its_own_folder(scratch):
    run = Launched(scratch, "copy", TELLS % "VALID", "--out-env=WHERE", "--own-folder")
    assert run.code == 0 and run.lines("folder") == ["beside", "program.py"], run.said
    assert not (run.out / "scratch").exists() and sorted(
        p.name for p in run.source.iterdir()) == ["beside", "program.py"]


def case_the_exit_code_of_the_program_is_kept(scratch):
    run = Launched(scratch, "code", "raise SystemExit(7)")
    assert run.code == 7 and "ended with 7" in run.said, (run.code, run.said)


def case_a_program_that_leaves_no_result_has_failed(scratch):
    run = Launched(scratch, "nothing", "pass")
    assert run.code == 1 and SUMMARY in run.said, (run.code, run.said)


def case_an_invalid_run_fails_only_where_a_valid_one_is_asked_for(scratch):
    test = Launched(scratch, "test", TELLS % "INVALID", "--out-env=WHERE")
    real = Launched(scratch, "real", TELLS % "INVALID", "--out-env=WHERE", "--require-valid")
    valid = Launched(scratch, "valid", TELLS % "VALID", "--out-env=WHERE", "--require-valid")
    assert (test.code, real.code, valid.code) == (0, 3, 0), (test.said, real.said, valid.said)
    assert "INVALID" in real.said, real.said


def case_a_prefix_that_this_machine_does_not_have_is_named(scratch):
    run = Launched(scratch, "prefix", TELLS % "VALID", "--out-env=WHERE",
                   "--prefix=no-such-program", "--prefix=--localalloc")
    assert run.code == 1 and "no-such-program is not on this machine" in run.said, (run.code,
                                                                                    run.said)


def scored(scratch, name, program, *words):
    """One call of score_with_reference.py in SCRATCH/NAME: its exit code, and accuracy.txt where
    there is one."""
    folder = scratch / name
    (folder / "out").mkdir(parents=True)
    (folder / "program.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "-I", "-B", SCORER, "--program", "program.py", "--out", "out", *words],
        cwd=folder, capture_output=True, text=True)
    text = folder / "out/accuracy.txt"
    return done.returncode, text.read_text() if text.exists() else None


def case_a_score_is_all_that_the_program_printed_in_order(scratch):
    program = ("import sys, helper; print(*sys.argv[1:]); import os; os.system('python3 -c "
               "\"print(2)\"'); print('f1', helper.ONE, file=sys.stderr); "
               "open(sys.argv[3].split('=')[1], 'w')")
    (scratch / "modules").mkdir()
    (scratch / "modules/helper.py").write_text("ONE = 1.0")
    code, text = scored(scratch, "score", program, "--word=--max_examples=", "--word=--n=3",
                        "--path=--log=a/log.json", "--made=--out=made.json",
                        "--python-path=../modules")
    here = scratch / "score"
    assert code == 0, (code, text)
    assert text == f"--n=3 --log={here}/a/log.json --out={here}/out/made.json\n2\nf1 1.0\n", (code,
                                                                                              text)
    assert (here / "out/made.json").exists()


def case_a_program_that_scores_finds_what_it_asks_for_in_its_home_and_no_network(scratch):
    program = """
import os, pathlib, urllib.request as u
home = pathlib.Path.home()
assert home == pathlib.Path.cwd()
print((home / 'o/r/a').read_text(), pathlib.Path('b').read_text(), os.environ['HF_HUB_OFFLINE'])
pathlib.Path('left').touch()
try: u.urlopen('https://example.org')
except OSError as reason: print('refused' in str(reason))
"""
    (scratch / "hub").mkdir()
    (scratch / "hub/a").write_text("of a hub")
    code, text = scored(scratch, "places", program, "--place=o/r=../hub", "--place=b=../hub/a",
                        "--place=c=")
    assert code == 0 and text == "of a hub of a hub 1\nTrue\n", (code, text)
    assert sorted(path.name for path in (scratch / "places/out").iterdir()) == ["accuracy.txt"]


def case_a_program_that_cannot_score_leaves_no_score(scratch):
    assert scored(scratch, "noscore", "print('f1', 1.0); raise SystemExit(3)") == (3, None)


NATIVE = """#!%s
import os, sys, pathlib
out = pathlib.Path(sys.argv[sys.argv.index("-o") + 1]) if "-o" in sys.argv else pathlib.Path()
(out / "mlperf_log_words").write_text("\\n".join(sys.argv[1:]))
(out / "mlperf_log_env").write_text(os.environ.get("LD_LIBRARY_PATH", "none"))
(out / "mlperf_log_summary.txt").write_text("Result is : VALID\\n")
pathlib.Path("core").write_text("dumped")
""" % sys.executable


def native(scratch, name, *words, code=0):
    """A call of run_program.py without --python: the program runs itself."""
    folder = scratch / name
    folder.mkdir(parents=True)
    program = folder / "program"
    program.write_text(NATIVE)
    program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-I", "-B", LAUNCHER, "--program", "program", "--out", "out", *words],
        cwd=folder, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return folder, done.stderr if code else {
        path.name.removeprefix("mlperf_log_"): path.read_text()
        for path in (folder / "out").iterdir()
    }


def case_a_vendor_s_program_runs_itself_and_is_told_where_its_logs_go(scratch):
    folder, made = native(scratch, "native", "--out-option=-o", "--word=-n=1", "--word=-i=",
                          "--word=--warmup", "--path=--model_file=m.pt", "--library-path=a/lib",
                          "--library-path=b")
    assert made["words"].splitlines() == [
        "-n", "1", "--warmup", f"--model_file={folder}/m.pt", "-o", f"{folder}/out"
    ], made["words"]
    assert made["env"] == f"{folder}/a/lib:{folder}/b" and "scratch" not in made, made


def case_logs_that_a_program_leaves_where_it_starts_are_taken(scratch):
    folder, made = native(scratch, "here")
    assert made["summary.txt"] == "Result is : VALID\n" and made[
        "env"] == "none" and "core" not in made, made


def case_a_library_that_cannot_be_preloaded_is_named(scratch):
    _, said = native(scratch, "a blank", "--path-env=LD_PRELOAD=/lib/a.so",
                     "--path-env=LD_PRELOAD=b.so", code=1)
    assert "LD_PRELOAD takes no path with a blank" in said and "a blank/b.so" in said, said

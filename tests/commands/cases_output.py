"""Standard output that cannot be written: each command of mlpgen and each subcommand of mlpgen-tool
says so and fails."""
import re
import shutil
import subprocess

from commands import cases_doctor
from commands.bench import has
from places import ROOT

# Words with which each command prints something; PROJECT is the folder of the recipes.
PRINTING = {
    "check": [],
    "check-submission": ["PROJECT", "--round=v5.1"],
    "configure": ["app"],
    "docs": ["pages"],
    "doctor": ["app"],
    "dump": ["--stage=ninja"],
    "explain": ["performance"],
    "find": [],
    "fmt": ["PROJECT/recipes"],
    "graph": ["--format=html"],
    "help": ["diagnostics"],
    "import-command": ["cm run script --tags=count,words"],
    "lock": ["app"],
    "log": ["app/count"],
    "plan": ["--format=json"],
    "query": ["*"],
    "repro": ["app/count"],
    "rerun": ["performance"],
    "schema": ["recipe"],
    "show": ["app"],
    "store": ["du"],
    "vendor": ["bundle", "app"],
    "verify": [],
    "completion": ["bash"],
    "build": ["performance"],
    "status": [],
}
# These print what the small project has not: results, attempts, a tree, a template. Their --help is
# tried.
OF_OTHERS = {"find-performance", "new-harness", "result", "runs", "submission"}


def names_in(overview):
    return re.findall(r"^  ([a-z][a-z-]*)  ", overview, re.M)


def into_full_disk(bench, argv):
    """(exit code, stderr) of the command whose standard output is on a full disk; /dev/full is the
    kernel's."""
    with open("/dev/full", "w") as full:
        done = subprocess.run([str(a) for a in argv], cwd=bench.run_directory, env=bench.env,
                              stdout=full, stderr=subprocess.PIPE, text=True)
    return done.returncode, done.stderr


def check(bench, argv):
    code, said = into_full_disk(bench, argv)
    if code == 0 or "[unwritable-output]" not in said or "No space left on device" not in said:
        raise AssertionError(f"{argv}: exit code {code}\n{said}")


def test_each_command_fails_when_its_output_is_lost(bench):
    cases_doctor.project(bench)  # the tools that `mlpgen doctor` asks about
    bench.configure()
    bench.ninja("performance")
    (bench.run_directory / "pages").mkdir()
    (bench.project / "recipes/rounds").mkdir()  # those that `mlpgen check-submission` knows
    shutil.copy(ROOT / "recipes/rounds/v5.1.yaml", bench.project / "recipes/rounds")
    assert set(names_in(
        bench.ask("--help"))) == set(PRINTING) | OF_OTHERS, "a command has no words in PRINTING"
    for name, words in PRINTING.items():
        argv = [bench.mlpgen, name, *(w.replace("PROJECT", str(bench.project)) for w in words)]
        if bench.run(argv, code=None).stdout:
            check(bench, argv)
        else:
            raise AssertionError(
                f"mlpgen {name} {words} prints nothing: choose words with which it does")
        check(bench, [bench.mlpgen, name, "--help"])
    for name in OF_OTHERS:
        check(bench, [bench.mlpgen, name, "--help"])
    for words in ([], ["--version"], ["--help"]):
        code, said = into_full_disk(bench, [bench.mlpgen, *words])
        assert code and "[unwritable-output]" in said, words


def test_each_subcommand_of_the_tool_fails_when_its_output_is_lost(bench):
    tool = bench.mlpgen.with_name("mlpgen-tool")
    names = names_in(bench.run([tool, "--help"]).stdout)
    assert len(names) > 20, names
    for words in [["--help"], *([name, "--help"] for name in names)]:
        check(bench, [tool, *words])


def test_a_closed_output_is_an_error_and_is_no_file_that_is_opened_later(bench):
    for words in (["configure", "app"], ["find"], ["schema", "recipe"]):
        shell = " ".join([str(bench.mlpgen), *words, ">&-"])
        done = bench.run(["/bin/sh", "-c", shell], code=1)
        has(done.stderr, "[unwritable-output]", "Bad file descriptor")
    for path in bench.run_directory.rglob("*"):  # no file got the summary
        assert not path.is_file() or b"Next: " not in path.read_bytes(
        ) or path.name == "configured", path


def test_what_prints_nothing_needs_no_output(bench):
    bench.configure()
    assert into_full_disk(bench, [bench.mlpgen, "configure", "--again"]) == (0, "")

"""Only what is not there is absent. What is there and cannot be read is an error, whatever the
reason."""
import itertools
import os
import re
import shutil
import subprocess

import pytest

from commands.own_recipe import HEAD, Own
from places import ROOT, Skip

ERRORS = ("EACCES", "EIO", "EMFILE", "ENOMEM", "ELOOP")
CALLS = ("open,openat,stat,lstat,newfstatat,statx,getdents64,read,readlink,access,faccessat,"
         "faccessat2")
RECIPE = """probes:
  - {id: tool, names: [probed-tool], version_args: [-v], version_regex: "v([0-9.]+)"}
  - {id: file, files: ["%s"], version_regex: "v([0-9.]+)", optional: true}
deps: [{tags: "part"}]
steps:
  - id: s
    rule: mine
    source: "${recipe}/src"
    k: "${tool.version} ${file.version:-none} ${PART:-}"
    name: a.json
"""
PART = ("format: 1\nrecipe: part-%s\nabout: x\ntags: [%s]\ndefault_env: {PART: %s}\n"
        "exports: {PART: '${PART}'}\n")
RULE = """format: 1
rule: mine
about: x
params: {source: {type: text, about: s}, k: {type: text, about: k}, name: {type: text, about: n}}
edges:
  - id: e
    argv: [/bin/sh, -c, 'echo "$1" > "$2"', sh, "${k}", "${out}/${name}", "${source}"]
    env: {PATH: /usr/bin:/bin}
    outputs: {file: "${name}"}
"""


class Project:
    """Everything that can be hidden, with another graph behind each."""
    def __init__(self, bench):
        self.bench = bench
        self.own = Own(bench, RECIPE % (bench.folder / "probed/version"))
        folder = self.own.folder
        for name, text in {
                "recipes/u/part/recipe.yaml": PART % ("a", "part", "one"), "rules/mine.yaml": RULE,
                "recipes/t/app/src/a": "source", "recipes/presets.yaml": "format: 1\npresets: {}\n"
        }.items():
            self.own.write(name, text)
        (bench.folder / "probed").mkdir()
        (bench.folder / "probed/version").write_text("v7")
        for folder_name, version in (("first", "1"), ("second", "2")):
            tool = bench.folder / folder_name / "probed-tool"
            tool.parent.mkdir()
            tool.write_text(f"#!/bin/sh\necho v{version}\n")
            tool.chmod(0o755)
        (bench.run_directory / "mlpgen.lock").write_text('{"format": 1, "entries": {}}')
        self.path = f"{bench.folder}/first:{bench.folder}/second:/usr/bin:/bin"
        self.places = [
            folder / "recipes", folder / "recipes/u", folder / "recipes/u/part/recipe.yaml",
            folder / "recipes/t/app/recipe.yaml", folder / "rules/mine.yaml",
            folder / "recipes/t/app/src", folder / "recipes/t/app/src/a",
            bench.folder / "first/probed-tool", bench.folder / "probed/version",
            bench.run_directory / "mlpgen.lock"
        ]

    def start(self, prefix=()):
        for name in ("build.ninja", ".mlpgen"):
            path = self.bench.run_directory / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        command = [*prefix, self.bench.mlpgen, "configure", "app", f"--trust={self.own.folder}"]
        return self.bench.run(command, None, MLPGEN_HOME=str(ROOT), PATH=self.path)

    def right(self):
        done = self.start()
        assert done.returncode == 0, done.stderr
        return self.own.plan()


def as_nobody(bench):
    """The prefix of a command that another user runs; root may read everything."""
    if os.geteuid() != 0:
        return []
    os.chmod(bench.folder, 0o755)
    for path in (bench.run_directory, *bench.folder.rglob("*")):
        os.lchown(path, 65534, 65534)
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def test_what_may_not_be_read_is_never_absent(bench):
    project = Project(bench)
    right = project.right()
    for place in project.places:
        user = as_nobody(bench)
        mode = place.stat().st_mode
        place.chmod(0o111 if "probed-tool" in place.name else 0)
        done = project.start(user)
        place.chmod(mode)
        assert done.returncode == 1 and "[unreadable-file]" in done.stderr and str(
            place.name) in done.stderr and "[not-yaml]" not in done.stderr, (
                f"{place}: {done.returncode}\n"
                f"{done.stderr}")
    assert project.right() == right


def test_a_folder_of_path_that_may_not_be_searched_is_named(bench):
    project = Project(bench)
    project.right()
    user = as_nobody(bench)
    (bench.folder / "first").chmod(0)
    said = project.start(user).stderr
    (bench.folder / "first").chmod(0o755)
    assert f"{bench.folder}/first/ninja cannot be looked at: Permission denied" in said, said
    assert "out of PATH" in said, said
    assert "[no-ninja]" not in said and "[tool-not-found]" not in said, said


def test_an_injected_error_makes_no_other_graph(bench):
    project = Project(bench)
    right, injected = project.right(), 0
    for place, error in itertools.product(project.places, ERRORS):
        trace = bench.folder / "trace"
        done = project.start([
            "strace", "-f", "-qq", "-o", trace, "-P",
            place if place.name != "mlpgen.lock" else "mlpgen.lock", "-e", f"trace={CALLS}", "-e",
            f"inject={CALLS}:error={error}"
        ])
        if "strace:" in done.stderr and "not permitted" in done.stderr:
            raise Skip("strace may not trace here")
        injected += trace.read_text().count("(INJECTED)")
        if done.returncode == 0:
            assert project.own.plan() == right, f"{error} at {place}: another graph, and not a word"
        else:
            said = f"{error} at {place}: exit code {done.returncode}\n{done.stderr}"
            assert done.returncode == 1 and "[unreadable-file]" in done.stderr, said
    assert injected >= len(project.places) * len(ERRORS), f"only {injected} errors were injected"


def test_every_single_open_that_fails_is_an_error_or_changes_nothing(bench):
    project = Project(bench)
    right, trace = project.right(), bench.folder / "trace"
    project.start(["strace", "-f", "-qq", "-o", trace, "-e", "trace=open,openat"])
    opened = [
        line for line in trace.read_text().splitlines()
        if re.search(r"open(at)?\(", line) and " = -1 " not in line
    ]
    mine = [
        n for n, line in enumerate(opened, 1)
        if str(bench.folder) in line or "/proc/" in line or "/sys/" in line or ".mlpgen" in line
    ]
    for n in mine[::max(1, len(mine) // 25)]:
        done = project.start([
            "strace", "-f", "-qq", "-o", trace, "-e", "trace=open,openat", "-e",
            f"inject=open,openat:error=EMFILE:when={n}"
        ])
        same = done.returncode == 0 and project.own.plan() == right
        hit = [line for line in trace.read_text().splitlines() if "(INJECTED)" in line]
        assert same or (done.returncode == 1
                        and "error: " in done.stderr), f"{hit}: {done.returncode}\n{done.stderr}"


def test_few_open_files_do_not_mean_that_there_is_no_ninja(bench):
    project = Project(bench)
    right = project.right()
    for limit in (*range(4, 16), 24, 31, 32, 40):
        done = project.start(["sh", "-c", f'ulimit -n {limit}; exec "$@"', "sh"])
        assert "no-ninja" not in done.stderr, f"ulimit -n {limit}: {done.stderr}"
        assert "tool-not-found" not in done.stderr, f"ulimit -n {limit}: {done.stderr}"
        assert done.returncode == 1 and done.stderr or project.own.plan(
        ) == right, f"ulimit -n {limit}: {done.returncode} {done.stderr}"


def test_counted_attempts_that_cannot_be_read_are_not_none(bench):
    project = Project(bench)
    project.right()
    attempts = bench.run_directory / ".mlpgen/attempts.json"
    before = attempts.read_bytes()
    prefix = [
        "strace", "-f", "-qq", "-o", bench.folder / "trace", "-P", ".mlpgen/attempts.json", "-e",
        "inject=newfstatat,stat,open,openat:error=EIO"
    ]
    done = bench.run([*prefix, bench.mlpgen, "configure", "app", f"--trust={project.own.folder}"],
                     1, MLPGEN_HOME=str(ROOT), PATH=project.path)
    assert "[unreadable-file]" in done.stderr and attempts.read_bytes() == before, done.stderr


def test_a_flag_that_names_what_may_not_be_looked_at_is_no_bug(bench):
    own = Own(
        bench, "flags: {data: {env: DATA, type: path, help: h}}\n"
        "steps: [{id: s, rule: json, name: a.json, values: {k: '${DATA}'}}]\n")
    (bench.folder / "closed").mkdir()
    user = as_nobody(bench)
    (bench.folder / "closed").chmod(0)
    done = subprocess.run([
        *user, bench.mlpgen, "configure", "app", f"--trust={own.folder}",
        f"--data={bench.folder}/closed/x"
    ], cwd=bench.run_directory,
                          env={**bench.env, "MLPGEN_HOME": str(ROOT),
                               "PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    (bench.folder / "closed").chmod(0o755)
    assert done.returncode == 1 and "[unreadable-file]" in done.stderr, done.stderr
    assert "command line:1:" in done.stderr, done.stderr
    assert HEAD


STARTS = "clone,clone3,fork,vfork"
NUMBERS = ("EAGAIN", "EMFILE", "ENOMEM", "EPERM", "EACCES", "EINVAL", "ELOOP", "ENOEXEC", "ENOENT")
INJECTED = [(STARTS, "started"), ("pipe,pipe2", "started"), ("wait4", "waited for"),
            ("poll,ppoll", "waited for")]


@pytest.mark.parametrize("calls, words", INJECTED)
def test_a_machine_that_starts_no_process_is_no_other_machine(bench, calls, words):
    """As under `ulimit -u`: a probed program that could not be started is not one that does not
    fit."""
    project = Project(bench)
    right, trace, injected = project.right(), bench.folder / "trace", 0
    for n, error in itertools.product(range(1, 4), NUMBERS):
        done = project.start([
            "strace", "-qq", "-o", trace, "-e", f"trace={calls}", "-e",
            f"inject={calls}:error={error}:when={n}"
        ])
        injected += trace.read_text().count("(INJECTED)")
        same = done.returncode == 0 and project.own.plan() == right
        assert same or (done.returncode == 1 and f" cannot be {words}: "
                        in done.stderr), f"{error} in {calls} {n}: {done.returncode}\n{done.stderr}"
    assert injected, f"nothing called {calls}"


def test_a_probe_that_another_program_stops_is_no_other_machine(bench):
    project = Project(bench)
    project.right()
    tool = bench.folder / "first/probed-tool"
    for text, words in (("#!/bin/sh\nkill -9 $$\n", "was ended by a signal: Killed"),
                        ("#!/bin/sh\nexec /dev/null\n", "could not execute a program"),
                        ("#!/no/such/program\n", "cannot be started: No such file or directory"),
                        ("\x7fELF", "cannot be started: Exec format error")):
        tool.write_text(text)
        done = project.start()
        assert done.returncode == 1 and "[unreadable-file]" in done.stderr, done.stderr
        assert f"first/probed-tool {words}" in done.stderr, done.stderr


def test_a_file_that_may_not_be_run_is_passed_over_as_a_shell_does(bench):
    project = Project(bench)
    right = project.right()
    first, second = (bench.folder / name / "probed-tool" for name in ("first", "second"))
    second.write_text(first.read_text())
    for hide in (lambda: first.chmod(0o644), lambda: first.unlink(), lambda: first.parent.rmdir(),
                 lambda: first.parent.write_text("no folder")):
        hide()
        done = project.start()
        assert done.returncode == 0 and project.own.plan() == right, done.stderr


def test_a_program_that_cannot_be_looked_at_is_not_passed_over(bench):
    project = Project(bench)
    project.right()
    for error in ("EIO", "ENOMEM"):
        done = project.start([
            "strace", "-f", "-qq", "-o", bench.folder / "trace", "-P",
            bench.folder / "first/probed-tool", "-e",
            f"inject=access,faccessat,faccessat2:error={error}"
        ])
        said = f"{error}: {done.returncode}\n{done.stderr}"
        assert done.returncode == 1 and "first/probed-tool cannot be" in done.stderr, said


def test_every_folder_that_ends_early_is_an_error_or_changes_nothing(bench):
    project = Project(bench)
    right, trace = project.right(), bench.folder / "trace"
    project.start(["strace", "-f", "-qq", "-o", trace, "-e", "trace=getdents64"])
    count = trace.read_text().count("getdents64(")
    for n in range(1, count + 1, max(1, count // 25)):
        done = project.start([
            "strace", "-f", "-qq", "-o", trace, "-e", "trace=getdents64", "-e",
            f"inject=getdents64:error=EIO:when={n}"
        ])
        same = done.returncode == 0 and project.own.plan() == right
        assert same or (done.returncode == 1 and "error: "
                        in done.stderr), f"{n} of {count}: {done.returncode}\n{done.stderr}"


def test_verify_does_not_pass_over_what_it_cannot_list(bench):
    own = Own(bench)
    own.configure()
    own.ninja()
    for folder in ("out", "out/app"):
        done = bench.run([
            "strace", "-f", "-qq", "-o", bench.folder / "trace", "-P", folder, "-e",
            "inject=openat,getdents64:error=EIO", bench.mlpgen, "verify"
        ], 1, MLPGEN_HOME=str(ROOT))
        assert "[unreadable-file]" in done.stderr, done.stderr
        assert f"{folder} cannot be read" in done.stderr, done.stderr
    assert "all as they were made" in own.mlpgen("verify").stdout


def test_an_installation_that_cannot_be_looked_at_is_an_error(bench):
    rules = ROOT / "rules"
    for error in ("EIO", "EMFILE"):
        done = bench.run([
            "strace", "-f", "-qq", "-o", bench.folder / "trace", "-P", rules, "-e",
            f"inject=stat,newfstatat,openat:error={error}", bench.mlpgen, "find", "gcc"
        ], 1, MLPGEN_HOME="")
        assert "error: " in done.stderr, f"{error}: {done.stderr}"
        assert "bug of mlpgen" not in done.stderr, f"{error}: {done.stderr}"


def test_where_mlpgen_is_installed_is_read_or_is_an_error(bench):
    own = Own(bench)
    own.configure()
    right = own.plan()
    prefix = [
        "strace", "-f", "-qq", "-o", bench.folder / "trace", "-P", "/proc/self/exe", "-e",
        "inject=newfstatat,lstat,readlink,readlinkat:error=EACCES"
    ]
    done = bench.run([*prefix, bench.mlpgen, "configure", "app", f"--trust={own.folder}"], None,
                     MLPGEN_HOME=str(ROOT))
    if "not permitted" in done.stderr:
        raise Skip("strace may not trace here")
    assert done.returncode == 1 and "[unreadable-file]" in done.stderr, done.stderr
    assert "/proc/self/exe" in done.stderr, done.stderr
    assert own.plan() == right

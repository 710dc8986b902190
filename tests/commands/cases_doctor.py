"""mlpgen doctor: with tools missing from PATH, with too little room, under limits, and on another
distribution."""
import pathlib
import shutil
import subprocess

from commands.bench import has, has_not
from places import ROOT, Skip

RECIPE = """format: 1
recipe: tools
about: Needs a compiler and a tool that nobody has
tags: [tools]
probes:
  - id: cxx
    names: [g++]
    version_args: [-dumpfullversion]
    version_regex: "([0-9.]+)"
    install: {debian: g++, fedora: gcc-c++, suse: gcc-c++, arch: gcc}
deps:
  - {tags: "get,make", names: [make]}
steps:
  - id: use
    rule: write
    word: "${cxx.path} ${CM_MAKE_BIN_WITH_PATH}"
    use: "${recipe}/recipe.yaml"
"""


def project(bench, recipe=RECIPE):
    for name in ("get-make", "detect-tools-of-mlpgen"):
        shutil.copytree(ROOT / "recipes/system" / name, bench.project / "recipes/system" / name)
    folder = bench.project / "recipes/t/tools"
    folder.mkdir()
    (folder / "recipe.yaml").write_text(recipe)


def path_with(bench, *programs):
    """A PATH that has these programs only."""
    folder = bench.folder / ("bin-" + "-".join(programs))
    folder.mkdir(exist_ok=True)
    for name in programs:
        real = shutil.which(name)
        if not real:
            raise Skip(f"{name} is not here")
        (folder / name).symlink_to(real)
    return str(folder)


def of(answer, health):
    return [f for f in answer["findings"] if f["health"] == health]


def debian(bench):
    if "debian" not in pathlib.Path("/etc/os-release").read_text():
        raise Skip("this is no Debian or Ubuntu")


def test_doctor_names_all_that_is_missing_and_one_command(bench):
    debian(bench)
    project(bench)
    bench.env["PATH"] = path_with(bench, "make")
    text = bench.run([bench.mlpgen, "doctor", "tools"], code=1).stdout
    has(text, "missing  g++, for tools", "missing  ninja or samu, for detect-tools-of-mlpgen",
        "ok       make", "\n  apt-get install g++ ninja-build\n")
    assert not (bench.run_directory / ".mlpgen").exists() and not (
        bench.run_directory / "build.ninja").exists(), "it writes nothing"


def test_doctor_is_content_where_all_is_there(bench):
    project(bench)
    answer = bench.ask_json("doctor", "tools")
    assert answer["missing"] == 0 and answer["install"] == "" and not of(answer, "missing"), answer
    topics = {f["topic"] for f in answer["findings"]}
    assert topics == {"tools", "places", "limits", "measuring"}, topics
    has(bench.ask("doctor", "tools"), "Nothing is missing for this request.")


def test_doctor_sees_a_tool_that_is_too_old(bench):
    project(bench)
    text = bench.run([bench.mlpgen, "doctor", "tools", "--adr.make.version_min=99.1"],
                     code=1).stdout
    has(text, "missing  make or gmake (at least 99.1), for get-make; found", "1 missing")


def test_doctor_asks_for_git_only_where_a_step_needs_it(bench):
    project(bench)
    has_not(bench.ask("doctor", "tools"), "  git ")
    shutil.copy(ROOT / "rules/git.yaml", bench.project / "rules")
    recipe = RECIPE + "  - {id: src, rule: git, url: 'https://a.test/r.git', commit: " + "a" * 40 + "}\n"
    (bench.project / "recipes/t/tools/recipe.yaml").write_text(recipe)
    bench.env["PATH"] = path_with(bench, "make", "g++", "ninja")
    answer = bench.run([bench.mlpgen, "doctor", "tools"], code=1).stdout
    has(answer, "missing  git, for detect-tools-of-mlpgen")


def test_doctor_counts_the_room_that_downloads_need(bench):
    project(bench)
    shutil.copy(ROOT / "rules/download.yaml", bench.project / "rules")
    recipe = bench.project / "recipes/t/tools/recipe.yaml"
    recipe.write_text(
        RECIPE + "  - {id: big, rule: download, urls: ['https://a.test/f'], name: f, sha256: " +
        "a" * 64 + ", size: 9000000000000000}\n")
    text = bench.run([bench.mlpgen, "doctor", "tools"], code=1).stdout
    has(text, "the run directory is too small: 9.0 PB will come", "the store is too small",
        "MLPGEN_STORE")
    recipe.write_text(RECIPE +
                      "  - {id: big, rule: download, urls: ['https://a.test/f'], name: f}\n")
    has(bench.ask("doctor", "tools"), "1 things of unknown size")


def test_doctor_counts_equal_bytes_once_as_plan_does(bench):
    project(bench)
    shutil.copy(ROOT / "rules/download.yaml", bench.project / "rules")
    step = "  - {id: %s, rule: download, urls: ['https://%s.test/f'], name: f, sha256: " + "a" * 64 + ", size: 1000}\n"
    (bench.project / "recipes/t/tools/recipe.yaml").write_text(RECIPE + step % ("one", "one") +
                                                               step % ("two", "two"))
    has(bench.ask("doctor", "tools"), "the run directory: 1.0 kB will come;",
        "the store: 1.0 kB will come;")
    assert bench.ask_json("plan", "tools")["fetch"]["bytes"] == 1000


def test_doctor_sees_a_time_limit_that_ends_a_measurement(bench):
    project(bench)
    done = subprocess.run([
        "/bin/sh", "-c", "ulimit -t 300; ulimit -n 512; exec \"$@\"", "sh", bench.mlpgen, "doctor",
        "tools"
    ], cwd=bench.run_directory, env=bench.env, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    has(done.stdout, "missing  a process may run for 300 s (ulimit -t)",
        "hint     a process may open 512 files")


def test_doctor_says_so_of_a_store_that_cannot_be_written(bench):
    project(bench)
    (bench.folder / "file").write_text("")
    text = bench.run([bench.mlpgen, "doctor", "tools"], code=1,
                     MLPGEN_STORE=str(bench.folder / "file/store")).stdout
    has(text, "missing  the store cannot be written", "set MLPGEN_STORE")


def test_doctor_speaks_the_words_of_other_distributions(bench):
    """The same request where /etc/os-release is that of Fedora, openSUSE and Arch: a mount of this
    process alone."""
    project(bench)
    bench.env["PATH"] = path_with(bench, "make")
    release = bench.folder / "os-release"
    for text, command in (("ID=rocky\nID_LIKE=\"rhel centos fedora\"\n",
                           "dnf install gcc-c++ ninja-build"),
                          ("ID=opensuse-leap\nID_LIKE=\"suse opensuse\"\n",
                           "zypper install gcc-c++ ninja"), ("ID=arch\n", "pacman -S gcc ninja"),
                          ("ID=plan9\n", "no package of this distribution is known")):
        release.write_text(text)
        script = ('mount --bind "$1" "$(readlink -f /etc/os-release)" || exit 99; PATH="$2"; shift '
                  '2; exec "$@"')
        done = subprocess.run([
            "unshare", "-m", "/bin/sh", "-c", script, "sh", release, bench.env["PATH"],
            bench.mlpgen, "doctor", "tools"
        ], cwd=bench.run_directory, env={**bench.env, "PATH": "/usr/sbin:/usr/bin:/bin"},
                              capture_output=True, text=True)
        refused = ("unshare failed", "Operation not permitted")
        if done.returncode == 99 or any(words in done.stderr for words in refused):
            raise Skip("a mount of its own is not allowed here")
        has(done.stdout, command)


def test_doctor_refuses_a_relative_machine_lock(bench):
    project(bench)
    said = bench.run([bench.mlpgen, "doctor", "tools"], code=1, MLPGEN_MACHINE_LOCK="m").stdout
    has(said, "MLPGEN_MACHINE_LOCK is 'm', which names another file in each run directory",
        "export MLPGEN_MACHINE_LOCK=/..., e.g. $PWD/m")


def test_a_caller_that_ignores_sigchld_or_closes_its_streams_changes_no_probe(bench):
    project(bench, RECIPE.replace("g++]", "cat]").replace("-dumpfullversion", "--version"))
    bench.configure("tools")
    built = (bench.run_directory / "build.ninja").read_bytes()
    shutil.rmtree(bench.run_directory / ".mlpgen")  # what was probed is not remembered
    bench.run(["bash", "-c", f"trap '' CHLD; exec {bench.mlpgen} configure tools <&-"])
    assert (bench.run_directory / "build.ninja").read_bytes() == built

"""What a packager sets: meson_options.txt, and Meson's own folders. Only set up, never built."""
import json
import re
import subprocess

from places import ROOT


def set_up(work, *options):
    """(Files that would be installed, from where to where; the compiler's and linker's words of
    build.ninja; names of tests) of a set-up with these options."""
    build = work / "build"
    subprocess.run(["meson", "setup", build, ROOT, "--prefix=/opt/mlpgen", *options], check=True,
                   capture_output=True)
    asked = lambda what: json.loads(
        subprocess.run(["meson", "introspect", what, build], check=True, capture_output=True, text=
                       True).stdout)
    return asked("--installed"), (build / "build.ninja").read_text(), [
        test["name"] for test in asked("--tests")
    ], build


def case_each_option_of_meson_options_txt_does_what_it_says(work):
    installed, ninja, tests, build = set_up(work, "-Dstatic=false", "-Dtests=false",
                                            "-Dbash_completions=/etc/b",
                                            "-Dzsh_completions=share/z",
                                            "-Dfish_completions=share/f", "--bindir=games",
                                            "--datadir=lib/data")
    places = set(installed.values())
    assert {
        "/etc/b/mlpgen.bash", "/opt/mlpgen/share/z/_mlpgen", "/opt/mlpgen/share/f/mlpgen.fish",
        "/opt/mlpgen/games/mlpgen"
    } <= places, places
    assert "/opt/mlpgen/lib/data/mlpgen/recipes" in places
    assert not tests and "-no-pie" not in ninja and "doctest" not in ninja
    assert "fuzz_load" not in ninja
    assert 'kDataFolder = "../lib/data/mlpgen"' in (build /
                                                    "generator/command/version.h").read_text()


def case_the_default_is_a_static_program_with_tests(work):
    installed, ninja, tests, build = set_up(work)
    assert "-no-pie" in ninja and len(tests) > 10
    assert "/opt/mlpgen/share/zsh/site-functions/_mlpgen" in installed.values()
    assert 'kDataFolder = "../share/mlpgen"' in (build / "generator/command/version.h").read_text()


def case_every_option_stands_in_the_first_case():
    options = re.findall(r"^option\('(\w+)'", (ROOT / "meson_options.txt").read_text(), re.M)
    tried = re.findall(r"-D(\w+)=", (ROOT / "tests/install/cases_options.py").read_text())
    assert set(options) <= set(tried), set(options) - set(tried)

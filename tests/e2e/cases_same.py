"""Configure is a pure function: the same bytes everywhere, no socket, no secret, any Python."""
import os
import re
import shutil
import subprocess

from bench import MLPGEN, Skip

SECRET_RECIPE = """format: 1
recipe: needs-token
about: A step that gets a secret
tags: [needs, token]
keys:
  PLANTED_SECRET: {type: secret, about: a token}
steps:
  - {id: text, rule: render, template: "${home}/templates/text.mustache", name: text, values: {text: none}}
"""


def files_of_configure(directory):
    return {name: (directory.path / name).read_bytes() for name in ("build.ninja", ".mlpgen/plan")}


def case_two_directories_get_the_same_bytes(bench):
    one, two = bench.fresh("same/one"), bench.fresh("same/a longer name, with a comma/two")
    one.configure()
    two.configure()
    assert files_of_configure(one) == files_of_configure(two) == files_of_configure(bench.main)


def case_environment_does_not_change_a_byte(bench):
    other = bench.fresh("environment")
    other.env = {"LC_ALL": "C", "LANG": "de_DE.UTF-8", "TZ": "Asia/Tokyo", "HOME": str(bench.path), "CXXFLAGS": "-O0",
                 "PYTHONHASHSEED": "7", "CM_MLPERF_MODEL": "bert-99"}
    other.configure()
    assert files_of_configure(other) == files_of_configure(bench.main)


def case_configure_opens_no_socket(bench):
    strace = shutil.which("strace")
    if not strace:
        raise Skip("strace is not installed")
    directory = bench.fresh("strace")
    directory.path.mkdir(parents=True)
    trace = directory.path / "trace"
    done = subprocess.run([strace, "-f", "-e", "trace=network", "-o", trace, MLPGEN, "configure", "--preset=demo"],
                          cwd=directory.path, env=directory.environment(), capture_output=True, text=True)
    if "ptrace" in done.stderr.lower() and done.returncode:
        raise Skip("strace may not trace here: " + done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    calls = [line for line in trace.read_text().splitlines() if re.search(r"\b(socket|connect|sendto|bind)\(", line)]
    assert not calls, calls[:5]


def case_both_pythons(bench):
    """The Python of the system and the one on PATH may be two; the lock must know either."""
    found = list(dict.fromkeys(p for p in ("/usr/bin/python3", shutil.which("python3")) if p and os.path.exists(p)))
    for number, python in enumerate(found):
        directory = bench.fresh(f"python{number}")
        directory.env = {"PATH": f"{os.path.dirname(python)}:/usr/bin:/bin"}
        directory.configure()
        assert directory.steps()


def case_planted_secret_is_found_nowhere(bench):
    recipes = bench.path / "secret-recipes"
    shutil.rmtree(recipes, ignore_errors=True)
    (recipes / "recipes/needs-token").mkdir(parents=True)
    (recipes / "recipes/needs-token/recipe.yaml").write_text(SECRET_RECIPE)
    directory = bench.fresh("secret")
    directory.path.mkdir(parents=True)
    directory.mlpgen("configure", "needs,token", "--trust", recipes)
    directory.ninja("-k0", "all") if "all:" in (directory.path / "build.ninja").read_text() else directory.ninja("help")
    for step in directory.steps():
        assert bench.secret not in directory.mlpgen("repro", step["name"])
    for folder in (directory.path, bench.main.path, bench.store):
        found = subprocess.run(["grep", "-rlF", "--", bench.secret, folder], capture_output=True, text=True)
        assert found.returncode == 1, f"the secret is in {found.stdout}"

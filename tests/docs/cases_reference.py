"""The reference in docs/reference is what `mlpgen docs` writes, the man pages are well-formed, and
the record of what ran is true.

The record must say what the suites of this call of tests/run left behind: nothing that did not run,
and all that did. tests/docs/write takes over what they left.
"""
import json
import os
import re
import shutil
import subprocess

import ran
from docs.record import RECORD, differences, left_behind
from places import MLPGEN, ROOT, Skip

PAGES = ROOT / "docs/reference"
# Rules of which no step can be done, or only with what no test may assume; the reason stands beside
# them.
NEVER_RUN = {
    "official-verification": "it runs where MLPGEN_UPSTREAM names a checkout",
    "refuse": "its steps always fail",
}
RECIPE = """format: 1
recipe: lib
about: a library
tags: [lib]
variations: {small: {env: {K: "1"}}}
steps: [{id: one, rule: tree, copy: {a: "${recipe}/recipe.yaml"}}]
"""


def mlpgen(*words, home=ROOT, cwd=ROOT, code=0):
    env = {
        "PATH": os.environ["PATH"], "HOME": str(cwd), "MLPGEN_HOME": str(home), "LC_ALL": "C.UTF-8"
    }
    done = subprocess.run([str(w) for w in (MLPGEN, *words)], cwd=cwd, env=env, capture_output=True,
                          text=True)
    assert done.returncode == code, (f"mlpgen {' '.join(map(str, words))}: exit code "
                                     f"{done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout if "--format=json" in words else done.stdout + done.stderr


def complete_suites():
    """Those that ran in this call of tests/run before this one, each case of them with success."""
    return set(os.environ.get("MLPGEN_TESTS_COMPLETE", "").split())


def case_the_record_is_what_the_suites_ran():
    left = {suite: noted for suite, noted in left_behind().items() if suite in complete_suites()}
    if not left:
        raise Skip("no suite that makes run directories ran in full before this one")
    record = json.loads(RECORD.read_text())
    found = [text for suite, noted in left.items() for text in differences(record, suite, noted)]
    assert not found, "\n".join(found) + "\ntests/docs/write takes over what ran"


def case_a_difference_between_record_and_suites_is_noticed():
    record = {
        "steps": {"a": {"one": {"e2e": "real"}, "two": {"e2e": "stand-in"}}},
        "rules": {"tree": ["e2e"]}
    }
    cases = {
        0: {"steps": {"a": {"one": "real", "two": "stand-in"}}, "rules": ["tree"]},
        2: {"steps": {"a": {"two": "stand-in"}}, "rules": []},
        3: {
            "steps": {"a": {"one": "real", "two": "real"}, "b": {"x": "real"}},
            "rules": ["git", "tree"]
        },
        1: {"steps": {"a": {"one": "stand-in", "two": "stand-in"}}, "rules": ["tree"]},
    }
    for count, noted in cases.items():
        assert len(differences(record, "e2e",
                               noted)) == count, (count, differences(record, "e2e", noted))


def case_the_record_names_steps_and_rules_that_there_are():
    record = json.loads(RECORD.read_text())
    recipes = {path.parent.name: path for path in (ROOT / "recipes").glob("*/*/recipe.yaml")}
    wrong = [
        f"{r}/{s}" for r, steps in record["steps"].items() for s in steps
        if r not in recipes or s not in ran.rules_by_step(recipes[r].read_text())
    ]
    wrong += [rule for rule in record["rules"] if not (ROOT / f"rules/{rule}.yaml").exists()]
    assert not wrong, wrong


def case_every_rule_ran_somewhere():
    record = json.loads(RECORD.read_text())
    rules = {path.stem for path in (ROOT / "rules").glob("*.yaml")}
    never = rules - record["rules"].keys()
    assert never == NEVER_RUN.keys(), (
        f"never ran: {sorted(never - NEVER_RUN.keys())}; ran after all: "
        f"{sorted(NEVER_RUN.keys() - never)}")


def case_steps_of_one_id_are_told_apart_where_they_ran():
    """The record knows a step by its id: where several variations have one of that id, each of them
    must have run."""
    record = json.loads(RECORD.read_text())
    for path in (ROOT / "recipes").glob("*/*/recipe.yaml"):
        ids = [step for step, _ in ran.steps_in(path.read_text())]
        twice = {i
                 for i in ids
                 if ids.count(i) > 1} & record["steps"].get(path.parent.name, {}).keys()
        assert not twice, (f"{path.parent.name}: give each of the steps {sorted(twice)} a name of "
                           f"its own")


def case_the_pages_are_what_mlpgen_docs_writes():
    said = mlpgen("docs", "--check", PAGES.relative_to(ROOT))
    assert "all as `mlpgen docs` writes them" in said, said


def case_the_index_names_each_document():
    index = (ROOT / "docs/README.md").read_text()
    missing = [
        page.name for page in sorted((ROOT / "docs").glob("*.md"))
        if f"]({page.name})" not in index and page.name != "README.md"
    ]
    assert not missing, f"docs/README.md has no line for {missing}"


def case_show_and_pages_agree_on_the_state():
    listed = dict(
        re.findall(r"^\| \[([^]]+)\]\(recipes/.*\| ([^|]+) \|$", (PAGES / "recipes.md").read_text(),
                   re.M))
    assert len(listed) == len(list((ROOT / "recipes").glob("*/*/recipe.yaml"))), len(listed)
    for word in ("real", "shaped", "missing", "probe", "dispatcher"):
        recipe = next(r for r, state in listed.items() if state.split()[0].rstrip(":") == word)
        assert f"  state: {listed[recipe]}\n" in mlpgen("show", recipe).replace("*", "\\*"), recipe
        assert json.loads(mlpgen("show", recipe, "--format=json"))["state"]["word"] == word


def case_pages_are_written_checked_and_cleared(work):
    home = work
    recipe = home / "recipes/t/lib/recipe.yaml"
    recipe.parent.mkdir(parents=True)
    recipe.write_text(RECIPE)
    (home / "rules").mkdir()
    shutil.copy(ROOT / "rules/tree.yaml", home / "rules")
    docs = lambda *words, code=0: mlpgen("docs", *words, home=home, cwd=home, code=code)
    assert "0 removed" in docs()
    page = home / "docs/reference/recipes/lib.md"
    assert "[recipes/t/lib/recipe.yaml](../../../recipes/t/lib/recipe.yaml)" in page.read_text(
    ) and "state | shaped (no step of 1 ran)" in page.read_text()
    before = page.stat().st_mtime_ns
    assert " 0 written, 0 removed" in docs() and page.stat().st_mtime_ns == before
    assert "all as `mlpgen docs` writes them" in docs("--check")
    page.write_text(page.read_text() + "more\n")
    assert "docs/reference/recipes/lib.md is not what `mlpgen docs` writes  [stale-page]" in docs(
        "--check", code=1)
    own = page.with_name("own.md")
    own.write_text("# my own\n")
    recipe.rename(recipe.with_name("away.yaml"))
    assert "recipes/lib.md is not what" in docs("--check", code=1)
    said = json.loads(docs("--format=json"))
    assert said["removed"] == ["recipes/lib.md"] and own.exists() and not page.exists(), said
    assert "[unwritable-directory]" in docs(own / "below-a-file", code=1)


def manuals():
    return sorted((PAGES / "man").glob("*.1"))


def program(name, package):
    if not shutil.which(name):
        raise Skip(f"{name} is not there: apt-get install {package}")
    return name


def case_man_prints_the_pages_without_a_warning():
    man = program("man", "man-db")
    for page in manuals():
        done = subprocess.run([man, "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page],
                              capture_output=True, text=True,
                              env=os.environ | {"MANWIDTH": "200", "LC_ALL": "C.UTF-8"})
        assert done.returncode == 0 and not done.stderr, f"{page.name}: {done.stderr}"


def case_mandoc_finds_no_fault_in_the_pages():
    mandoc = program("mandoc", "mandoc")
    done = subprocess.run([mandoc, "-T", "lint", "-W", "warning", *manuals()], capture_output=True,
                          text=True)
    # A date would differ from day to day.
    found = [line for line in done.stdout.splitlines() if "missing date" not in line]
    assert not found, "\n".join(found)


def case_every_command_has_a_man_page_that_prints_its_options():
    names = re.findall(r"^  (\w[\w-]*) {2,}\S", mlpgen("--help").split("Commands", 1)[1], re.M)
    programs = {"mlpgen.1", "mlpgen-edge.1", "mlpgen-tool.1"}
    assert len(names) > 10 and {f"mlpgen-{name}.1"
                                for name in names} | programs == {page.name
                                                                  for page in manuals()}
    mandoc = program("mandoc", "mandoc")
    for name in names:
        text = subprocess.run(
            [mandoc, "-T", "ascii", "-O", "width=200", PAGES / f"man/mlpgen-{name}.1"],
            capture_output=True, text=True).stdout
        text = re.sub(r".\x08", "", text)
        for option in re.findall(r"^  (-\S+)",
                                 mlpgen(name, "--help").split("Options:", 1)[1], re.M):
            assert option in text, f"mlpgen-{name}.1 lacks {option}"

"""Every diagnostic in the sources has a page, and each that mlpgen itself prints a case in
tests/failing."""
import re

from places import ROOT

WORD = r'"([a-z]+(?:-[a-z]+)*)"'
# Stages whose diagnostics are mlpgen's; those of the runner and of mlpgen-tool are shown by their
# own tests.
OF_MLPGEN = {"command", "plan", "recipe", "resolve"}
# Words of mlpgen's own check of a submission: they name a rule of the round, not a mistake in a
# recipe; `mlpgen check-submission --help` says so.
CHECKER = "checker"
# What Ninja prints when a target is asked for, and what a broken installation says: their tests are
# in cases_questions.
OTHERS = {"not-yet", "no-program"}


def ids():
    """{id: set of folders under generator/}"""
    found = {}
    for path in sorted((ROOT / "generator").rglob("*.cc")):
        folder = path.relative_to(ROOT / "generator").parts[0]
        if path.name.endswith("_test.cc") or folder == CHECKER:
            continue
        text = path.read_text()
        words = set()
        for call in re.findall(
                r"\b(?:error|warning|named_error)\(\s*([^;]{0,80})", text):
            match = re.match(WORD, call) or re.match(r"[^\",]*\? " + WORD + r" : " + WORD, call)
            words.update(match.groups() if match else ())
        words.update(re.findall(r"\brefuse\(json, " + WORD, text))
        for chosen in re.findall(r"\bid\s*=(?!=)\s*([^;]{0,400});", text):
            words.update(re.findall(r'(?<!== )"([a-z]+(?:-[a-z]+)+)"', chosen))
        words.update(re.findall(r"\s\[([a-z]+(?:-[a-z]+)+)\](?:\"|\\n)", text))
        for word in words:
            found.setdefault(word, set()).add(folder)
    return found


def cases():
    failing = ROOT / "tests/failing"
    return {
        p.name: (p / "expected").read_text()
        for p in failing.iterdir() if (p / "expected").exists()
    }


def test_every_diagnostic_has_a_page():
    missing = sorted(i for i in ids() if not (ROOT / f"docs/diagnostics/{i}.md").exists())
    assert not missing, "no page in docs/diagnostics/ for: " + ", ".join(missing)


def test_every_page_is_of_a_diagnostic():
    known = ids()
    stale = sorted(p.stem for p in (ROOT / "docs/diagnostics").glob("*.md")
                   if p.stem not in known and p.stem != "README")
    assert not stale, "pages of diagnostics that nothing prints: " + ", ".join(stale)


def test_every_diagnostic_of_mlpgen_has_a_failing_case():
    shown = " ".join(cases().values())
    missing = sorted(i for i, folders in ids().items()
                     if folders & OF_MLPGEN and i not in OTHERS and f"[{i}]" not in shown)
    assert not missing, "no case in tests/failing/ for: " + ", ".join(missing)


def test_every_case_shows_the_diagnostic_that_it_is_named_after():
    known = sorted(ids(), key=len, reverse=True)
    wrong = [
        name for name, text in cases().items() if
        f"[{next((i for i in known if name == i or name.startswith(i + '-')), name)}]" not in text
    ]
    assert not wrong, "cases that do not show their diagnostic: " + ", ".join(wrong)


def test_every_example_is_real_output():
    outputs = cases()
    wrong = []
    for page in sorted((ROOT / "docs/diagnostics").glob("*.md")):
        match = re.search(r"```\n\$ mlpgen[^\n]*\n(.*?)```", page.read_text(), re.S)
        if page.stem in outputs and not (match and outputs[page.stem].endswith(
                match.group(1) + f"exit code {outputs[page.stem].split()[-1]}\n")):
            wrong.append(page.stem)
    assert not wrong, "pages whose example is not what the case of that name prints: " + ", ".join(
        wrong)

"""docs/reliability.md names tests that exist, and counts them rightly."""
import re

from places import ROOT


def case_the_page_about_reliability_names_tests_that_exist():
    text = (ROOT / "docs/reliability.md").read_text()
    table = dict(re.findall(r"^\| (.+?) \| (\d+) \|$", text, re.M))
    total = 0
    for heading, count, body in re.findall(r"^## (.+?) \((\d+) tests\)\n(.*?)(?=^## |\Z)", text,
                                           re.M | re.S):
        named = re.findall(r"^- \[(tests/\S+\.py)\]\(\.\./\1\): (.+)$", body, re.M)
        assert len(named) == int(count) == int(
            table[heading]), f"{heading}: {len(named)} tests are named"
        for path, words in named:
            name = words.replace(" ", "_")
            assert re.search(rf"^def (case|test)_{name}\(", (ROOT / path).read_text(),
                             re.M), f"{path} has no test '{words}'"
        total += len(named)
    assert total == int(table["all"]) and len(table) > 8, table

"""The canonical form: all of our files have it, it changes nothing that a file says, and asking
twice changes nothing."""
import random
import re
import shutil

import yaml
from places import ROOT
from schema.desk import PLACES

from schema import texts

WORDS = [
    "a", "get-data", "CM_KEY", "_fp32", "1.10", "yes", "x y", "it's", 'say "x"', "a: b", "a #b",
    "# c", "${KEY:-x}", "[a]", "{b}", "-", "-x", "null", "~", "", " padded ", "back\\slash",
    "two\nlines", "ends\n", "ends\n\n", "ünï", "*star", "&and", "!bang", "%", "@", "`", "|", ">",
    "?", "?x", ":", ":x", "x:", "'", '"', "a,b", "a, b", "trailing:", "\ttab"
]
OURS = ["recipes", "rules"]


def test_all_our_files_are_canonical(desk):
    done = desk.run("fmt", "--check", *(ROOT / folder for folder in OURS))
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match(r"\d{3} files, 0 changed\n", done.stdout), done.stdout


def scalar_text(word, dice, flow):
    """The word in one of the ways in which YAML can write it."""
    ways = [
        '"' +
        word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") +
        '"'
    ]
    if "\n" not in word and "\t" not in word:
        ways.append("'" + word.replace("'", "''") + "'")
    if re.fullmatch(r"[A-Za-z0-9_$./{}=-]*[A-Za-z0-9]", word) and not word.startswith(
        ("-", "{")) and not (flow and set("{}") & set(word)):
        ways += [word] * 3
    return dice.choice(ways)


def comment(dice):
    return "#" + dice.choice(["", " why", "x: y", " 'quoted", " [open", "# two"])


def flow_text(tree, dice):
    gap = lambda: " " * dice.choice([0, 0, 1, 3])  # noqa: E731
    if isinstance(tree, str):
        return scalar_text(tree, dice, True)
    if isinstance(tree, list):
        parts, ends = [flow_text(v, dice) for v in tree], "[]"
    else:
        parts, ends = [
            f"{scalar_text(k, dice, True)}: {gap()}{flow_text(v, dice)}" for k, v in tree.items()
        ], "{}"
    comma = "," + dice.choice([" ", "", "  ", "\n                "])
    return ends[0] + gap() + comma.join(parts) + gap() + ends[1]


def lines_of(tree, indent, dice, comments, top=False):
    """The tree as a block, with comments and blank lines anywhere."""
    lines, step = [], dice.choice([1, 2, 4])
    items = tree.items() if isinstance(tree, dict) else [(None, v) for v in tree]
    for key, value in items:
        if dice.random() < 0.2 and not top:
            lines += [""] * dice.choice([1, 3])
        if dice.random() < 0.2:
            text = comment(dice)
            comments.append(text)
            lines.append(" " * indent + text)
        head = " " * indent + ("-" if key is None else scalar_text(key, dice, False) + ":")
        block = isinstance(value, (dict, list)) and value and dice.random() < 0.6
        if isinstance(value, str) and "\n" in value and not value.startswith(
            (" ", "\n", "\t")) and dice.random() < 0.5 and value.count("\n") == 1:
            body = value.split("\n")
            lines += [head + (" |" if value.endswith("\n") else " |-")
                      ] + [" " * (indent + step) + line for line in body if line]
            continue
        if not block:
            head += " " * dice.choice([1, 1, 2, 5]) + flow_text(value, dice)
        if dice.random() < 0.15:
            text = comment(dice)
            comments.append(text)
            head += " " * dice.choice([1, 4]) + text
        lines.append(head)
        if block:
            lines += lines_of(value, indent + step, dice, comments)
    return lines


def tree_of(dice, depth):
    kind = dice.choice(["text", "text", "list", "map"]) if depth else "text"
    if kind == "text":
        return dice.choice(WORDS)
    if kind == "list":
        return [tree_of(dice, depth - 1) for _ in range(dice.randrange(4))]
    return {
        word: tree_of(dice, depth - 1)
        for word in dice.sample([w for w in WORDS if w and "\n" not in w], dice.randrange(4))
    }


def test_random_files_say_the_same_and_keep_their_comments(desk):
    dice = random.Random(7)
    folder = desk.folder / "random"
    folder.mkdir()
    written = {}
    for number in range(400):
        tree, comments = {
            "format": "1", "recipe": "x", **{f"k{i}": tree_of(dice, 3)
                                             for i in range(4)}
        }, []
        path = folder / f"{number:03}.yaml"
        path.write_text("\n".join(lines_of(tree, 0, dice, comments, top=True)) +
                        "\n" * dice.choice([1, 2, 4]))
        written[path] = (tree, sorted(c.rstrip() for c in comments))
    first = desk.run("fmt", folder)
    assert first.returncode == 0, first.stderr
    for path, (tree, comments) in written.items():
        text = path.read_text()
        assert texts.load(text) == tree, f"{path}:\n{text}"
        assert sorted(line_comments(text)) == comments, f"{path}: {comments}\n{text}"
        assert text.endswith("\n") and not text.endswith(
            "\n\n") and "\n\n\n" not in text and not re.search(r"[ \t]\n", text), text
    assert desk.run("fmt", folder).stdout == "400 files, 0 changed\n"


def line_comments(text):
    """Comments as PyYAML's scanner sees them: what it passes over."""
    spans, found, at = [], [], 0
    for token in yaml.scan(text, Loader=texts.Loader):
        if isinstance(token, yaml.ScalarToken):
            spans.append((token.start_mark.index, token.end_mark.index))
    while (at := text.find("#", at)) >= 0:
        inside = any(begin <= at < end for begin, end in spans)
        if not inside and (at == 0 or text[at - 1] in " \n"):
            found.append(text[at:].split("\n", 1)[0])
            at += len(found[-1])
        at += 1
    return found


def test_check_writes_nothing_and_shows_what_would_change(desk):
    path = desk.folder / "r.yaml"
    path.write_text("recipe:   x\nformat: 1\nabout: y\n")
    done = desk.run("fmt", "--check", "r.yaml")
    assert done.returncode == 1
    assert "r.yaml is not in its canonical form  [not-canonical]" in done.stderr
    assert "mlpgen fmt r.yaml" in done.stderr
    assert done.stdout == ("--- r.yaml\n+++ r.yaml (canonical)\n@@ -1,3 +1,3 @@\n-recipe:   x\n"
                           " format: 1\n+recipe: x\n about: y\n")
    assert path.read_text().startswith("recipe:   x")
    assert desk.run("fmt", "r.yaml").stdout == "r.yaml\n1 file, 1 changed\n"
    assert desk.run("fmt", "--check", ".").stdout == "1 file, 0 changed\n"


def test_other_files_and_modes_are_left_alone(desk):
    (desk.folder / "other.yaml").write_text("a:   b\n")
    path = desk.folder / "r.yaml"
    path.write_text("rule:   x\n")
    path.chmod(0o640)
    (desk.folder / ".hidden").mkdir()
    (desk.folder / ".hidden/r.yaml").write_text("rule:   x\n")
    assert desk.run("fmt", ".").stdout == "r.yaml\n1 file, 1 changed\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert (desk.folder / "other.yaml").read_text() == "a:   b\n" and (
        desk.folder / ".hidden/r.yaml").read_text() == "rule:   x\n"
    assert "[unknown-kind]" in desk.run("fmt", "other.yaml").stderr
    assert "[no-such-path]" in desk.run("fmt", "absent.yaml").stderr
    assert desk.run("fmt").returncode == 2


def test_the_page_of_the_language_shows_real_output(desk):
    page = (ROOT / "docs/language.md").read_text()
    blocks = re.findall(r"^    \$ mlpgen (.*)\n((?:    .*\n)*)", page, re.M)
    assert [b[0].split()[0] for b in blocks] == ["schema", "fmt"]
    for words, output in blocks:
        done = desk.run(*words.split(), cwd=ROOT)
        assert done.stdout + done.stderr == re.sub(
            "^    ", "", output, flags=re.M), f"mlpgen {words}:\n{done.stdout}{done.stderr}"


def test_form_and_comments_of_a_rule_are_no_part_of_an_identity(desk):
    home = desk.folder / "home"
    for place in PLACES.values():
        (home / place).parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "rules", home / "rules", dirs_exist_ok=True)
    (home / PLACES["recipe"]).write_text("format: 1\nrecipe: x\nabout: x\nsteps:\n"
                                         "  - {id: a, rule: json, name: a.json, values: {b: c}}\n")

    def plan():
        done = desk.run("dump", "x", "--stage=plan", home=home)
        assert done.returncode == 0, done.stderr
        return done.stdout

    before = plan()
    rule = home / "rules/json.yaml"
    rule.write_text("# why\n" + rule.read_text().replace(": [", ":   ["))
    assert plan() == before
    rule.write_text(rule.read_text().replace("about: ", "about: Now ", 1))
    assert plan() != before

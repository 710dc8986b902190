"""One expected line and what mlpgen made of the request, to the fault that a reader is told, or ''.
"""
import json
import re


class Outcome:
    """What mlpgen made of one request. `plan` and `manifest` are asked for only when a line needs
    them."""
    def __init__(self, code, output, diagnostics, plan, manifest):
        self.code, self.diagnostics, self.plan, self.manifest = code, diagnostics, plan, manifest
        self.instances = json.loads(output)["instances"] if code == 0 else []
        self.words = sorted({d["id"]
                             for d in diagnostics}) if isinstance(diagnostics,
                                                                  list) else [diagnostics]

    def said(self):
        if isinstance(self.diagnostics, str):
            return self.diagnostics
        return "\n".join("\n".join(
            [d["message"], *[n["message"] for n in d.get("notes", [])],
             d.get("help", "")]) for d in self.diagnostics)

    def of(self, name):
        """Instances of `recipe`, or of `recipe,_a` those in which _a is active."""
        recipe, *active = name.split(",")
        return [
            i for i in self.instances
            if i["recipe"] == recipe and all(a[1:] in i["variations"] for a in active)
        ]

    def used(self, instance):
        return [self.instances[d["instance"]] for d in instance["deps"] if d["enabled"]]


def shown(instance):
    return " ".join("_" + v for v in instance["variations"]) or "no variations"


def compare(what, wanted, actual):
    return "" if wanted == actual else f"{what}: expected `{wanted}`, got `{actual}`"


def of_one(outcome, instance, name, text):
    """Expectations about the one instance of a recipe."""
    if found := re.fullmatch(r"([+\w]+) = ?(.*)", text):
        binding = instance["env"].get(found[1])
        return compare(f"{name}: {found[1]}", found[2], binding["value"] if binding else "(unset)")
    if found := re.fullmatch(r"([+\w]+) by (.*)", text):
        binding = instance["env"].get(found[1], {"rank": "(unset)"})
        return compare(f"{name}: rank of {found[1]}", found[2], binding["rank"])
    if text == "no variations" or text.startswith("_"):
        return compare(name, text, shown(instance))
    kind, _, rest = text.partition(" ")
    if kind == "version":
        return compare(f"{name}: version", rest, instance["version"] or "none")
    if kind == "uses":
        return compare(f"{name} uses", rest, ", ".join(u["recipe"] for u in outcome.used(instance))
                       or "nothing")
    if kind == "skips":
        return compare(
            f"{name} skips", rest,
            ", ".join(d["tags"] for d in instance["deps"] if not d["enabled"]) or "nothing")
    if kind == "steps":
        return compare(f"{name}: steps", rest, ", ".join(instance["steps"]) or "none")
    return f"'{text}' is not something that can be expected of a recipe"


def of_recipe(outcome, name, text):
    found = outcome.of(name)
    if outcome.code:
        return f"refused: {', '.join(outcome.words)}\n{outcome.said()}"
    if text == "not used":
        return compare(name, "not used", "used" if found else "not used")
    if count := re.fullmatch(r"(\d+) instances", text):
        return compare(name, text, f"{len(found)} instances")
    if len(found) != 1:
        return (f"{name}: there are {len(found)} instances, and one was expected: "
                f"{'; '.join(map(shown, found))}")
    return of_one(outcome, found[0], name, text)


def edge(outcome, name, text):
    """The command of an edge, word by word; what names a folder of the test is left out of the
    comparison."""
    argv = [e["argv"] for e in outcome.plan() if e["name"] == name]
    words = " ".join(f"[{re.sub(r'out/[^ ]*/[0-9a-f]{12}', 'OUT', a)}]"
                     for a in argv[0]) if len(argv) == 1 else f"{len(argv)} edges of that name"
    return compare(f"edge {name}", text, words)


def comes_after(outcome, later, earlier):
    """Whether build.ninja lets an edge wait for another one whose outputs it does not use."""
    folders = {e["name"]: e["directory"] for e in outcome.plan()}
    statements = outcome.manifest().replace("$\n", "").splitlines()
    mine = [
        s for s in statements
        if s.startswith("build ") and folders.get(later, "no such edge") in s.split(":")[0]
    ]
    return bool(mine) and folders.get(earlier, "no such edge") in mine[0].partition(" || ")[2]


def fault(outcome, text):
    if text.startswith(("error ", "warning ")):
        kind, _, words = text.partition(" ")
        same = compare(kind, words, ", ".join(outcome.words) or "nothing said")
        return same or compare("exit code", 1 if kind == "error" else 0, outcome.code)
    if text.startswith("says "):
        return "" if text[5:] in outcome.said(
        ) else f"expected `{text[5:]}` in what is said, got:\n{outcome.said()}"
    if text.startswith("same build.ninja as "):
        same = outcome.code == 0 and outcome.manifest() == outcome.manifest(
            text.removeprefix("same build.ninja as "))
        return "" if same else "build.ninja differs"
    if text.startswith("other build.ninja than "):
        same = outcome.manifest() == outcome.manifest(text.removeprefix("other build.ninja than "))
        return "build.ninja is the same" if same else ""
    if found := re.fullmatch(r"(\S+) comes after (\S+)", text):
        return "" if comes_after(outcome, found[1], found[2]) else "it does not"
    if text.startswith("edges "):
        return compare("edges", text[6:], ", ".join(sorted(e["name"] for e in outcome.plan()))
                       or "none")
    if found := re.fullmatch(r"edge (\S+): (.*)", text):
        return edge(outcome, found[1], found[2])
    if found := re.fullmatch(r"(\S+): (.*)", text):
        return of_recipe(outcome, found[1], found[2])
    return f"'{text}' is nothing that can be expected"

"""A small installation in a temporary folder, whose loader judges one file at a time; and the
validator beside it."""
import json
import os
import re
import subprocess

import jsonschema

from places import MLPGEN, ROOT

SCHEMAS = {
    p.name.split(".")[0]: json.loads(p.read_text())
    for p in sorted((ROOT / "schemas").glob("*.schema.json"))
}
# What the loader finds wrong and a schema can say, too.
EXPRESSIBLE = {
    "unknown-key", "missing-key", "wrong-type", "wrong-format", "newer-format", "empty-condition",
    "mixed-condition", "default-without-group", "damaged-lock"
}
PLACES = {
    "recipe": "recipes/t/x/recipe.yaml", "rule": "rules/x.yaml", "presets": "recipes/presets.yaml",
    "round": "recipes/rounds/v9.9.yaml", "lock": "recipes/mlpgen.lock"
}


class Desk:
    def __init__(self, folder):
        self.folder, self.home = folder, folder / "home"

    def run(self, *words, home=None, cwd=None):
        env = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
            "MLPGEN_HOME": str(home or ROOT)
        }
        return subprocess.run([MLPGEN, *map(str, words)], env=env, cwd=cwd or self.folder,
                              capture_output=True, text=True)

    def loader_says(self, kind, text):
        """Ids of what the loader finds wrong in a file of that kind."""
        for place in PLACES.values():
            (self.home / place).parent.mkdir(parents=True, exist_ok=True)
            (self.home / place).unlink(missing_ok=True)
        (self.home / "recipes/t/app").mkdir(exist_ok=True)
        (self.home /
         "recipes/t/app/recipe.yaml").write_text("format: 1\nrecipe: app\nabout: x\ntags: [app]\n")
        (self.home / PLACES[kind]).write_text(text)
        if kind == "recipe":
            name = re.search(r"^recipe: *(\S+)", text, re.M)
            done = self.run("show", name[1].strip("\"'") if name else "none", home=self.home)
        elif kind == "rule":
            done = self.run("help", "x", home=self.home)
        elif kind == "round":
            done = self.run("check", home=self.home)
        else:
            done = self.run("dump", "app", *(["--preset=none"] if kind == "presets" else []),
                            home=self.home)
        assert done.returncode in (0, 1), f"exit code {done.returncode}: {done.stderr}\n{text}"
        self.said = done.stderr
        return set(re.findall(r"^(?:error): .*\[([a-z-]+)\]$", done.stderr, re.M))


def faults(kind, tree):
    """What the validator finds wrong, one line each."""
    found = jsonschema.Draft7Validator(SCHEMAS[kind]).iter_errors(tree)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in found]

"""A small project with a recipe, a rule, a probed tool and data; what a second configure of it
does."""
import subprocess
import time

from places import MLPGEN

RECIPE = """format: 1
recipe: app
about: for a test
tags: [app]
flags:
  word: {env: WORD, default: hello, help: a word}
  data: {env: DATA, type: path, help: a file}
probes:
  - {id: tool, names: [probed-tool], version_args: [--version], version_regex: "tool ([0-9.]+)"}
variations:
  x: {env: {KEY: one}}
  y: {env: {KEY: two}}
steps:
  - id: s
    rule: note
    word: "${WORD} ${DATA:-}"
    from: ["${recipe}/src", "${tool.path}"]
    links: {result: note}
targets: {all: {about: Everything}, later: {about: Nothing yet, nothing: none}}
"""
RULE = """format: 1
rule: note
about: Writes a word to a file
params:
  word: {type: text, about: the word}
  from: {type: list, about: what it is made from}
edges:
  - id: note
    argv: [/bin/sh, -c, 'echo "$0" > "$1"', "${word}", "${out}/note", "${from}"]
    env: {PATH: /usr/bin:/bin}
    outputs: {note: note}
"""


class Project:
    def __init__(self, folder):
        self.path, self.mlpgen, self.words, self.extra = folder, str(MLPGEN), ["app"], {}
        self.tools, self.more = folder / "bin", folder / "more"
        for name, text in {
                "recipes/t/app/recipe.yaml": RECIPE, "rules/note.yaml": RULE,
                "recipes/t/app/src/a": "one", "data": "x"
        }.items():
            self.write(name, text)
        self.tool("bin/probed-tool", "1.0")
        self.age()

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def tool(self, name, version):
        self.write(name, f"#!/bin/sh\necho tool {version}\n").chmod(0o755)

    def age(self):
        """What changed while configure ran is not trusted; a person types more slowly than this
        test."""
        time.sleep(0.03)

    def configure(self, *words, json=False):
        env = {
            "PATH": f"{self.tools}:{self.more}:/usr/bin:/bin", "MLPGEN_HOME": str(self.path),
            "HOME": str(self.path), **self.extra
        }
        command = [self.mlpgen, "configure", *(words or self.words), "-C", "run"
                   ] + (["--format=json"] if json else [])
        return subprocess.run(command, cwd=self.path, env=env, capture_output=True, text=True)

    def worked(self, *words, json=False):
        """Whether this configure did its work: with its answer."""
        help_file = self.path / "run/.mlpgen/say/later"
        help_file.unlink(missing_ok=True)
        done = self.configure(*words, json=json)
        assert done.returncode == 0, done.stderr
        return help_file.exists(), done

    def settle(self, *words):
        self.age()
        did, first = self.worked(*words)
        did, second = self.worked(*words)
        assert not did, "the second configure did its work again"
        assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
        return second

    def manifest(self):
        return (self.path / "run/build.ninja").read_bytes(), (self.path /
                                                              "run/.mlpgen/plan").read_bytes()

"""A recipe of a test's own, beside the real rules, given by --trust."""
import pathlib

from places import ROOT

HEAD = "format: 1\nrecipe: app\nabout: x\ntags: [app]\n"
STEP = 'steps: [{id: s, rule: json, name: a.json, values: {k: "v"}}]\n'


class Own:
    def __init__(self, bench, text=STEP, name="mine"):
        self.bench, self.folder = bench, bench.folder / name
        self.recipe = self.write("recipes/t/app/recipe.yaml", HEAD + text)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def mlpgen(self, *words, code=0, **env):
        """What `mlpgen WORDS` did: its exit code and its output."""
        return self.bench.run([self.bench.mlpgen, *words], code, MLPGEN_HOME=str(ROOT), **env)

    def configure(self, *words, code=0, **env):
        return self.mlpgen("configure", "app", f"--trust={self.folder}", *words, code=code, **env)

    def refused(self, diagnostic, *words, **env):
        done = self.configure(*words, code=1, **env)
        assert f"[{diagnostic}]" in done.stderr, done.stderr
        assert "help: " in done.stderr, done.stderr
        return done.stderr

    def plan(self):
        return (self.bench.run_directory / ".mlpgen/plan").read_bytes()

    def ninja(self, *words, code=0):
        return self.bench.run(["ninja", *words], code, MLPGEN_HOME=str(ROOT))

    def artifact(self, name):
        [path] = (self.bench.run_directory / "out").glob(f"app/*/{name}")
        return pathlib.Path(path)

"""A source tree, one recipe that builds it with a rule of this installation, and a run directory.
"""
import json
import shutil
import subprocess

import ran
from hermetic.sandbox import fault_of, why_not
from places import ROOT

RULES = ("cmake", "make", "autotools", "python-wheel", "tree", "program")
DEPS = """deps:
  - {tags: "get,cmake"}
  - {tags: "get,gnu-make"}
  - {tags: "get,gnu-c"}
  - {tags: "get,gcc"}
"""
TOOLS = 'c_compiler: "${CM_C_COMPILER_WITH_PATH}", cxx_compiler: "${CM_CXX_COMPILER_WITH_PATH}"'
CMAKE = TOOLS + ', cmake: "${CM_CMAKE_BIN_WITH_PATH}", ninja: "${CM_NINJA_BIN_WITH_PATH}"'
MAKE = TOOLS + ', make: "${CM_MAKE_BIN_WITH_PATH}"'


class Project:
    def __init__(self, bench, files, steps):
        """files: {name: text or bytes} of the tree; steps: the recipe's, where `source.tree` is
        that tree."""
        self.bench, self.home, self.run_dir = bench, bench.dir / "project", bench.dir / "run"
        self.recipe = self.home / "recipes/t/app"
        self.recipe.mkdir(parents=True)
        (self.home / "rules").mkdir()
        for rule in RULES:
            shutil.copy(ROOT / f"rules/{rule}.yaml", self.home / "rules")
        for recipe in ("system/get-cmake", "system/get-make", "compiler/get-c-compiler",
                       "compiler/get-gcc"):
            shutil.copytree(ROOT / "recipes" / recipe, self.home / "recipes" / recipe)
        for name, text in files.items():
            self.put(name, text)
        self.write(steps)

    def put(self, name, text):
        path = self.recipe / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if text.startswith("#!"):
            path.chmod(0o755)

    def write(self, steps):
        every = ['{id: source, rule: tree, copy: {.: "${recipe}/src"}}', *steps]
        text = "format: 1\nrecipe: app\nabout: for a test\ntags: [app]\n" + DEPS + "steps:\n"
        (self.recipe / "recipe.yaml").write_text(text + "".join(f"  - {step}\n" for step in every))

    def env(self, **more):
        return self.bench.env(MLPGEN_HOME=self.home, HOME=self.bench.dir / "home", **more)

    def configure(self, run_dir=None):
        done = subprocess.run([
            self.bench.tool.with_name("mlpgen"), "configure", "app", "-C", run_dir or self.run_dir
        ], env=self.env(), capture_output=True, text=True)
        assert done.returncode == 0, f"exit code {done.returncode}:\n{done.stdout}{done.stderr}"

    def ninja(self, code=0, run_dir=None, **more):
        done = subprocess.run(["ninja", "-C", run_dir or self.run_dir], env=self.env(**more),
                              capture_output=True, text=True)
        ran.note(run_dir or self.run_dir)
        assert done.returncode == code, f"exit code {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def build(self):
        """The first ninja does the work, the second none."""
        self.configure()
        self.ninja()
        assert "no work to do" in self.ninja()
        assert not list(self.run_dir.glob("out/*/*/.build")), "the build's own folder is left"

    def file(self, name):
        """The newest of that name."""
        found = [p for p in self.run_dir.glob(f"out/app/*/{name}") if ".tmp." not in str(p)]
        assert found, f"no {name} in:\n" + "\n".join(map(str, self.run_dir.glob("out/app/*/*")))
        return max(found, key=lambda p: p.stat().st_ctime_ns)

    def says(self, name, *words):
        """What an installed program prints."""
        done = subprocess.run([self.file(name), *words], capture_output=True, text=True, env={})
        assert done.returncode == 0, f"{name} ended with {done.returncode}: {done.stderr}"
        return done.stdout.strip()

    def logs(self):
        return "".join(
            p.read_text(errors="replace") for p in (self.run_dir / ".mlpgen").rglob("*.log"))

    def bytes_elsewhere(self):
        """The same build in another run directory: {name: bytes} of both."""
        other = self.bench.dir / "another-place" / "with-a-longer-name"
        other.parent.mkdir()
        self.configure(other)
        self.ninja(run_dir=other)
        return [{
            str(p.relative_to(run)): p.read_bytes()
            for p in sorted(run.glob("out/app/*/*/**/*")) if p.is_file() and not p.is_symlink()
        } for run in (self.run_dir, other)]

    def same_elsewhere(self):
        here, there = self.bytes_elsewhere()
        assert here.keys() == there.keys() and here, "\n".join(sorted(here.keys() ^ there.keys()))
        differ = [name for name in here if here[name] != there[name]]
        assert not differ, "other bytes in another run directory: " + ", ".join(differ)
        place = str(self.bench.dir).encode()
        named = [name for name, text in here.items() if place in text]
        assert not named, "the run directory's name stands in " + ", ".join(named)

    def reads_only_what_it_declares(self):
        """Each edge again, with nothing but its declared inputs in sight (tests/hermetic)."""
        if why_not():
            return
        for step in (s for s in self.plan() if s["mode"] == "work"):
            fault = fault_of(step, self.run_dir, CMAKE_BUILD_PARALLEL_LEVEL="2")
            assert not fault, f"{step['name']}: {fault}"

    def source_is_as_it_was(self):
        tree = self.file("tree")
        here = {str(p.relative_to(tree)): p.read_bytes() for p in tree.rglob("*") if p.is_file()}
        mine = self.recipe / "src"
        assert here == {
            str(p.relative_to(mine)): p.read_bytes()
            for p in mine.rglob("*") if p.is_file()
        }

    def plan(self):
        return [
            json.loads(line) for line in (self.run_dir / ".mlpgen/plan").read_text().splitlines()
        ]

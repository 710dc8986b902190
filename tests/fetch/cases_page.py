"""docs/add-a-dataset.md: its recipe is written where the page says, its archives are served, and
each of its commands is run."""
import os
import re
import shlex
import subprocess

import ran
from fetch.file_server import FileServer
from fetch.job import packed
from places import ROOT

PAGE = ROOT / "docs/add-a-dataset.md"
ARCHIVES = {"validation": b"7\n2\n1\n", "calibration": b"4\n"}


def commands(page):
    """(words, the lines that the page shows below them) of each command."""
    [block] = re.findall(r"^```\n(\$ .*?)^```$", page, flags=re.M | re.S)
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        first, *lines = part.splitlines()
        yield shlex.split(first), lines


def case_the_page_about_adding_a_data_set_shows_what_happens(bench):
    page = PAGE.read_text()
    [place] = re.findall(r"`(my/recipes/\S+/recipe\.yaml)`", page)
    [recipe] = re.findall(r"^```yaml\n(.*?)^```$", page, flags=re.M | re.S)
    (bench.dir / place).parent.mkdir(parents=True)
    (bench.dir / place).write_text(recipe)
    (bench.dir / "copy").mkdir()
    (bench.dir / "copy/images.bin").write_bytes(b"x" * 64)
    (bench.dir / "copy/labels.txt").write_bytes(b"3\n")
    with FileServer({}) as server:
        for kind, labels in ARCHIVES.items():
            images = kind[0].encode() * 64 * {"validation": 10, "calibration": 2}[kind]
            server.bytes[f"data.example/digits-{kind}.tar"] = packed(
                ".tar", {"digits/images.bin": images, "digits/labels.txt": labels})
        env = bench.env(MLPGEN_HOME=ROOT, HOME=bench.dir / "home",
                        MLPGEN_MIRROR=f"https://data.example/={server.url}/data.example/",
                        PATH=f"{bench.tool.parent}:{os.environ['PATH']}")
        seen = 0
        for words, shown in commands(page):
            done = subprocess.run(words, cwd=bench.dir, env=env, capture_output=True, text=True)
            assert done.returncode == 0, (f"{words}: exit code {done.returncode}\n"
                                          f"{done.stdout}{done.stderr}")
            printed = iter(done.stdout.splitlines())
            for line in shown:
                assert any(line.split() == other.split() for other in
                           printed), f"{words} does not print '{line}':\n{done.stdout}{done.stderr}"
            if words[0] == "ninja":
                ran.note(bench.dir / "run", stand_ins=True)
            seen += 1
        assert seen >= 10 and len(server.requests) == 2, "each archive is fetched once"

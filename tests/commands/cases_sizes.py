"""Recipes of absurd sizes: refused in a moment, or read in a time that grows as they do."""
import os
import subprocess

from commands.bench import has
from places import ROOT

HEAD = "format: 1\nrecipe: big\nabout: A large one\ntags: [big]\n"


def write(bench, body):
    folder = bench.project / "recipes/t/big"
    folder.mkdir(exist_ok=True)
    (folder / "recipe.yaml").write_text(HEAD + body)


def processor_seconds(bench, *words):
    """Of mlpgen with these words, which must succeed; other programs on the machine do not count.
    """
    child = subprocess.Popen([bench.mlpgen, *words], cwd=bench.run_directory, env=bench.env,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise AssertionError(f"{words}: exit code {child.returncode}\n{said.decode()}")
    return used.ru_utime + used.ru_stime


def keys(count):
    return "default_env:\n" + "".join(f"  CM_KEY_{n}: value\n" for n in range(count))


def test_the_time_for_a_recipe_grows_as_its_keys_do(bench):
    """Eight times as many keys take about eight times as long; with a search in all keys for each,
    64 times."""
    times = []
    for count in (5_000, 40_000):
        write(bench, keys(count))
        times.append([
            processor_seconds(bench, command, *words)
            for command, words in (("check", ()), ("show", ("big", )), ("dump", ("big", )),
                                   ("configure", ("big", )))
        ])
    for few, many in zip(*times):
        assert many < 24 * few, (f"processor seconds with 5,000 keys {times[0]}, with 40,000 "
                                 f"{times[1]}")


def test_yaml_that_nests_without_end_is_refused(bench):
    for body in ("env: " + "[" * 20_000, "env: " + "{a: " * 20_000,
                 "steps:\n" + "".join(" " * n + "- \n" for n in range(1, 2000))):
        write(bench, body + "\n")
        has(bench.refused("check"), "error:")


def test_a_template_that_nests_without_end_is_refused(bench):
    template = bench.folder / "t.mustache"
    template.write_text("{{#a}}" * 20_000 + "x" + "{{/a}}" * 20_000)
    tool = bench.mlpgen.with_name("mlpgen-tool")
    done = bench.run([
        tool, "render", "--template", template, "--values", "a=b", "--out", bench.folder / "t.txt"
    ], code=1)
    has(done.stderr, "[bad-template]")
    assert not (bench.folder / "t.txt").exists()


def test_the_time_for_variations_of_variations_grows_no_faster_than_their_square(bench):
    times = []
    for count in (100, 400):
        bases = "".join(f"  v{n}: {{base: [v{n - 1}]}}\n" for n in range(1, count))
        write(bench, "variations:\n  v0: {env: {CM_KEY: x}}\n" + bases)
        times.append(processor_seconds(bench, "configure", f"big,_v{count - 1}"))
    assert times[1] < 48 * times[0], f"processor seconds with 100 and 400 variations: {times}"


def test_too_little_memory_is_said(bench):
    """Below some size the kernel itself does not load the program."""
    said = 0
    for size in range(14, 40, 2):
        done = bench.run([
            "sh", "-c", f'ulimit -v {size * 1024}; exec "$@"', "sh", bench.mlpgen, "dump",
            "run-mlperf-inference-app", "--model=retinanet"
        ], None, MLPGEN_HOME=str(ROOT))
        said += "error: there is not enough memory" in done.stderr
        assert "bug of mlpgen" not in done.stderr and done.returncode != 70, (f"{size} MiB: "
                                                                              f"{done.stderr}")
    assert said

"""Control bytes and bytes that are not UTF-8 are refused where a value enters, each at its place.
"""
import json
import os
import shutil

from commands.own_recipe import HEAD, STEP, Own
from places import ROOT
from sealed import sealed

BAD = {
    b"\x01": "control byte 01", b"\x02": "control byte 02", b"\x03": "control byte 03",
    b"\x1b": "control byte 1b", b"\x7f": "control byte 7f", b"\xc2\x85": "control character U+0085",
    b"\xff": "byte ff, which is not UTF-8", b"\xc0\x80": "byte c0, which is not UTF-8",
    b"\xed\xa0\x80": "byte ed, which is not UTF-8"
}
FLAG = ('flags: {word: {env: WORD, default: w, help: h}}\n'
        'steps: [{id: s, rule: json, name: a.json, values: {k: "${WORD}"}}]\n')


def test_bytes_in_words_of_the_command_line(bench):
    own = Own(bench, FLAG)
    for bad, what in BAD.items():
        for word in (b"--word=a" + bad + b"b", b"--env.WORD=" + bad, b"--adr.x.tags=" + bad,
                     b"x" + bad, b"--lock=f" + bad, b"-C", bad):
            said = own.refused("not-text", os.fsdecode(word), *(["d"] if word == b"-C" else []),
                               os.fsdecode(bad))
            assert what in said and "--> command line:1:" in said, said
    assert not (bench.run_directory / ".mlpgen").exists(), "nothing was written"
    for command in ("plan", "explain", "query", "find", "show", "log", "import-command", "store"):
        assert "[not-text]" in own.mlpgen(command, "a\x01b", code=1).stderr, command


def test_a_value_is_one_line(bench):
    own = Own(bench, FLAG)
    assert "control byte 0a" in own.refused("not-text", "--word=a\nb")
    own.configure("--word=Zürich 東京")
    assert "Zürich 東京".encode() in own.plan()


def test_bytes_in_the_environment_and_the_directory(bench):
    own = Own(bench)
    for name in ("PATH", "HOME", "XDG_CONFIG_HOME"):
        for bad in (b"\x01", b"\xff"):
            own.refused("not-text", **{name: bench.env["PATH"] + os.fsdecode(b":/x" + bad)})
    odd = os.fsdecode(os.fsencode(bench.folder) + b"/a\xffb")
    os.mkdir(odd)
    done = bench.run(
        [bench.mlpgen, "configure", "app", f"--trust={own.folder}", "-C", bench.folder / "else"],
        None)
    bench.run_directory, before = type(bench.run_directory)(odd), bench.run_directory
    own.refused("not-text")
    bench.run_directory = before
    assert done.returncode is not None


def test_escapes_in_a_recipe(bench):
    for escape in ("\\x01", "\\x02", "\\x03", "\\0", "\\e", "\\x7f", "\\u0085"):
        own = Own(bench, STEP.replace('"v"', f'"q{escape}b"'))
        said = own.refused("not-text")
        assert "an escape in this text makes the control" in said, said
        assert "recipes/t/app/recipe.yaml:5:" in said, said
    for where in (f'recipe: "a\\x01"\nabout: x\ntags: [app]\n{STEP}',
                  f'recipe: app\nabout: x\ntags: [app, "b\\x01"]\n{STEP}',
                  f'recipe: app\nabout: x\ntags: [app]\n"\\x01": x\n{STEP}'):
        own.write("recipes/t/app/recipe.yaml", "format: 1\n" + where)
        own.refused("not-text")


def test_raw_bytes_in_a_recipe_and_in_one_that_is_only_listed(bench):
    own = Own(bench)
    for bad, what in BAD.items():
        own.recipe.write_bytes((HEAD + STEP).encode().replace(b'"v"', b'"' + bad + b'"'))
        assert what in own.refused("not-text")
    own.write("recipes/t/app/recipe.yaml", HEAD + STEP)
    own.write("recipes/t/other/recipe.yaml",
              "").write_bytes(b"format: 1\nrecipe: other\nabout: x\ntags: [a\x1b[31m]\n")
    own.refused("not-text")


def test_bytes_in_presets_and_rules(bench):
    own = Own(bench)
    own.write("recipes/presets.yaml", 'format: 1\npresets: {p: {about: "a\\x01", recipe: app}}\n')
    own.refused("not-text", "--preset=p")
    own.write("recipes/presets.yaml", "format: 1\npresets: {}\n")
    own.write(
        "rules/mine.yaml", 'format: 1\nrule: mine\nabout: x\n'
        'edges: [{id: e, argv: ["/bin/echo", "\\x02"], outputs: {f: f}}]\n')
    own.write("recipes/t/app/recipe.yaml", HEAD + "steps: [{id: s, rule: mine}]\n")
    assert "rules/mine.yaml:4:" in own.refused("not-text")


def test_bytes_in_a_lock(bench):
    own = Own(bench)
    for entry in ({"file_name": "a\x01b"}, {"a\x02": "x"}, {"lines": ["a==1\x00"]},
                  {"lines": ["a==1\n--index-url=x"]}):
        (bench.run_directory / "mlpgen.lock").write_text(
            json.dumps({"format": 1, "entries": {"file https://a.example/f": entry}}))
        said = own.refused("damaged-lock")
        assert "control byte" in said and "--> mlpgen.lock:1:" in said, said
    (bench.run_directory / "mlpgen.lock").write_text(
        json.dumps({"format": 1, "entries": {"k\x03": {}}}))
    assert "control byte 03" in own.refused("damaged-lock")
    (bench.run_directory /
     "mlpgen.lock").write_bytes(b'{"format": 1, "entries": {"k": {"a": "\xff"}}}')
    own.refused("damaged-lock")


def test_bytes_in_what_a_probe_finds(bench):
    for bad in (b"\x01", b"\x03", b"\x1b", b"\xff", b"\n2"):
        probed = bench.folder / "version"
        probed.write_bytes(b"v1" + bad + b"a")
        text = (f'probes: [{{id: p, files: ["{probed}"], version_regex: "v([^z]*)"}}]\n'
                f'steps: [{{id: s, rule: json, name: a.json, values: {{k: "${{p.version}}"}}}}]\n')
        said = Own(bench, text).refused("unreadable-file")
        assert f"the version that {probed} prints has the" in said, said
        assert "recipes/t/app/recipe.yaml:5:" in said, said


def test_bytes_in_names_of_files(bench):
    own = Own(bench)
    for bad in (b"\x01", b"\xff", b"\n"):
        odd = os.fsencode(own.folder) + b"/recipes/t/a" + bad
        os.mkdir(odd)
        assert "a name in " in own.refused("unreadable-file")
        os.rmdir(odd)
    source = own.write("recipes/t/app/src/a", "x")
    os.rename(source, os.fsdecode(os.fsencode(source.parent) + b"/a\x02"))
    own.write(
        "recipes/t/app/recipe.yaml",
        HEAD + 'steps: [{id: s, rule: render, template: "${recipe}/src", name: x, values: {}}]\n')
    assert "control byte 02" in own.refused("unreadable-file")
    shutil.rmtree(source.parent)


def test_bytes_in_the_request_of_last_time(bench):
    own = Own(bench, FLAG)
    own.configure()
    state = bench.run_directory / ".mlpgen/request.json"
    request = {k: v for k, v in json.loads(state.read_text()).items() if k != "digest"}
    for change in ({"words": ["app", "--word=a\x01"]}, {"words": ["app", "--word=\x00"]},
                   {"path": "/usr/bin:/x\x02"}, {"trusted": ["/x\x03"]}, {"directory": "a\x01"}):
        state.write_text(sealed(request | change))
        for command in (["plan"], ["configure", "--again"]):
            said = own.mlpgen(*command, code=1).stderr
            assert "[not-text]" in said, said


def test_bytes_in_words_of_the_tool(bench):
    tool = bench.mlpgen.with_name("mlpgen-tool")
    said = bench.run([tool, "json", "--out", "o", "a\x01b"], 1).stderr
    assert "[not-text]" in said and "control byte 01" in said, said


def test_bytes_in_the_name_of_the_machine_lock(bench):
    own = Own(bench)
    own.configure()
    for bad in (b"\x01", b"\x1b", b"\xff"):
        for name in (b"/tmp/a" + bad, b"a" + bad):
            done = bench.run(["ninja"], 1, MLPGEN_HOME=str(ROOT),
                             MLPGEN_MACHINE_LOCK=os.fsdecode(name))
            assert "MLPGEN_MACHINE_LOCK has the" in done.stdout, done.stdout
            assert "\x1b" not in done.stdout, done.stdout

"""What a recipe of a --trust folder names stays inside the run directory: refused at configure, at
its place."""
from commands.own_recipe import HEAD, Own

OUTSIDE = ("../X", "../../../X", "/tmp/X", "a/../../X", "a/..", "..")


def refused(own, text, line, word="leads-outside"):
    own.write("recipes/t/app/recipe.yaml", HEAD + text)
    said = own.refused(word)
    assert f"recipes/t/app/recipe.yaml:{line}:" in said, said
    assert not (own.bench.run_directory / "build.ninja").exists()
    assert not any(path.name == "X"
                   for path in own.bench.folder.rglob("X")), "something was written outside"
    return said


def test_outputs(bench):
    own = Own(bench)
    for name in OUTSIDE:
        refused(own, f'steps: [{{id: s, rule: json, name: "{name}", values: {{k: v}}}}]\n', 5)
    own.write(
        "rules/mine.yaml", 'format: 1\nrule: mine\nabout: x\n'
        'edges: [{id: e, argv: ["/bin/true"], outputs: {f: "../../x"}}]\n')
    refused(own, "steps: [{id: s, rule: mine}]\n", 5)


def test_links(bench):
    own = Own(bench)
    for name in OUTSIDE:
        refused(
            own, f'steps: [{{id: s, rule: json, name: a.json, values: {{k: v}}, links: {{"{name}": '
            f'file}}}}]\n', 5)
    refused(own,
            'steps: [{id: s, rule: json, name: a.json, values: {k: v}, links: {"res/": file}}]\n',
            5)
    for ours in (".mlpgen/plan", "out/app/x", "build.ninja", "./build.ninja", "mlpgen.lock",
                 ".ninja_log"):
        assert "takes the place of" in refused(
            own, f'steps: [{{id: s, rule: json, name: a.json, values: {{k: v}}, links: {{"{ours}": '
            f'file}}}}]\n', 5)


def test_links_and_outputs_from_values(bench):
    own = Own(bench)
    head = 'default_env: {W: "../X"}\n'
    refused(own, head + 'steps: [{id: s, rule: json, name: "${W}", values: {k: v}}]\n', 6)
    refused(
        own, head +
        'steps: [{id: s, rule: json, name: a.json, values: {k: v}, links: {"${W}": file}}]\n', 6)
    assert "not-text" in refused(
        own,
        'default_env: {W: "a\\nb"}\nsteps: [{id: s, rule: json, name: "${W}", values: {k: v}}]\n',
        6, "not-text")


def test_targets(bench):
    own = Own(bench)
    step = "steps: [{id: s, rule: json, name: a.json, values: {k: v}}]\n"
    for name in (*OUTSIDE, ".mlpgen/request.json", "build.ninja", "out/x"):
        refused(own, step + f'targets: {{"{name}": {{about: x, nothing: n}}}}\n', 6)


def test_ids_are_names_of_folders(bench):
    own = Own(bench)
    for name in ("..", "../x", "a/b", "/x"):
        own.write(
            "recipes/t/app/recipe.yaml", f'format: 1\nrecipe: "{name}"\nabout: x\ntags: [app]\n'
            f'steps: [{{id: s, rule: json, name: a.json, values: {{k: v}}}}]\n')
        assert "recipes/t/app/recipe.yaml:2:" in own.refused("leads-outside")
        refused(own, f'steps: [{{id: "{name}", rule: json, name: a.json, values: {{k: v}}}}]\n', 5)


def test_what_stays_inside_is_taken(bench):
    own = Own(
        bench, 'steps: [{id: s, rule: json, name: "a/b..c/d.json", values: {k: v}, links: '
        '{"res/..x/j.json": file}}]\ntargets: {"t/..x": {about: x, nothing: n}}\n')
    own.configure()
    own.ninja("all", code=None)
    assert own.plan()


def test_an_output_is_not_the_note_of_its_folder(bench):
    own = Own(bench)
    for name in (".done", "./.done", ".done/x"):
        assert "takes the place of .done" in refused(
            own, f'steps: [{{id: s, rule: json, name: "{name}", values: {{k: v}}}}]\n', 5)


def test_names_that_ninja_cannot_read(bench):
    """Ninja has no way to write a '|' in a path."""
    own = Own(bench)
    step = "steps: [{id: s, rule: json, name: %s, values: {k: v}%s}]\n"
    for text, line in ((step % ('"a|b"', ""), 5), (step % ("a", ', links: {"a|b": file}'), 5),
                       (step % ("a", "") + 'targets: {"a|b": {about: x, nothing: n}}\n', 6)):
        assert "which Ninja reads as its own" in refused(own, text, line, "not-text")
    own.write("recipes/t/app/recipe.yaml", HEAD + step % ("a", ""))
    (bench.folder / "a|b").mkdir()
    assert "a|b has the character '|'" in own.refused("not-text",
                                                      PATH=f"{bench.folder}/a|b:/usr/bin:/bin")


def test_two_names_of_one_output(bench):
    own = Own(bench)
    links = ("steps: [{id: %s, rule: json, name: a.json, values: {k: %s}, links: {%s: file}}, {id: "
             "%s, rule: json, name: a.json, values: {k: %s}, links: {%s: file}}]\n")
    refused(own, links % ("s", "v", "r/j", "t", "w", "r//j"), 5, "duplicate-output")
    own.write(
        "rules/mine.yaml", 'format: 1\nrule: mine\nabout: x\n'
        'edges: [{id: e, argv: ["/bin/true"], outputs: {f: f, g: ./f}}]\n')
    own.write("recipes/t/app/recipe.yaml", HEAD + "steps: [{id: s, rule: mine}]\n")
    assert "two outputs are the same file: ./f" in own.refused("duplicate-output")


def test_two_spellings_of_one_folder(bench):
    """Ninja takes /usr/bin, /usr/bin/ and /usr//bin for one, and refuses a file that is named
    twice."""
    own = Own(bench)
    own.configure(PATH="/usr/bin:/usr/bin/:/usr//bin:/usr/./bin:/bin:/usr/lib/../bin")
    assert "verify all" in own.ninja().stdout

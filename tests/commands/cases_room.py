"""The room on the disk that a request takes: doctor, configure and plan count the same."""
from commands.bench import has, has_not
from commands.cases_doctor import RECIPE, project


def with_made(bench, size):
    """A step that makes `size` bytes, by a rule that declares it."""
    project(bench)
    (bench.project / "rules/samples.yaml").write_text(
        "format: 1\nrule: samples\nabout: Makes samples\nparams:\n"
        "  made: {type: text, about: bytes}\nedges:\n"
        "  - id: samples\n    argv: [/bin/sh, -c, 'mkdir \"$1\"', sh, \"${out}/made\"]\n"
        "    outputs: {dir: \"made/\"}\n")
    (bench.project / "recipes/t/tools/recipe.yaml"
     ).write_text(RECIPE + f"  - {{id: samples, rule: samples, made: {size}}}\n")


def test_doctor_and_configure_count_the_room_of_what_is_made_as_plan_does(bench):
    with_made(bench, "9000 x 1000000000000")
    assert bench.ask_json("plan", "tools")["disk"]["least_bytes"] == 9 * 10**15
    text = bench.run([bench.mlpgen, "doctor", "tools"], code=1).stdout
    has(text, "missing  the run directory is too small: 9.0 PB will come", "ok       the store")
    for _ in range(2):  # a second configure looks at the disk again
        has(
            bench.run([bench.mlpgen, "configure", "tools"]).stderr, "too-little-room", "9.0 PB",
            str(bench.run_directory))


def test_what_is_made_already_takes_no_room(bench):
    with_made(bench, "9000 x 1000000000000")
    bench.configure("tools")
    bench.ninja()
    has(bench.ask("doctor", "tools"), "Nothing is missing for this request.")
    has_not(bench.run([bench.mlpgen, "configure", "tools"]).stderr, "too-little-room")

"""explain: keys and defaults, deps and their conditions, versions, choices, and what must run
again."""
from commands.bench import has, has_not
from places import ROOT


def edit(bench, old, new, path="recipes/t/app/recipe.yaml"):
    file = bench.project / path
    text = file.read_text()
    assert old in text, old
    file.write_text(text.replace(old, new))


def test_explain_default_says_how_to_choose(bench):
    text = bench.ask("explain", "CM_ROUNDS", "app")
    has(text, "--rounds=int  in times", "set by default of --rounds", "choose with --rounds=int")
    answer = bench.ask_json("explain", "CM_SIZE", "app")
    assert answer["instances"][0]["default"] and answer["instances"][0][
        "choose_with"] == "--size=small|large"
    assert [c["word"] for c in answer["flags"][0]["choices"]] == ["small", "large"]
    has_not(bench.ask("explain", "CM_ROUNDS", "app", "--rounds=2"), "choose with")


def test_explain_inherited_default_is_chosen_where_it_comes_from(bench):
    has(bench.ask("explain", "CM_LINES", "app"), "get-data",
        "set by variation _small of app (inherited)")
    edit(bench, "inherits: [CM_LINES]", "default_env: {CM_SPEED: slow}\ninherits: [CM_LINES]",
         "recipes/t/data/recipe.yaml")
    has(bench.ask("explain", "CM_SPEED", "app"), "choose with --adr.data.env.CM_SPEED=VALUE")
    has(bench.ask("explain", "CM_SPEED", "app", "--adr.data.env.CM_SPEED=fast"), "= fast",
        "overrides slow of default of get-data")


def test_explain_flag_that_nobody_set(bench):
    edit(bench, "flags:",
         "flags:\n  colour: {env: CM_COLOUR, choices: [red, blue], help: which colour}")
    has(bench.ask("explain", "--colour", "app"), "--colour=red|blue", "which colour",
        "nothing sets it in this request")
    assert bench.ask_json("explain", "CM_COLOUR", "app")["instances"] == []


def test_explain_flag_says_what_is_not_to_be_had(bench):
    edit(bench, "choices: [small, large]", "choices: [small, large, huge]")
    edit(bench, "  fast:", "  huge: {group: size, missing: nobody has that much}\n  fast:")
    text = bench.ask("explain", "--size", "app")
    has(text, "--size=small|large  ", "not available: huge: nobody has that much")


def test_explain_repeats_that_two_variations_disagree(bench):
    edit(bench, "  bs.#", "  slow: {env: {CM_ROUNDS: \"9\"}}\n  bs.#")
    text = bench.ask("explain", "CM_ROUNDS", "app,_fast,_slow")
    has(text, "= 9", "overrides 3 of variation _fast",
        "warning: _fast and _slow give 'CM_ROUNDS' different values")
    assert len(
        bench.ask_json("explain", "CM_ROUNDS", "app,_fast,_slow")["instances"][0]["warnings"]) == 1
    has_not(bench.ask("explain", "CM_LINES", "app,_fast,_slow"), "warning")


def test_explain_dep_says_which_key_turned_it_off(bench):
    off = bench.ask("explain", "app -> lib", "app")
    has(off, "app -> get,lib: off", "handles lib", "recipes/t/app/recipe.yaml:",
        "enable_if_env asks for CM_LOUD on (yes): does not hold",
        "it is 'no', set by default of --loud", "choose with --loud=bool")
    assert bench.ask("explain", "lib", "app") == bench.ask(
        "explain", "get,lib", "app") == bench.ask("explain", "get-lib", "app") == off
    on = bench.ask("explain", "app -> lib", "app", "--loud=yes")
    has(on, "app -> get,lib: on", "calls get-lib", "holds", "set by flag --loud")
    dep = bench.ask_json("explain", "app->lib", "app")["deps"][0]
    assert dep["on"] is False and dep["conditions"][0][
        "key"] == "CM_LOUD" and dep["conditions"][0]["holds"] is False


def test_explain_dep_of_a_variation_says_how_to_choose_that(bench):
    edit(bench, "a hundred times as much,",
         "a hundred times as much, deps: [{tags: \"get,lib\", names: [speaker]}],")
    has(bench.ask("explain", "speaker", "app"), "off",
        "belongs to variation _large, which is not active", "choose it with _large")
    has(bench.ask("explain", "speaker", "app", "--size=large"), "on", "has no condition")


def test_explain_step_says_its_conditions(bench):
    edit(bench, "{id: report, rule: write,",
         "{id: report, rule: write, skip_if_env: {CM_ROUNDS: [\"1\"]},")
    has(bench.ask("explain", "app -> report", "app"), "app -> report: off",
        "skip_if_env asks for CM_ROUNDS 1: holds")
    has(bench.ask("explain", "app -> report", "app", "--rounds=3"), "app -> report: on",
        "does not hold")


def test_explain_version_says_who_chose_it(bench):
    has(bench.ask("explain", "get-lib", "app",
                  "--loud=yes"), "version 2.0: default_version  recipes/t/lib/recipe.yaml:6:18",
        "others: 1.0; choose with --adr.lib.version=")
    has(bench.ask("explain", "get-lib", "app", "--loud=yes", "--adr.lib.version=1.0"),
        "version 1.0: asked for  command line:")
    has(bench.ask("explain", "get-lib", "app", "--loud=yes", "--adr.lib.version_max=1.5"),
        "version 1.0: the newest that is at most 1.5  command line:")
    choice = bench.ask_json("explain", "get-lib", "get-lib",
                            "--version=1.0")["instances"][0]["version_choice"]
    assert choice["because"] == "asked for" and choice["others"] == [
        "2.0"
    ] and choice["choose_with"] == "--version="


def test_explain_version_of_a_tool_says_where_it_was_found(bench):
    edit(
        bench, "versions:",
        "probes:\n  - {id: sh, names: [lib-tool], version_args: [], version_regex: \"([0-9.]+)\"}\n"
        "versions:", "recipes/t/lib/recipe.yaml")
    edit(bench, "version_args: [], ", "version_args: [--version], ", "recipes/t/lib/recipe.yaml")
    tool = bench.folder / "bin/lib-tool"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho 7.5\n")
    tool.chmod(0o755)
    path = f"{tool.parent}:{bench.env['PATH']}"
    has(bench.ask("explain", "get-lib", "app", "--loud=yes", PATH=path),
        f"version 7.5: found at {tool}")


def test_explain_choices_lists_flags_and_groups(bench):
    text = bench.ask("explain", "choices", "app", "--rounds=3")
    has(text, "--size=small|large  now small", "--rounds=int in times  now 3",
        "app, size: _small (default of group size)\n    or _large")
    answer = bench.ask_json("explain", "choices", "app")
    assert [f["flag"]
            for f in answer["flags"]] == ["--size=small|large", "--loud=bool", "--rounds=int"]
    assert answer["groups"][0]["others"] == ["large"]


def test_explain_target_says_what_made_it_out_of_date(bench):
    bench.configure("app")
    bench.ninja("report")
    has_not(bench.ask("explain", "report"), "since", "last made again")
    bench.configure("app", "--size=large")
    text = bench.ask("explain", "report")
    has(text, "it must be made again, since:",
        "get-data/text: the command's word 'text 2' became 'text 200' (CM_LINES, set by ")
    has_not(text, "its input")
    bench.ninja("report")
    has(bench.ask("explain", "report"), "0 missing", "what changed when it was last made again:",
        "'text 2' became 'text 200'")
    assert bench.ask_json("explain", "report")["why_again"]


def test_explain_names_the_edited_line_of_a_recipe(bench):
    bench.configure("app")
    bench.ninja("report")
    edit(bench, "word: report,", "word: verdict,")
    bench.configure("app")
    has(bench.ask("explain", "report"),
        "app/report: the command's word 'report' became 'verdict' (recipes/t/app/recipe.yaml:32:")


def test_explain_names_the_edited_rule_and_source(bench):
    bench.configure("app")
    bench.ninja("report")
    edit(bench, "Measures a word", "Measures one word", "rules/measure.yaml")
    bench.configure("app")
    has(bench.ask("explain", "report"), "app/performance: its rule was edited: rules/measure.yaml")
    (bench.project / "recipes/t/data/text.txt").write_text("four\n")
    bench.configure("app")
    has(bench.ask("explain", "report"), "get-data/text: the source get-data/text.txt changed")


def test_explain_package_names_the_lock_and_who_asked(bench):
    use = bench.ask_json_of(ROOT, "explain", "numpy", "--model=retinanet")["uses"][0]
    assert use["lock"] == "recipes/mlpgen.lock", use["lock"]
    assert use["version"][0].isdigit() and any(a["requirement"] == "numpy"
                                               for a in use["asked_by"]), use


def test_explain_of_what_is_not_there_suggests_a_word(bench):
    has(bench.refused("explain", "CM_ROUNDZ", "app"),
        "is no key, recipe, dep, target, package, edge or file of this request",
        "did you mean 'CM_ROUNDS'")

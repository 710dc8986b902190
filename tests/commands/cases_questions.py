"""find, show, explain, log, repro, rerun, help."""
import json
import shutil
import subprocess

from commands.bench import has, has_not
from commands.own_recipe import Own


def test_find_lists_all_and_selects_by_tags_words_and_variations(bench):
    has(bench.ask("find"), "app  ", "get-data", "get-lib")
    assert [r["recipe"] for r in bench.ask_json("find", "voice")["recipes"]] == ["get-lib"]
    assert [r["recipe"] for r in bench.ask_json("find", "aloud")["recipes"]] == ["get-lib"]
    assert [r["recipe"] for r in bench.ask_json("find", "words,_bs.4")["recipes"]] == ["app"]
    first = bench.ask_json("find", "words")["recipes"][0]
    assert first["recipe"] == "app" and first["selected"]


def test_find_reads_no_recipe_that_is_not_asked_for(bench):
    (bench.project / "recipes/t/lib/recipe.yaml").write_text(
        "format: 1\nrecipe: get-lib\nabout: Broken below\ntags: [get, lib]\nnonsense: {\n")
    has(bench.ask("find", "data"), "get-data")
    has(bench.refused("show", "get-lib"), "not-yaml")


def test_show_tells_all_parts_with_their_places(bench):
    text = bench.ask("show", "app,words")
    has(text, "also: count,words", "one of group size", "_small  (default)", "<internal>",
        "_hidden", "--rounds=int  in times", "Default: small.",
        "get,data  (handles: data, text-data)", "-> get-data", "if CM_LOUD: [yes]",
        "count: rule write", "link result -> file", "recipes/t/app/recipe.yaml:7:3")
    has(bench.ask("show", "get-lib"), "2.0  (default)")
    shown = bench.ask_json("show", "app")
    assert shown["recipe"] == "app" and shown["variations"]["small"]["default"] and shown[
        "variations"]["hidden"]["group"] == "<internal>"


def test_explain_key_names_who_set_it_and_what_it_beat(bench):
    text = bench.ask("explain", "CM_ROUNDS", "app,_fast", "--rounds=7")
    has(text, "= 7", "set by flag --rounds", "command line:1:20", "overrides 3 of variation _fast",
        "overrides 1 of default of --rounds")
    answer = bench.ask_json("explain", "--size", "app", "--size=large")
    assert answer["key"] == "CM_SIZE" and answer["instances"][0]["set_by"]["rank"] == "flag"


def test_explain_recipe_names_who_asked_and_why_variations_are_active(bench):
    has(bench.ask("explain", "get-lib", "app", "--loud=yes"), "version 2.0",
        "asked for by app: deps 'get,lib', handles lib", "since CM_LOUD is 'yes'")
    has(bench.ask("explain", "app", "app"), "asked for on the command line",
        "_small: default of group size", "without get,lib")
    has(bench.ask("explain", "app", "app,_large"), "_large: asked for  command line:1:5")


def test_explain_target_tells_what_is_there_and_missing(bench):
    bench.configure("app")
    has(bench.ask("explain", "performance"), "missing  app/performance  (waits for app/count)",
        "0 of 1", "3 edges, 3 missing")
    bench.ninja("work")
    has(bench.ask("explain", "work"), "there    app/count", "1 of 1")


def test_explain_edge_tells_what_changed(bench):
    bench.configure("app")
    has(bench.ask("explain", "app/count"), "state: it has not run yet", "(missing)")
    bench.ninja("report")
    has(bench.ask("explain", "app/count"), "state: done", "made by get-data/text")
    bench.configure("app", "--size=large")
    has(bench.ask("explain",
                  "app/count"), "'lines 2' became 'lines 200' (CM_LINES, set by variation _large",
        "its input get-data/text")
    bench.configure("app")
    has(bench.ask("explain", "app/count"), "state: done")


def test_explain_edge_names_an_edited_source_and_rule(bench):
    bench.configure("app")
    bench.ninja("work")
    (bench.project / "recipes/t/data/text.txt").write_text("four\n")
    bench.configure("app")
    has(bench.ask("explain", "app/count"), "its input get-data/text",
        "the source get-data/text.txt changed")
    rule = bench.project / "rules/write.yaml"
    rule.write_text(rule.read_text().replace("saying", "writing"))
    bench.configure("app")
    has(bench.ask("explain", "get-data/text"), "its rule was edited")


def test_explain_file_finds_its_edge_through_links(bench):
    bench.configure("app")
    bench.ninja("work")
    has(bench.ask("explain", "result"), "app/count: ")
    path = (bench.run_directory / "result").resolve().relative_to(bench.run_directory)
    has(bench.ask("explain", str(path)), "app/count: ")
    (bench.run_directory / "result").resolve().chmod(0o644)
    (bench.run_directory / "result").resolve().write_text("longer than it was before")
    has(bench.ask("explain", "app/count"), "has another size")


def test_log_prints_lists_and_names_its_place(bench):
    bench.configure("app")
    bench.ninja("work")
    has(bench.ask("log"), "app/count", "done")
    has(bench.ask("log", "count"), "saying lines 2")
    path = bench.ask("log", "app/count", "--path").strip()
    has((bench.run_directory / path).read_text(), "saying lines 2")
    has(bench.refused("log", "app/cuont"), "did you mean 'app/count'")
    identity = bench.ask_json("explain", "app/count")["identity"]
    has(bench.ask("log", identity[:10]), "saying lines 2")


def test_repro_is_a_script_that_runs_anywhere(bench):
    bench.configure("app")
    bench.ninja("work")
    script = bench.ask("repro", "app/count")
    done = subprocess.run(["sh", "-c", script], cwd="/", env=dict(bench.env,
                                                                  TMPDIR=str(bench.folder)),
                          capture_output=True, text=True, check=True)
    has(done.stdout, "saying lines 2")


def test_repro_finds_an_object_of_a_list_by_its_name(bench):
    own = Own(
        bench, """steps:
  - id: a
    rule: script
    script: "echo '{\\"packages\\": [{\\"name\\": \\"x/y\\", \\"version\\": \\"1.2\\"}]}' > $0/file"
  - {id: b, rule: script, script: 'echo "${late:a.file#/packages/[name=x/y]/version}" > $0/file'}
targets: {b: {about: b}}
""")
    own.write(
        "rules/script.yaml", """format: 1
rule: script
about: runs a script
params: {script: {type: text, about: "what /bin/sh runs, with the folder as $0"}}
edges: [{id: run, argv: [/bin/sh, -c, "${script}", "${out}"], outputs: {file: file}}]
""")
    own.configure()
    own.ninja()
    script = own.mlpgen("repro", "app/b").stdout
    done = subprocess.run(["sh", "-c", script], cwd="/", env=dict(bench.env,
                                                                  TMPDIR=str(bench.folder)),
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [made] = bench.folder.glob("mlpgen-repro.*/file")
    assert made.read_text() == "1.2\n"


def test_find_reads_a_sentence_of_several_lines(bench):
    recipe = bench.project / "recipes/t/lib/recipe.yaml"
    text = recipe.read_text()
    [about] = [line for line in text.splitlines() if line.startswith("about:")]
    recipe.write_text(text.replace(about, "about: >-\n  A folded\n  sentence"))
    has(bench.ask("find", "sentence"), "get-lib  A folded sentence")


def test_rerun_keeps_the_earlier_attempt_and_repeats_only_measurements(bench):
    bench.configure("app")
    bench.ninja("report")
    before = sorted(p.name for p in (bench.run_directory / "out/app").iterdir())
    said = bench.ask("rerun", "performance")
    has(said, "app/performance: attempt 1", "after it also: app/report")
    has_not(said, "app/count:")
    has(bench.ninja("report"), "app/performance", "app/report")
    after = sorted(p.name for p in (bench.run_directory / "out/app").iterdir())
    assert set(before) < set(after) and len(after) == len(before) + 2
    bench.ask("rerun", "report")
    attempts = json.loads((bench.run_directory / ".mlpgen/attempts.json").read_text())["attempts"]
    assert list(attempts.values()) == [2], attempts
    has(bench.refused("rerun", "work"), "nothing-measured")


def test_rerun_of_one_request_leaves_another_alone(bench):
    bench.configure("app")
    bench.ninja("performance")
    bench.ask("rerun", "performance")
    bench.configure("app", "--rounds=2")
    key = bench.ask_json("explain", "app/performance")
    assert all(p["what"] != "attempt" for p in key["parts"])


def test_a_target_that_is_not_written_fails_and_says_so(bench):
    recipe = bench.project / "recipes/t/app/recipe.yaml"
    recipe.write_text(recipe.read_text() + "  power: {about: measures power, not_yet: true}\n")
    bench.configure("app")
    done = bench.run(["ninja", "power"], code=1)
    has(done.stdout, "this target is not written yet [not-yet]")
    has(bench.ask("explain", "power"), "it is not written yet")


def test_find_leaves_out_a_tag_behind_a_comma(bench):
    assert [r["recipe"] for r in bench.ask_json("find", "get,-voice")["recipes"]] == ["get-data"]


def test_help_knows_diagnostics_commands_recipes_and_rules(bench):
    has(bench.ask("help", "unknown-variation"), "# unknown-variation", "mlpgen show")
    has(bench.ask("help", "configure"), "mlpgen configure")
    has(bench.ask("help", "get-data"), "A text to count")
    has(bench.ask("help", "write"), "rule write", "word: text")
    has(bench.ask("help", "diagnostics"), "unknown-key", "not-locked")
    has(bench.ask("help"), "Commands")
    has(bench.refused("help", "early-stopping"), "`mlpgen check-submission --help` says")
    has(bench.ask("check-submission", "--help"), "names the rule that is broken", "early-stopping")


def test_help_knows_the_rules_of_a_trusted_folder(bench):
    own = bench.folder / "own"
    (own / "recipes").mkdir(parents=True)
    (own / "rules").mkdir()
    rule = (bench.project / "rules/write.yaml").read_text()
    (own / "rules/scribble.yaml").write_text(rule.replace("rule: write", "rule: scribble"))
    has(bench.ask("help", "scribble", f"--trust={own}"), "rule scribble", "word: text")
    has(bench.refused("help", "scribble"), "there is no page about 'scribble'")


def test_a_normalised_dump_is_the_same_when_only_identities_changed(bench):
    rule = bench.project / "rules/write.yaml"
    texts = []
    for line in ("", "revision: 2\n"):
        rule.write_text(rule.read_text() + line)
        texts.append([
            bench.ask("dump", f"--stage={stage}", "app", *words) for stage in ("plan", "ninja")
            for words in ([], ["--normalise"])
        ])
    (plan, normal, ninja, normal_ninja), after = texts
    assert plan != after[0] and ninja != after[2] and (normal, normal_ninja) == (after[1], after[3])
    assert [json.loads(line)["identity"]
            for line in normal.splitlines()] == [str(n + 1) for n in range(len(plan.splitlines()))]
    has_not(bench.ask("dump", "--stage=plan", "--normalise", "app", "--size=large"), normal)


def test_docs_says_that_the_other_two_programs_are_lost(bench):
    alone = shutil.copy(bench.mlpgen, bench.folder / "mlpgen")
    done = bench.run([alone, "docs", "pages"], 1)
    has(done.stderr, "mlpgen-tool --help did not print its help  [no-program]",
        "its three programs belong together")

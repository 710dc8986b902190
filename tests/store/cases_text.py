"""mlpgen-tool's help, and the subcommands that write text and trees: render, json, tree,
link-local."""

import hashlib
import json

from places import ROOT


def case_help_teaches(bench):
    text = bench.run("--help").ok().out
    for name in (
            "package",
            "fetch",
            "extract",
            "python-environment",
            "lock-packages",
            "render",
            "json",
            "tree",
            "link-local",
    ):
        assert f"  {name} " in text, text
        own = bench.run(name, "--help").ok().out
        assert "Example: mlpgen-tool " + name in own, own
    bench.run("extrct").error("usage", "extrct", "did you mean 'extract'?")
    bench.run().error("usage")
    bench.run("json", "--valeus", "a=b").error("usage", "--valeus", "did you mean '--values'?")
    bench.run("json", "--values", "a=b").error("usage", "--out")


def user_conf(bench, scenario, *words):
    run = ["--model=resnet50", f"--scenario={scenario}", *words, "--out=user.conf"]
    bench.run("user-conf", *run).ok()
    return (bench.dir / "user.conf").read_text()


def case_user_conf_of_a_test_run_has_its_settings_alone(bench):
    settings = ("--settings=target_qps=0.02", "--settings=min_query_count=10")
    text = user_conf(bench, "Offline", "--style=test", *settings, "--settings=max_duration=")
    assert (
        text == "resnet50.Offline.min_query_count = 10\nresnet50.Offline.target_qps = 0.02\n"), text


def case_user_conf_of_other_runs_has_settings_beside_its_length(bench):
    words = ("--style=valid", "--rate-or-latency=5", "--settings=max_duration=700000")
    text = user_conf(bench, "SingleStream", *words)
    assert text == (
        "resnet50.SingleStream.target_latency = 5\nresnet50.SingleStream.max_duration = 700000\n"
    ), text


def case_render_takes_more_lines_than_one_word_of_a_command_may_hold(bench):
    (bench.dir / "t").write_text("{{text}}")
    lines = [f"package{n}==1.0 --hash=sha256:{'0' * 4000}" for n in range(100)]
    bench.run("render", "--template", "t", *(f"--lines={line}" for line in lines), "--out",
              "o").ok()
    assert (bench.dir / "o").read_text() == "".join(f"{line}\n" for line in lines)


def case_render_is_strict_and_escapes_nothing(bench):
    (bench.dir / "t").write_text("{{name}}: {{#runs}}{{id}} {{/runs}}\n")
    (bench.dir / "v.json").write_text(json.dumps({"name": "x", "runs": [{"id": 1}, {"id": "<2>"}]}))
    bench.run("render", "--template", "t", "--json", "v.json", "--values", "name=a&b", "--out",
              "o").ok()
    assert (bench.dir / "o").read_text() == "a&b: 1 <2> \n"
    bench.run("render", "--template", "t", "--values", "nmae=x", "--values", "runs=", "--out",
              "p").error("unknown-key", "'name'", "--values name=")
    assert not (bench.dir / "p").exists()
    (bench.dir / "v.json").write_text("[]")
    bench.run("render", "--template", "t", "--json", "v.json", "--out",
              "p").error("bad-json", "v.json")


def readme(bench, **changes):
    values = dict(
        model="retinanet",
        scenario="Offline",
        division="open",
        round="v6.1",
        system="box",
        framework="f",
        precision="fp32",
        device="cpu",
        test_run="",
        stand_in="",
        model_file="m",
        dataset="d",
        harness="h",
        command="mlpgen configure",
        accuracy="mAP 37.5 %",
        performance="1.5 samples/s",
    )
    (bench.dir / "v.json").write_text(json.dumps({**values, **changes}))
    bench.run(
        "render",
        "--template",
        ROOT / "templates/result-README.md.mustache",
        "--json",
        "v.json",
        "--out",
        "README.md",
    ).ok()
    return (bench.dir / "README.md").read_text()


def case_readme_says_that_a_run_is_a_test_run(bench):
    assert "**This is a test run.**" in readme(bench, test_run="yes", stand_in="A made-up model.")
    text = readme(bench)
    assert ("test run" not in text.lower() and "Stand-in" not in text
            and "| Accuracy | mAP 37.5 % |" in text)


def case_json_keeps_the_order_and_refuses_duplicates(bench):
    bench.run("json", "--values", "z=1", "--values", 'a=x=y "q"', "--values", "empty=", "--out",
              "o.json").ok()
    assert list(json.loads((bench.dir / "o.json").read_text()).items()) == [
        ("z", "1"),
        ("a", 'x=y "q"'),
        ("empty", ""),
    ]
    bench.run("json", "--values", "a=1", "--values", "a=1", "--out",
              "p.json").error("duplicate-key", "'a'")
    bench.run("json", "--values", "a", "--out", "p.json").error("usage", "'a'")
    assert not (bench.dir / "p.json").exists()


def case_tree_never_replaces_and_never_leaves(bench):
    source = bench.dir / "source"
    (source / "deep").mkdir(parents=True)
    (source / "deep/a=b.txt").write_text("a")
    (source / "fixed").write_text("fixed")
    (source / "fixed").chmod(0o444)
    (source / "link").symlink_to("deep")
    bench.run("tree", "--copy", ".=source", "--copy", "x/y.txt=source/deep/a=b.txt", "--out",
              "t").ok()
    tree = bench.dir / "t"
    assert (tree / "x/y.txt").read_text() == "a" and (tree / "link/a=b.txt").read_text() == "a"
    (tree / "x/y.txt").write_text("changed")
    assert (source /
            "deep/a=b.txt").read_text() == "a", "a file that may be written is never shared"
    bench.run("tree", "--copy", ".=source", "--copy", "fixed=source/fixed", "--out",
              "u").error("name-taken", "fixed")
    bench.run("tree", "--copy", "../u=source", "--out", "v").error("usage", "../u")
    bench.run("tree", "--copy", "a=absent", "--out", "v").error("not-found", "absent")
    (source / "out").symlink_to("/etc")
    bench.run("tree", "--copy", ".=source", "--out", "w").error("unsafe-link", "source/out")


def case_a_local_copy_is_adopted_and_not_changed(bench):
    own = bench.dir / "own"
    own.mkdir()
    (own / "1.jpg").write_bytes(b"1")
    (own / "2.jpg").write_bytes(b"22")
    before = [(path.name, path.stat().st_mtime_ns, path.stat().st_mode)
              for path in sorted(own.iterdir())]
    bench.run("link-local", "--path", "own", "--name", "local", "--out", "o", "--digest").ok()
    manifest = json.loads((bench.dir / "o/manifest.json").read_text())
    assert (manifest["path"], manifest["count"], manifest["bytes"]) == (str(own), 2, 3)
    assert [entry["name"] for entry in manifest["files"]] == ["1.jpg", "2.jpg"] and len(
        manifest["files"][0]["sha256"]) == 64
    assert (bench.dir / "o/local").resolve() == own
    assert before == [(path.name, path.stat().st_mtime_ns, path.stat().st_mode)
                      for path in sorted(own.iterdir())]
    bench.run("link-local", "--path", "nowhere", "--out", "p").error("not-found", "nowhere")


def case_a_local_copy_is_compared_with_what_is_known(bench):
    (bench.dir / "own/sub").mkdir(parents=True)
    for name in ("a", "b", "sub/c"):
        (bench.dir / "own" / name).write_bytes(name.encode())
    one = ["link-local", "--path", "own/a", "--name", "a", "--how", "get it from example.org"]
    md5, sha = hashlib.md5(b"a").hexdigest(), hashlib.sha256(b"a").hexdigest()
    bench.run(*one, "--md5", md5, "--sha256", sha.upper(), "--size", 1, "--out", "right").ok()
    for word, value in (("--md5", "0" * 32), ("--sha256", "0" * 64), ("--size", 2)):
        bench.run(*one, word, value, "--out",
                  "wrong").error("digest-differs", "own/a is another file",
                                 "get it from example.org")
    assert not (bench.dir / "wrong").exists()
    (bench.dir / "names").write_text("c\n")
    listed = ["link-local", "--path", "own", "--list", "names", "--folder", "sub"]
    bench.run(*listed, "--out", "listed").ok()
    manifest = json.loads((bench.dir / "listed/manifest.json").read_text())
    assert [f["name"] for f in manifest["files"]] == ["sub/c"]
    (bench.dir / "names").write_text("".join(f"{i}\n" for i in "cdefg"))
    bench.run(*listed, "--out", "wrong").error("not-found", "lacks 4 of 5 files: d, e, f, ...")

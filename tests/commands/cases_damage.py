"""Flipped bytes in what mlpgen keeps: no other artifact under an identity, no other identity, no
other request."""
import json
import os
import random

from commands.own_recipe import HEAD, Own
from sealed import sealed

RENDER = ('steps: [{id: s, rule: render, template: "${recipe}/t.m", name: a.txt, values: {k: '
          '"value"}}]\n')
STATE = ("sources.json", "host.json", "identities.json", "askers.json", "request.json",
         "attempts.json", "fetch.json", "configured", "plan")


def made(bench):
    own = Own(bench)
    own.write("recipes/t/app/t.m", "{{k}}\n")
    own.write("recipes/t/app/recipe.yaml", HEAD + RENDER)
    own.configure()
    return own


def flip(data, rng):
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1:]


def test_a_flipped_plan_makes_nothing_until_configure_made_it_again(bench):
    own, rng = made(bench), random.Random(1)
    plan = bench.run_directory / ".mlpgen/plan"
    right = plan.read_bytes()
    times = plan.stat()
    for change in [right.replace(b"k=value", b"k=vAlue"), *(flip(right, rng) for _ in range(40))]:
        plan.write_bytes(change)
        os.utime(plan, ns=(times.st_atime_ns,
                           times.st_mtime_ns))  # else ninja makes it again before it runs an edge
        done = own.ninja(code=None)
        assert done.returncode == 1 and ("plan is damaged" in done.stdout
                                         or "the configuration changed" in done.stdout), done.stdout
        assert not list((bench.run_directory /
                         "out").glob("app/*/a.txt")), "an artifact was made of a damaged line"
        assert "mlpgen configure" in done.stdout or "run ninja again" in done.stdout
        own.configure()
        assert plan.read_bytes() == right, "configure did not make the plan again"
    own.ninja()
    assert own.artifact("a.txt").read_text() == "value\n"


def test_configure_notices_a_plan_whose_time_says_nothing(bench):
    """As a disk that forgets a bit: neither size nor times change, and the quick way of configure
    must not believe them."""
    own = made(bench)
    own.configure()
    record = json.loads(
        (bench.run_directory /
         ".mlpgen/configured").read_text()) if (bench.run_directory /
                                                ".mlpgen/configured").exists() else None
    plan = bench.run_directory / ".mlpgen/plan"
    right = plan.read_bytes()
    plan.write_bytes(right.replace(b"k=value", b"k=vAlue"))
    own.configure()
    assert plan.read_bytes() == right and (record is None or "digest" in record)


def test_flipped_caches_change_no_byte_of_the_graph(bench):
    own, rng = made(bench), random.Random(2)
    state, right = bench.run_directory / ".mlpgen", own.plan()
    for name in STATE:
        whole = (state / name).read_bytes() if (state / name).exists() else b""
        for _ in range(12 if whole else 0):
            (state / name).write_bytes(flip(whole, rng))
            done = own.configure(code=None)
            assert done.returncode == 0 and own.plan(
            ) == right, f"a flipped byte of {name} made another graph: {done.stderr}"
            if name == "attempts.json":
                assert "warning: .mlpgen/attempts.json is damaged" in done.stderr and (
                    state / "attempts.json.damaged").exists(), done.stderr
            (state / name).write_bytes(whole)
            own.configure()
            assert own.plan() == right


def test_a_cached_digest_that_was_changed_is_not_believed(bench):
    own = made(bench)
    cache, right = bench.run_directory / ".mlpgen/sources.json", own.plan()
    known = json.loads(cache.read_text())
    [path] = [p for p in known["files"] if p.endswith("t.m")]
    known["files"][path][3] = "0" * 64
    cache.write_text(json.dumps(known))
    (bench.run_directory / ".mlpgen/configured").unlink(missing_ok=True)
    own.configure()
    assert own.plan() == right


def test_a_flipped_request_is_no_other_request(bench):
    own, rng = made(bench), random.Random(3)
    state = bench.run_directory / ".mlpgen/request.json"
    right = state.read_bytes()
    for _ in range(20):
        state.write_bytes(flip(right, rng))
        for words in (["plan"], ["configure", "--again"], ["doctor"]):
            said = own.mlpgen(*words, code=1).stderr
            assert "[damaged-request]" in said and "mlpgen configure" in said, said
    own.configure()
    assert json.loads(state.read_text())["words"] == ["app"] and own.mlpgen("plan").stdout


def test_settings_that_were_changed_are_refused(bench):
    """--offline must not be forgotten because a byte changed."""
    settings = bench.run_directory / "fetch.json"
    settings.write_text(
        sealed({"format": 1, "mirrors": [], "offline": True}).replace("offline", "oGfline"))
    tool = bench.mlpgen.with_name("mlpgen-tool")
    done = bench.run([
        tool, "fetch", "--urls", "https://a.example/f", "--out", "o/f", "--sha256", "0" * 64,
        "--settings", settings
    ], 1)
    assert "[bad-json]" in done.stderr, done.stderr

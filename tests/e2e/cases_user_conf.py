"""A submitter's user.conf: by flags and by a file, checked by the rules of LoadGen's parser."""
APP = "generate-mlperf-inference-user-conf"


def conf_of(run, *words):
    """The settings that LoadGen would be given, by name."""
    run.configure(*words)
    [step] = [s for s in run.steps() if s["name"] == f"{APP}/conf"]
    run.ninja(f"{step['directory']}/user.conf")
    lines = (run.path / step["directory"] / "user.conf").read_text().splitlines()
    return dict(line.split(".", 2)[2].split(" = ") for line in lines)


def case_flags_and_a_file_set_the_fields_of_user_conf(bench):
    run = bench.fresh("user-conf")
    run.path.mkdir()
    mine = run.path / "mine.conf"
    mine.write_text("# mine\n*.Server.target_qps = 12.5\nretinanet.*.min_duration = 601000\n"
                    "*.*.min_duration = 5\n*.Server.coalesce_queries = 1\n"
                    "*.Offline.max_query_count = 3\n")
    words = ("--scenario=Server", "--category=datacenter", f"--user_conf={mine}")
    assert conf_of(run, *words) == {
        "target_qps": "12.5", "min_duration": "601000", "coalesce_queries": "1",
        "max_query_count": "1000", "max_duration": "150000"
    }
    said = run.mlpgen("explain", "CM_MLPERF_USER_CONF_MIN_DURATION")
    assert "mine.conf:3:" in said, said
    flags = ("--min_duration=700000", "--max_async_queries=8", "--target_qps=9",
             "--server_target_latency=25")
    assert conf_of(run, *words, *flags) == {
        "target_qps": "9", "min_duration": "700000", "coalesce_queries": "1",
        "max_query_count": "1000", "max_duration": "150000", "max_async_queries": "8",
        "target_latency": "25"
    }
    assert "mine.conf" in (run.path / "build.ninja").read_text()


def case_what_loadgen_would_pass_over_or_the_rules_forbid_is_refused(bench):
    run = bench.fresh("user-conf-refused")
    run.path.mkdir()
    mine = run.path / "mine.conf"
    mine.write_text("*.Offline.target_qps=5\n")
    said = run.configure(f"--user_conf={mine}", ok=False)
    assert "mine.conf:1:1" in said and "write `model.scenario.key = value`" in said, said
    mine.write_text("*.Offline.min_query_count = 1e3\n")
    said = run.configure(f"--user_conf={mine}", ok=False)
    assert "'1e3' is not a whole number" in said, said
    said = run.configure("--coalesce_queries=1", ok=False)
    assert "LoadGen reads coalesce_queries in Server only" in said, said
    said = run.configure("--division=closed", "--target_latency_percentile=90", ok=False)
    assert "a submitter set target_latency_percentile in the open division only" in said, said

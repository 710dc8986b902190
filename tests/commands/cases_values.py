"""Values that no run can have: configure of the project's own recipes refuses each where it is
written."""
from commands.bench import has
from places import ROOT

# A word, and what the message says of it. All were taken once: some hung, some failed after both
# measurements.
REFUSED = [
    ("--hw_name=LAB IDEAPAD BOX", "write for example LAB_IDEAPAD_BOX"),
    ("--submitter=Test ML", "write for example Test_ML"),
    ("--hw_name=../x", "no blank, slash"),
    ("--hw_name=a/b", "no blank, slash"),
    ("--hw_name=..", "no dot or dash first"),
    ("--hw_name=", "no value"),
    ("--hw_name=" + "x" * 252, "128 bytes at most"),
    ("--output_tar=../x.tar.gz", "no blank, slash"),
    ("--test_query_count=0", "from 1 to"),
    ("--batch_size=0", "from 1 to"),
    ("--batch_size=", "no value"),
    ("--streams=0", "from 1 to"),
    ("--streams=999999999999", "from 1 to"),
    ("--num_threads=0", "from 1 to"),
    ("--threads=0", "from 1 to"),
    ("--target_latency=0", "from 0.001 to"),
    ("--multistream_target_latency=0", "from 0.001 to"),
    ("--singlestream_target_latency=1e300", "from 0.001 to"),
    ("--target_qps=0", "from 0.000001 to"),
    ("--server_target_qps=0", "from 0.000001 to"),
    ("--offline_target_qps=1e30", "from 0.000001 to"),
    ("--performance_sample_count=0", "from 1 to"),
    ("--env.CM_MLPERF_SUBMITTER=a b", "write for example a_b"),
]


def test_values_that_no_run_can_have_are_refused_at_configure(bench):
    taken = []
    for word, said in REFUSED:
        done = bench.run([bench.mlpgen, "configure", "--preset=demo", word], code=None,
                         MLPGEN_HOME=str(ROOT))
        if done.returncode != 1 or "[wrong-value]" not in done.stderr or said not in done.stderr:
            taken.append(f"{word}: {done.returncode} {done.stderr[:200]}")
    if taken:
        raise AssertionError("\n".join(taken))
    assert not (bench.run_directory / "build.ninja").exists()


def test_a_variation_with_a_value_out_of_bounds_is_refused(bench):
    for words in (["app,mlperf,inference,reference,_batch_size.0"],
                  ["app,mlperf,inference,reference,_gptj-99,_pytorch,_beam_size.0"]):
        done = bench.run([bench.mlpgen, "configure", *words], code=1, MLPGEN_HOME=str(ROOT))
        has(done.stderr, "[wrong-value]")

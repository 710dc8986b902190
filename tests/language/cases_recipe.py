"""The recipe of the harness for language models: from packages to its runs."""
import hashlib
import json

from language.bench import APP, answers, detail


def case_the_prompts_are_the_same_bytes_everywhere(bench):
    digest = "82ebc361a104d43894a77a67815fb3edef9d43b15ad5312bc3dc02bd8c9fef2d"
    assert hashlib.sha256(bench.given("--prompts").read_bytes()).hexdigest() == digest


def case_a_test_run_in_offline_scores_256_prompts(bench):
    bench.configure("--test_query_count=16", "--max_tokens=4", "--num_threads=1")
    bench.job.ninja("accuracy", "performance")
    assert len(answers(bench.job.made(f"{APP}/accuracy"))) == 256
    log = detail(bench.job.made(f"{APP}/performance"))
    assert log["effective_samples_per_query"] == 16 and log[
        "effective_performance_sample_count"] == 13368, log
    assert "no work to do" in bench.job.ninja("accuracy", "performance")


def case_interactive_is_server_under_another_name(bench):
    bench.configure("--scenario=Interactive", "--target_qps=3")
    [run] = bench.job.steps(f"{APP}/performance")
    line = " ".join(run["argv"])
    assert "--scenario Server --model-name llama3_1-8b-interactive " in line, line
    assert [link["name"] for link in run["links"]
            ] == ["results/llama3.1-8b-Interactive/performance"], run["links"]
    conf = bench.job.after(f"{APP}/performance", "--user-conf")
    bench.job.ninja(conf.relative_to(bench.job.path))
    assert conf.read_text().splitlines() == [
        "llama3_1-8b-interactive.Server.accuracy_sample_count_override = 256",
        "llama3_1-8b-interactive.Server.max_duration = 900000",
        "llama3_1-8b-interactive.Server.max_query_count = 700",
        "llama3_1-8b-interactive.Server.sample_concatenate_permutation = 0",
        "llama3_1-8b-interactive.Server.target_qps = 3",
    ]


def case_the_instructions_are_a_part_of_the_identity(bench):
    bench.configure()
    usual = bench.job.made("get-llama-cpp/build")
    bench.configure("--adr.llama-cpp.tags=_x86-64-v2")
    assert bench.job.made("get-llama-cpp/build") != usual
    bench.configure()
    assert bench.job.made("get-llama-cpp/build") == usual


def case_a_search_finds_the_rate_of_answers_and_knows_interactive(bench):
    bench.configure("--scenario=Interactive", "--target_qps=3")
    [edge] = bench.job.steps(f"{APP}/search")
    assert {
        "--name=llama3.1-8b/Interactive", "--scenario=Server", "--model=llama3_1-8b-interactive"
    } <= set(edge["argv"]), edge["argv"]
    bench.configure("--max_tokens=4")
    bench.job.ninja("find-performance")
    found = json.loads((bench.job.made(f"{APP}/search") / "found.json").read_text())
    assert found["reached"] > 0 and 3 <= len(found["probes"]) <= 12, found
    bench.configure()

"""The harness for language models: answers, scenarios, token latencies and refusals."""
import json
import re

import pytest

from language.bench import answers, detail, report


def case_a_prompt_has_its_own_answer_whatever_stands_beside_it(bench):
    """Sums of floats depend on the batch, so one token in a while may be another; mixed-up prompts
    would change nearly all."""
    alone, _ = bench.harness("alone", batch=1)
    together, _ = bench.harness("together", batch=8)
    one, many = answers(alone), answers(together)
    assert sorted(one) == sorted(many) and len(one) == 12, (one, many)
    assert sum(one[i] == many[i] for i in one) >= 10, (one, many)
    assert len({tuple(tokens) for tokens in one.values()}) > 6, one
    assert all(2 <= len(tokens) <= 8 for tokens in one.values()), one
    assert report(together)["result"]["steps"] < report(
        alone)["result"]["steps"] / 2, "the answers did not grow together"


def case_an_accuracy_run_is_repeatable(bench):
    first, _ = bench.harness("repeat-1", batch=4)
    second, _ = bench.harness("repeat-2", batch=4)
    assert answers(first) == answers(second)


@pytest.mark.parametrize("scenario, name", [("Server", "llama3_1-8b"),
                                            ("Server", "llama3_1-8b-interactive"),
                                            ("SingleStream", "llama3_1-8b")])
def case_loadgen_times_first_tokens_and_tokens(bench, scenario, name):
    out, _ = bench.harness(f"times-{scenario}-{name}", mode="performance", scenario=scenario,
                           model_name=name, batch=4)
    log = detail(out)
    first, per_token = log["result_first_token_99.00_percentile_latency_ns"], log[
        "result_time_per_output_token_99.00_percentile_ns"]
    assert 0 < first and 0 < per_token, log
    assert first < log["result_99.00_percentile_latency_ns"], "the first token came with the last"
    limits = [log[f"requested_server_{limit}_latency"] for limit in ("ttft", "tpot")]
    assert limits == ([500000000, 30000000]
                      if "interactive" in name else [2000000000, 100000000]), log
    assert log["effective_performance_sample_count"] == 13368, log


def case_the_answers_of_an_accuracy_run_are_texts(bench):
    out, _ = bench.harness("texts", batch=4)
    entries = [json.loads(line) for line in (out / "answers.jsonl").read_text().splitlines()]
    assert [entry["prompt"] for entry in entries] == sorted(answers(out)), entries
    assert all(
        re.search("[a-z0-9]", entry["answer"].lower()) and "<|im_end|>" not in entry["answer"]
        for entry in entries), entries
    print("    " + "; ".join(entry["answer"] for entry in entries[:3]))


def case_offline_counts_tokens(bench):
    out, _ = bench.harness("offline", mode="performance", batch=8)
    log, said = detail(out), report(out)["result"]
    assert log["result_tokens_per_second"] > 0, log
    assert said["samples_completed"] == 12 and 24 <= said["tokens"] <= 96, said


def case_the_prompts_are_many_and_short(bench):
    out, _ = bench.harness("short", max_tokens=2, batch=12)
    data = report(out)["data"]
    assert data["samples"] == 13368 and data["longest_prompt"] <= 24, data
    prompts = [
        json.loads(line)["prompt"] for line in bench.given("--prompts").read_text().splitlines()
    ]
    assert len(set(prompts)) == 13368


REFUSED = [
    ({"model": "{bad}"}, 1, "is no model that llama.cpp reads"),
    ({"prompts": "{bad}"}, 1, ":2 is not `{\"prompt\": TEXT}`"),
    ({"max_tokens": 10000}, 1, "exceed the 8192 tokens of the model"),
    ({"max_tokens": 1}, 2, "--max-tokens '1' is not a whole number from 2"),
    ({"min_tokens": 9}, 2, "--min-tokens is more than --max-tokens"),
    ({"scenario": "Interactive"}, 2, "--scenario has no 'Interactive'"),
    ({"batch": 257}, 2, "--batch '257' is not a whole number from 1 to 256"),
    ({"conf": "llama3_1-8b.Offline.min_query_count=5\n"}, 1, "is not followed by ` = value`"),
]


@pytest.mark.parametrize("flags, code, text", REFUSED, ids=[text for _, _, text in REFUSED])
def case_what_cannot_run_is_refused(bench, flags, code, text):
    bad = bench.scratch / "bad"
    bad.write_text('{"prompt": "good"}\nbad\n')
    given = {flag: str(bad) if value == "{bad}" else value for flag, value in flags.items()}
    _, said = bench.harness(f"refused-{REFUSED.index((flags, code, text))}", code=code, **given)
    assert said.startswith("error: ") and text in said, said

"""The score of texts: ROUGE beside the package whose numbers the reference's programs print, and
accuracy.txt of small logs."""
import json
import subprocess
import sys

from places import CACHE, ROOT, TESTS
from registry import python_with

SOURCES = ROOT / "recipes/accuracy/process-mlperf-accuracy/src"


def case_the_scores_are_those_of_rouge_score(seed):
    python = python_with(CACHE / "language/rouge", "rouge-score==0.1.2", "nltk==3.10.4")
    done = subprocess.run([python, "-B", TESTS / "language/compare_rouge.py", SOURCES,
                           str(seed)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def score(work, log, answers, references, code=0):
    """accuracy.txt, or what the script says."""
    (work / "log.json").write_text(
        json.dumps(
            [{"qsl_idx": index, "data": b"".join(t.to_bytes(8, "little") for t in tokens).hex()}
             for index, tokens in log]))
    for name, entries in (("answers", answers), ("references", references)):
        (work / name).write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    done = subprocess.run([
        sys.executable, "-B", SOURCES / "score_texts.py", "--log", work / "log.json", "--answers",
        work / "answers", "--references", work / "references", "--out", work
    ], capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stderr if code else (work / "accuracy.txt").read_text()


def reference(index, text, tokens, ended=False):
    return {"prompt": index, "answer": text, "tokens": tokens, "ended": ended}


def case_a_log_is_scored_by_its_first_responses(work):
    log = [(7, [1, 2, 3]), (4, [5, 6]), (7, [9, 9]), (5, [8])]
    answers = [{"prompt": 4, "answer": "The cats sat. It purred!"}, {"prompt": 5, "answer": "none"},
               {"prompt": 7, "answer": "a dog runs"}]
    references = [
        reference(7, "a dog runs", [1, 2], ended=True),
        reference(4, "The cat sat.  It purred!", [5, 7]),
        reference(5, "quite another", [8, 9])
    ]
    said = score(work, log, answers, references)
    assert said == (
        "1 of 3 answers are the reference's tokens\n{'rouge1': '66.6667', 'rouge2': '66.6667', "
        "'rougeL': '66.6667', 'rougeLsum': '66.6667', 'gen_len': 38, 'gen_num': 3}\n"), said
    assert json.loads((work / "results.json").read_text())["different"] == [4, 5]


def case_a_log_that_does_not_fit_is_no_score(work):
    answer, known = {"prompt": 0, "answer": "a"}, reference(0, "a", [1])
    said = score(work, [(0, [1]), (3, [1])], [answer], [known], code=1)
    assert said == "error: prompt 3 of the log is not among the 1 answers\n", said
    said = score(work, [(0, [1])], [answer], [{"prompt": 0}], code=1)
    assert "references:1 is no answer to a prompt" in said, said

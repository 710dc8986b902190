"""Cases of scores by ROUGE: summaries of GPT-J, answers of Llama 2. What the programs would ask
Hugging Face and NLTK's server for lies ready."""
import ast
import json
import pathlib
import pickle
import shutil
import struct

from places import upstream
from scores.scored import HERE
from scores.texts import Bytes, Pieces, sentences

EVALUATE = "https://raw.githubusercontent.com/huggingface/evaluate/a4fcb45252709bd07fba897afd4575735716664f/metrics/rouge/rouge.py"
PUNKT = "https://raw.githubusercontent.com/nltk/nltk_data/550b6625bcef1f2abff2ff770a5a0d272c9c6b2a/packages/tokenizers/punkt_tab.zip"
TOKENIZER = ("EleutherAI/gpt-j-6B", "47e169305d2e8376be1d31e765533382721b2cc1")
DEBIAN = [
    "--adr.pytorch.tags=_debian",
    "--adr.accuracy-transformers.env.CM_GENERIC_PYTHON_PACKAGE_SPECIFIER===4.40.2"
]  # of PyTorch 1.13
# What is right, and what the model said: the same two sentences in another order, and half of one.
TEXTS = [("The cat sat. The dog ran.", "The dog ran. The cat sat."),
         ("The cat sat on the mat.", "The cat sat")]
# Of the first, all words and 4 of 5 pairs are right; in order 3 of 6, but sentence by sentence all.
# Of the second, 3 of 6 words and 2 of 5 pairs are there, and nothing else: twice as much over the
# sum of both.
ROUGE = {
    "rouge1": (1 + 6 / 9) / 2, "rouge2": (0.8 + 4 / 7) / 2, "rougeL": (0.5 + 6 / 9) / 2,
    "rougeLsum": (1 + 6 / 9) / 2
}
LETTERS = sum(len(said)
              for _, said in TEXTS)  # a line break stands for the blank between two sentences


def metric():
    """rouge.py of the checkout `evaluate` of huggingface/evaluate in MLPGEN_UPSTREAM, else a
    stand-in for it."""
    checkout = upstream("evaluate")
    return pathlib.Path(checkout,
                        "metrics/rouge/rouge.py") if checkout else HERE / "stand_in/rouge.py"


def check(scored, said, more):
    """One line is a map that the submission checker reads; its numbers are plain."""
    [line] = [line for line in said.splitlines() if line.startswith("{")]
    found = ast.literal_eval(line)
    assert {name: float(found.pop(name))
            for name in ROUGE} == {name: round(100 * value, 4)
                                   for name, value in ROUGE.items()}, line
    assert found == {"gen_len": LETTERS, "gen_num": len(TEXTS)} | more, line
    scored.read(
        said, {name.upper(): str(round(100 * value, 4))
               for name, value in ROUGE.items()} | {"GEN_LEN": str(LETTERS)}
        | {name.upper(): str(value)
           for name, value in more.items() if name == "tokens_per_sample"})


def served(scored):
    scored.job.file(EVALUATE, metric().read_bytes())
    scored.job.file(PUNKT, sentences())


def case_gptj(job):
    tokenizer = Bytes()
    with job("gptj-99") as scored:
        served(scored)
        scored.job.hub(*TOKENIZER, tokenizer.files() | {"pytorch_model.bin": b"not asked for"})
        samples = [{"instruction": "Summarize:", "input": "what was", "output": truth}
                   for truth, _ in TEXTS]
        scored.given("cnn_eval.json", json.dumps(samples).encode())
        answers = [tokenizer.tokens(said) for _, said in TEXTS]
        scored.log([struct.pack(f"<{len(ids)}q", *ids) for ids in answers])
        check(scored, scored.score(*DEBIAN), {})
        assert not [name for name, *_ in scored.server.requests if "pytorch_model" in name]


def case_llama2(job):
    tokenizer = Pieces(
        word.strip(".") for pair in TEXTS for text in pair for word in text.split(" "))
    with job("llama2-70b-99") as scored:
        served(scored)
        for name, body in tokenizer.files().items():
            scored.given(f"checkpoint/{name}", body)
        scored.given("open_orca.pkl", pickle.dumps({"output": [truth for truth, _ in TEXTS]}, 4))
        answers = [tokenizer.tokens(said) for _, said in TEXTS]
        count = sum(map(len, answers))
        for scenario, letter in ("Offline", "q"), ("Server", "i"):  # tokens of 8 and of 4 bytes
            scored.folder = shutil.copytree(scored.folder, scored.folder.with_name(scenario))
            scored.log([struct.pack(f"<{len(ids)}{letter}", *ids) for ids in answers])
            check(scored, scored.score(f"--scenario={scenario}"),
                  {"gen_tok_len": count, "tokens_per_sample": round(count / len(TEXTS), 1)})

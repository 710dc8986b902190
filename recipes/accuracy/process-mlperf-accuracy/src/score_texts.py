"""LoadGen's accuracy log of a language model -> ROUGE, and how many answers are the same tokens.

    score_texts.py --log LOG --answers answers.jsonl --references FILE --out DIR

LOG, mlperf_log_accuracy.json, has each token of an answer as 8 bytes. The harness writes the same
answers as texts, one `{"prompt": N, "answer": TEXT}` a line; the references have `tokens` and
`ended` beside these, where `ended` says that the token that ends an answer came next. Only the
prompts in the log are scored, each once, by its first response.

Writes DIR/accuracy.txt, whose last line has the form that the program of llama3.1-8b's reference
prints, and DIR/results.json (format 1; ROUGE from 0 to 100, as there). A sentence ends with a full
stop, an exclamation mark or a question mark before a blank.

Exit code: 0 done, 1 the log does not fit the answers or the references, 2 usage.
"""
import argparse
import json
import pathlib
import re
import struct
import sys

from accuracy_log import LogError, read_responses
from rouge import rouge

METRICS = ("rouge1", "rouge2", "rougeL", "rougeLsum")


def read_lines(path):
    """{prompt: entry} of a file of JSON lines."""
    entries = {}
    for number, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        try:
            entry = json.loads(line)
            entries[entry["prompt"]] = entry | {"answer": str(entry["answer"])}
        except (ValueError, KeyError, TypeError) as error:
            raise LogError(f"{path}:{number} is no answer to a prompt: {error}") from error
    return entries


def tokens_in(index, data):
    if len(data) % 8:
        raise LogError(f"prompt {index}: {len(data)} bytes are no whole number of tokens")
    return list(struct.unpack(f"<{len(data) // 8}q", data))


def by_sentences(text):
    return "\n".join(re.split(r"(?<=[.!?])\s+", text.strip()))


def same_tokens(found, wanted):
    """Whether an answer is the reference's, and ended where that ended."""
    return found[:len(wanted["tokens"])] == wanted["tokens"] and len(found) == len(
        wanted["tokens"]) + bool(wanted["ended"])


def score(responses, answers, references):
    """[(prompt, scores, length of the text, whether it is the reference's)]"""
    scored = []
    for index, data in sorted(responses.items()):
        for entries, name in ((answers, "answers"), (references, "references")):
            if index not in entries:
                raise LogError(f"prompt {index} of the log is not among the {len(entries)} {name}")
        found, wanted = (by_sentences(entries[index]["answer"])
                         for entries in (answers, references))
        scored.append((index, rouge(wanted, found), len(found),
                       same_tokens(tokens_in(index, data), references[index])))
    return scored


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--log", required=True, help="mlperf_log_accuracy.json")
    parser.add_argument("--answers", required=True,
                        help="answers.jsonl, the log's answers as texts")
    parser.add_argument("--references", required=True, help="the answers that are right")
    parser.add_argument("--out", required=True, help="folder for accuracy.txt and results.json")
    args = parser.parse_args()
    responses, repeated = read_responses(args.log)
    scored = score(responses, read_lines(args.answers), read_lines(args.references))
    total, same = len(scored), sum(same for _, _, _, same in scored)
    means = {name: 100 * sum(s[name] for _, s, _, _ in scored) / total for name in METRICS}
    line = {name: f"{value:.4f}".rstrip("0").rstrip(".") for name, value in means.items()}
    line |= {"gen_len": sum(length for _, _, length, _ in scored), "gen_num": total}
    text = f"{same} of {total} answers are the reference's tokens\n{line}\n"
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "accuracy.txt").write_text(text)
    results = {
        "format": 1, "answers": total, "same_tokens": same, "repeated_responses": repeated,
        "metrics": means, "characters": line["gen_len"],
        "different": [index for index, _, _, same in scored if not same]
    }
    (out / "results.json").write_text(json.dumps(results, indent=2) + "\n")
    print(text, end="")


if __name__ == "__main__":
    try:
        main()
    except (LogError, OSError) as problem:
        sys.exit(f"error: {problem}")

"""Prompts -> the answers of a language model, by the HTTP server of another build of llama.cpp.

    make_answers.py --model FILE.gguf --prompts prompts.jsonl --count N --max-tokens N --out DIR

Writes DIR/answers.jsonl for the first prompts (--count 0: all): `prompt`, its number; `answer`, the
text; `tokens`, without the one that ends an answer; `ended`, whether that one came next. Each token
is the likeliest one. One thread computes, so that the same model and prompts give the same bytes
and other work on the machine makes it slower, but not by much.

Exit code: 0 done, 1 the server did not answer, 2 usage.
"""
import argparse
import json
import pathlib
import sys
import urllib.request

import xllamacpp

AT_A_TIME = 8
CONTEXT = 512  # tokens of a prompt and its answer, at most


def start_server(model):
    """A server on a free port of this machine; it ends with this process."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_parallel = AT_A_TIME
    params.n_ctx = AT_A_TIME * CONTEXT
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = False
    return xllamacpp.Server(params)


def complete(server, prompts, max_tokens):
    """What the server says to each prompt."""
    body = {
        "prompt": prompts, "n_predict": max_tokens, "temperature": 0, "samplers": ["temperature"],
        "return_tokens": True, "cache_prompt": False
    }
    request = urllib.request.Request(server.listening_address + "/completion",
                                     json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        said = json.load(answer)
    said = said if isinstance(said, list) else [said]
    if len(said) != len(prompts):
        sys.exit(f"error: {len(said)} answers to {len(prompts)} prompts")
    return sorted(said, key=lambda one: one["index"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--model", required=True, help="GGUF file")
    parser.add_argument("--prompts", required=True, help='one `{"prompt": TEXT}` a line')
    parser.add_argument("--count", type=int, required=True, help="of prompts; 0: all")
    parser.add_argument("--max-tokens", type=int, required=True, help="of an answer")
    parser.add_argument("--out", required=True, help="folder for answers.jsonl")
    args = parser.parse_args()
    lines = pathlib.Path(args.prompts).read_text().splitlines()
    prompts = [json.loads(line)["prompt"] for line in lines[:args.count or None]]
    server = start_server(args.model)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "answers.jsonl").open("w") as file:
        for start in range(0, len(prompts), AT_A_TIME):
            said = complete(server, prompts[start:start + AT_A_TIME], args.max_tokens)
            for number, one in enumerate(said, start):
                entry = {
                    "prompt": number, "answer": one["content"], "tokens": one["tokens"],
                    "ended": one["stop_type"] == "eos"
                }
                file.write(json.dumps(entry) + "\n")


if __name__ == "__main__":
    try:
        main()
    except (OSError, ValueError, KeyError) as problem:
        sys.exit(f"error: {problem}")

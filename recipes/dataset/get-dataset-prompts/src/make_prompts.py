"""A seed -> 13,368 short questions, as many as llama3.1-8b's benchmark has articles.

    make_prompts.py --seed N --count N --out DIR

Writes DIR/prompts.jsonl: one `{"prompt": TEXT}` a line, each text once, with ChatML's marks around
it, so that it is what the model is given, to the byte. With SmolLM2's tokenizer a prompt has 24
tokens at most. The same seed and count give the same bytes in every version of Python: the order is
that of the SHA-256 of seed and text.

Exit code: 0 done, 1 there are fewer questions than asked for, 2 usage.
"""
import argparse
import hashlib
import itertools
import json
import pathlib
import sys

CHATML = "<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n"
THINGS = """apple anchor arrow bag ball banana basket bear bed bee bell bicycle bird boat book
bottle bowl box bread bridge broom bucket bus butter button cake camera candle car carpet cat chair
cheese clock cloud coat coin cup desk dog door dress drum duck egg engine eye farm feather fence
finger fire fish flag flower fork fox frog garden gate glass glove goat gold grass guitar hammer
hand hat hill horse house island jar key kite knife ladder lake lamp leaf lemon letter lion map
market mill mirror moon mountain mouse nail needle nest net night nose nut oar onion orange oven owl
page paint pan paper park pen pencil phone piano pig pillow plane plate pond pot potato queen rabbit
radio rain ring river road roof room rope rose salt sand school sea seed sheep ship shirt shoe shop
silver snow soap sock soup spider spoon star stone storm street sugar sun table tail tent tiger
tooth tower town toy train tree truck umbrella valley village violin wall watch water wheel whistle
wind window wing winter wood wool yard zebra""".split()
TRAITS = """big small old new warm cold heavy light fast slow quiet loud clean dry wet soft hard
round red blue green white black yellow brave kind happy sad tall short""".split()
ABOUT_THINGS = [
    "What is the use of a {}?", "Where would you find a {}?", "Tell me one fact about the {}.",
    "What rhymes with {}?", "Is a {} alive?", "What color is a {}?", "Who would need a {}?",
    "Name something like a {}.", "Spell the word {}.", "What is made from a {}?", "How big is a {}?"
]
ABOUT_BOTH = [
    "Describe a {} {}.", "Why is the {} {} here?", "Write a line about a {} {}.",
    "Who saw the {} {}?"
]
SUMS = ["What is {} plus {}?", "What is {} times {}?"]


def questions():
    yield from (form.format(thing) for form in ABOUT_THINGS for thing in THINGS)
    yield from (form.format(trait, thing) for form in ABOUT_BOTH for trait in TRAITS
                for thing in THINGS)
    yield from (form.format(a, b) for form in SUMS
                for a, b in itertools.product(range(2, 40), repeat=2))


def chosen(seed, count):
    """`count` questions in the order of the seed."""
    found = sorted(set(questions()),
                   key=lambda text: hashlib.sha256(f"{seed} {text}".encode()).digest())
    if len(found) < count:
        sys.exit(f"error: there are {len(found)} questions, not {count}")
    return found[:count]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--seed", type=int, required=True,
                        help="which questions, and in which order")
    parser.add_argument("--count", type=int, required=True, help="how many")
    parser.add_argument("--out", required=True, help="folder for prompts.jsonl")
    args = parser.parse_args()
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"prompt": CHATML.format(text)}) + "\n"
             for text in chosen(args.seed, args.count))
    (out / "prompts.jsonl").write_text("".join(lines))


if __name__ == "__main__":
    main()

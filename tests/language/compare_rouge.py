"""The scores of rouge_score beside those of rouge.py for pairs of texts: compare_rouge.py FOLDER
SEED. The exit code is the number of pairs that differ."""
import random
import re
import sys

from rouge_score.rouge_scorer import RougeScorer

sys.path.insert(0, sys.argv[1])
from porter_stem import stem_of  # noqa: E402
from rouge import rouge  # noqa: E402

KINDS = ["rouge1", "rouge2", "rougeL", "rougeLsum"]


def pairs(words, chance, count):
    """A run of words, and the same shuffled, with words replaced and with more at its end. A line
    is a sentence."""
    for _ in range(count):
        at = chance.randrange(len(words) - 60)
        one = words[at:at + chance.randrange(40)]
        other = list(one)
        if chance.random() < 0.3:
            chance.shuffle(other)
        for _ in range(chance.randrange(6)):
            if other:
                other[chance.randrange(len(other))] = chance.choice(words)
        if chance.random() < 0.3:
            other += words[at + 3:at + 12]
        yield tuple(" ".join(word + ("\n" if word.endswith(".") else "") for word in text)
                    for text in (one, other))


def main():
    scorer = RougeScorer(KINDS, use_stemmer=True)
    words = open(re.__file__.replace("re/__init__.py", "_pydecimal.py")).read().split()
    stems = [
        w for w in set(re.findall("[a-z]{4,}", " ".join(words).lower()))
        if scorer._tokenizer.tokenize(w) != [stem_of(w)]
    ]
    differ = list(stems)
    for wanted, found in pairs(words, random.Random(int(sys.argv[2])), 500):
        theirs, ours = {
            kind: score.fmeasure
            for kind, score in scorer.score(wanted, found).items()
        }, rouge(wanted, found)
        if any(abs(theirs[kind] - ours[kind]) > 1e-12 for kind in KINDS):
            differ.append((wanted, found, theirs, ours))
    print(differ[:3])
    return min(len(differ), 100)


sys.exit(main())

"""Two texts -> ROUGE-1, -2, -L and -Lsum, as Google's rouge_score counts them with stems.

Lin, "ROUGE: a package for automatic evaluation of summaries", 2004. Each score is the F-measure,
from 0 to 1.
"""
import collections
import re

from porter_stem import stem_of


def words_of(text):
    """Letters and digits alone count; a word of more than three is its stem."""
    words = re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
    return [
        word for word in (stem_of(word) if len(word) > 3 else word for word in words)
        if re.fullmatch(r"[a-z0-9]+", word)
    ]


def f_measure(hits, wanted, found):
    precision, recall = hits / max(found, 1), hits / max(wanted, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


def rouge_n(wanted, found, n):
    """Runs of n words that both have."""
    count = lambda words: collections.Counter(
        tuple(words[i:i + n]) for i in range(len(words) - n + 1))
    a, b = count(wanted), count(found)
    return f_measure((a & b).total(), a.total(), b.total())


def common(wanted, found):
    """The places in `wanted` of a longest common subsequence; of several the one that rouge_score
    takes."""
    longest = [[0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i, a in enumerate(wanted, 1):
        for j, b in enumerate(found, 1):
            longest[i][j] = longest[i - 1][j - 1] + 1 if a == b else max(
                longest[i - 1][j], longest[i][j - 1])
    places, i, j = [], len(wanted), len(found)
    while i and j:
        if wanted[i - 1] == found[j - 1]:
            i, j = i - 1, j - 1
            places.append(i)
        elif longest[i][j - 1] > longest[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return places


def rouge_l(wanted, found):
    return f_measure(len(common(wanted, found)), len(wanted), len(found))


def rouge_l_sum(wanted, found):
    """By sentences: words of each wanted one that some found one has in their order, each counted
    once."""
    left_wanted, left_found = (collections.Counter(word for sentence in text for word in sentence)
                               for text in (wanted, found))
    total_wanted, total_found, hits = left_wanted.total(), left_found.total(), 0
    for sentence in wanted:
        for place in sorted({place for other in found for place in common(sentence, other)}):
            word = sentence[place]
            if left_wanted[word] > 0 and left_found[word] > 0:
                hits += 1
                left_wanted[word] -= 1
                left_found[word] -= 1
    return f_measure(hits, total_wanted, total_found)


def rouge(wanted, found):
    """The four scores; a line of a text is a sentence."""
    a, b = words_of(wanted), words_of(found)
    sentences = lambda text: [words_of(line) for line in text.split("\n") if line]
    return {
        "rouge1": rouge_n(a, b, 1), "rouge2": rouge_n(a, b, 2), "rougeL": rouge_l(a, b),
        "rougeLsum": rouge_l_sum(sentences(wanted), sentences(found))
    }

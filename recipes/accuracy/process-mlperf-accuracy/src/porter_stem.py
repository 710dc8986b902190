"""A word -> its stem, by Porter's algorithm of 1980 with the changes that ROUGE's scorers use
(NLTK's).

Porter, "An algorithm for suffix stripping", Program 14 (3), 130-137. The changes: eleven irregular
words, words of two letters as they are, -ies and -ied of four letters to -ie, -y to -i behind
consonants alone, -alli looked at again, -fulli, -bli and -logi.
"""
IRREGULAR = {
    "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "innings": "inning",
    "outings": "outing", "cannings": "canning"
} | {
    word: word
    for word in "sky die lie tie news inning outing canning howe proceed exceed succeed".split()
}
STEP_2 = [("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"),
          ("izer", "ize"), ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"),
          ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
          ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
          ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful")]
STEP_3 = [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"),
          ("ful", ""), ("ness", "")]
STEP_4 = "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split()


def is_consonant(word, i):
    if word[i] in "aeiou":
        return False
    return word[i] != "y" or i == 0 or not is_consonant(word, i - 1)


def measure(stem):
    """How many times a consonant follows a vowel."""
    kinds = [is_consonant(stem, i) for i in range(len(stem))]
    return sum(after and not before for before, after in zip(kinds, kinds[1:]))


def has_vowel(stem):
    return any(not is_consonant(stem, i) for i in range(len(stem)))


def ends_in_double_consonant(word):
    return len(word) > 1 and word[-1] == word[-2] and is_consonant(word, len(word) - 1)


def ends_short(word):
    """Consonant, vowel, consonant but w, x and y; or a word of vowel and consonant."""
    last = len(word) - 1
    if last == 1:
        return not is_consonant(word, 0) and is_consonant(word, 1)
    kinds = [is_consonant(word, last - 2 + i) for i in range(3)] if last > 1 else []
    return kinds == [True, False, True] and word[last] not in "wxy"


def replaced(word, rules, holds):
    """The word by the first rule whose suffix it has, if the condition holds for what is before."""
    for suffix, by in rules:
        if word.endswith(suffix):
            stem = word[:len(word) - len(suffix)]
            return stem + by if holds(stem) else word
    return word


def plural(word):
    if word.endswith("ies"):
        return word[:-1] if len(word) == 4 else word[:-2]
    return replaced(word, [("sses", "ss"), ("ss", "ss"), ("s", "")], lambda stem: True)


def past(word):
    if word.endswith("ied"):
        return word[:-1] if len(word) == 4 else word[:-2]
    if word.endswith("eed"):
        return word[:-1] if measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        stem = word[:len(word) - len(suffix)]
        if word.endswith(suffix) and has_vowel(stem):
            return restored(stem)
    return word


def restored(stem):
    """What is left of a word without -ed or -ing."""
    if stem.endswith(("at", "bl", "iz")):
        return stem + "e"
    if ends_in_double_consonant(stem):
        return stem if stem[-1] in "lsz" else stem[:-1]
    return stem + "e" if measure(stem) == 1 and ends_short(stem) else stem


def end_y(word):
    return word[:-1] + "i" if word.endswith("y") and len(word) > 2 and is_consonant(
        word,
        len(word) - 2) else word


def step_2(word):
    if word.endswith("alli") and measure(word[:-4]) > 0:
        return step_2(word[:-2])
    if word.endswith("logi"):
        return word[:-1] if measure(word[:-3]) > 0 else word
    return replaced(word, STEP_2, lambda stem: measure(stem) > 0)


def step_4(word):
    for suffix in sorted(STEP_4, key=len, reverse=True):
        if word.endswith(suffix):
            stem = word[:len(word) - len(suffix)]
            fits = measure(stem) > 1 and (suffix != "ion" or stem.endswith(("s", "t")))
            return stem if fits else word
    return word


def end_e(word):
    if not word.endswith("e"):
        return word
    stem = word[:-1]
    return stem if measure(stem) > 1 or measure(stem) == 1 and not ends_short(stem) else word


def end_l(word):
    return word[:-1] if word.endswith("ll") and measure(word[:-1]) > 1 else word


def stem_of(word):
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) <= 2:
        return word
    for step in (plural, past, end_y, step_2,
                 lambda w: replaced(w, STEP_3, lambda stem: measure(stem) > 0), step_4, end_e,
                 end_l):
        word = step(word)
    return word

"""A YAML text to one that means the same: the entries of its maps stand in another order.

Only what the cases are written in is understood: block maps and lists, flow maps and lists, quoted
and plain scalars. The order of the items of a list is never changed, since it has a meaning.
"""
import random

PAIRS = {"{": "}", "[": "]"}


def split_flow(text):
    """The parts of a flow collection's inside, cut at the commas of its own level."""
    parts, depth, quote, start = [], 0, "", 0
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in PAIRS:
            depth += 1
        elif char in PAIRS.values():
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [p for p in [*parts, text[start:].strip()] if p]


def key_end(text):
    """Where the value of `key: value` begins."""
    quote = ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"" and not text[:at].strip():
            quote = char
        elif char == ":" and text[at + 1:at + 2] in ("", " "):
            return at + 1
    return 0


def flow(text, chance):
    text = text.strip()
    if text.startswith("{") and text.endswith("}"):
        entries = split_flow(text[1:-1])
        chance.shuffle(entries)
        return "{" + ", ".join(e[:key_end(e)] + " " + flow(e[key_end(e):], chance)
                               for e in entries) + "}"
    if text.startswith("[") and text.endswith("]"):
        return "[" + ", ".join(flow(p, chance) for p in split_flow(text[1:-1])) + "]"
    return text


def indent_of(line):
    return len(line) - len(line.lstrip(" "))


def entries_of(lines):
    """Block entries: each a first line and the deeper lines below it. Items of a list may stand as
    deep as its key."""
    depth, entries = indent_of(lines[0]), []
    for line in lines:
        item = line.lstrip().startswith("- ") and not lines[0].lstrip().startswith("- ")
        if indent_of(line) > depth or (entries and item):
            entries[-1].append(line)
        else:
            entries.append([line])
    return entries


def block(lines, chance):
    lines = [line for line in lines if line.strip()]
    if not lines:
        return []
    entries = entries_of(lines)
    if lines[0].lstrip().startswith("- "):
        return [line for entry in entries for line in item(entry, chance)]
    chance.shuffle(entries)
    out = []
    for first, *below in entries:
        value = first[key_end(first):].strip()
        out.append(first[:key_end(first)] + (" " + flow(value, chance) if value else ""))
        out += block(below, chance)
    return out


def item(entry, chance):
    first, *below = entry
    mark = first.index("- ") + 2
    if below or first[mark] not in PAIRS:
        return entry  # a plain word, or a map in block form: left as it is
    return [first[:mark] + flow(first[mark:], chance)]


def shuffled(text, seed):
    """Comments are dropped; `format` stays first, and id and tags on one line, as the language
    asks."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(block(lines, random.Random(seed))) + "\n"

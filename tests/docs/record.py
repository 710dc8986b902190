"""recipes/ran.json, from which the state of each recipe comes, beside what suites left behind
(tests/ran.py)."""
import json

from places import RAN, ROOT

RECORD = ROOT / "recipes/ran.json"


def left_behind():
    """What each suite noted the last time that it ran, by its name."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(RAN.glob("*.json"))}


def steps_in(record, suite):
    """{(recipe, step): "real" | "stand-in"} that the record gives a suite."""
    return {(recipe, step): by[suite]
            for recipe, steps in record["steps"].items() for step, by in steps.items()
            if suite in by}


def noted_steps(noted):
    return {(recipe, step): word
            for recipe, steps in noted["steps"].items() for step, word in steps.items()}


def differences(record, suite, noted):
    """Sentences; nothing where record and suite agree."""
    said, seen = steps_in(record, suite), noted_steps(noted)
    rules = {rule for rule, suites in record["rules"].items() if suite in suites}
    found = [
        f"{suite} ran {r}/{s} ({word}), and the record does not say so"
        for (r, s), word in seen.items() if said.get((r, s)) != word
    ]
    found += [
        f"the record says that {suite} ran {r}/{s}, and it did not" for r, s in said
        if (r, s) not in seen
    ]
    found += [
        f"{suite} ran the rule {rule}, and the record does not say so"
        for rule in sorted(set(noted["rules"]) - rules)
    ]
    return found + [
        f"the record says that {suite} ran the rule {rule}, and it did not"
        for rule in sorted(rules - set(noted["rules"]))
    ]


def merged(record, left):
    """The record with what suites left behind in place of what it said of them."""
    for suite, noted in left.items():
        for steps in record["steps"].values():
            for by in steps.values():
                by.pop(suite, None)
        for (recipe, step), word in noted_steps(noted).items():
            record["steps"].setdefault(recipe, {}).setdefault(step, {})[suite] = word
        for rule in {*record["rules"], *noted["rules"]}:
            suites = set(record["rules"].get(rule, [])) - {suite}
            record["rules"][rule] = sorted(suites | ({suite} if rule in noted["rules"] else set()))
    kept = {
        recipe: {step: by
                 for step, by in steps.items() if by}
        for recipe, steps in record["steps"].items()
    }
    record["steps"] = {recipe: steps for recipe, steps in kept.items() if steps}
    record["rules"] = {rule: suites for rule, suites in record["rules"].items() if suites}
    return record

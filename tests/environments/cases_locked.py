"""Which requests the shipped locks cover, and why they lack the others."""
import collections

from environments.planned import ROUNDS, SCRIPT, round_of, subject
from places import ROOT

# (what the key of an environment has in it, why no lock has it). A reason that no environment needs
# is a fault, too.
REASONS = [
    ("torch-tensorrt", "torch-tensorrt fetches a part of itself while it is installed"),
]


def why(key):
    return next((reason for part, reason in REASONS if part in key), "no reason is known")


def case_every_request_of_the_reference_is_locked_or_says_why(locked):
    """Each model, framework and device in each round that has it, and the direct requests of the
    documented page."""
    told, used = collections.Counter(), set()
    for words, keys in locked.requests.items():
        reasons = {why(key) for key in keys if key not in locked.locked}
        used |= reasons
        told[f"{round_of(words) or 'direct'} {subject(words)}",
             " and ".join(sorted(reasons)) or "locked"] += 1
    for (words, state), number in sorted(told.items()):
        print(f"    {words}: {number} {state}")
    assert used == {reason for _, reason in REASONS}, used
    rounds = {round_of(words) for words in locked.requests}
    assert rounds == {"", *(f"v{n}" for n in ROUNDS if n >= SCRIPT.FIRST_ROUND)}, rounds
    assert len(locked.requests) > 200, len(locked.requests)


def case_configure_finds_what_the_lock_has(locked):
    """The keys of a graph are those that the planner looks for."""
    for planned in locked.planned:
        lacking = sorted(set(locked.requests[planned.words]) - locked.locked)
        assert not planned.other, (planned.words, planned.other)
        assert sorted(set(planned.missing)) == lacking, (planned.words, planned.missing, lacking)


def case_no_environment_is_in_both_locks(locked):
    both = set(SCRIPT.entries(SCRIPT.SHIPPED)) & set(SCRIPT.entries(ROOT / "recipes/mlpgen.lock"))
    assert not both, both

"""A documented page and its recipe, and the requests under which one of its rows can be seen."""
import itertools

PHASES = ("deps", "prehook_deps", "posthook_deps", "post_deps")
VALUE = "7"  # what a variation with a value is given


def text(value):
    return {True: "True", False: "False", None: ""}.get(value, str(value)) if isinstance(
        value, (bool, type(None))) else str(value)


def concrete(name):
    return name.replace("#", VALUE)


class Page:
    def __init__(self, facts, ask):
        self.facts, self.ask = facts, ask
        self.id = facts["alias"]
        self.variations = facts["variations"]
        self.recipe = ask.show(self.id)  # what the recipe has beyond the page, such as bases

    def members(self, group):
        return [n for n, v in self.variations.items() if group and v["group"] == group]

    def selectable(self):
        return [
            n for n, v in self.variations.items() if "," not in n and v["group"] != "<internal>"
        ]

    def is_missing(self, name):
        """Whether the recipe says that what this variation needs cannot be had."""
        return "missing" in self.recipe.get("variations", {}).get(name, {})

    def users(self, name):
        """Variations that have `name` as a base: how an internal one becomes active."""
        return [
            n for n, v in self.recipe.get("variations", {}).items() if name in v.get("base", [])
        ]

    def part(self, name):
        """The words that make one variation active; of an internal one, one of its users."""
        if self.variations.get(name, {}).get("group") == "<internal>" and "," not in name:
            return self.users(name)[:1] or [name]
        return [concrete(name)]

    def env_of(self, name):
        """What a variation and its bases give the keys, as text."""
        known = self.recipe.get("variations", {})
        found = {}
        for base in known.get(name, {}).get("base", []):
            found.update(self.env_of(base))
        return found | {
            k: text(v)
            for k, v in known.get(name, {}).get("env", {}).items() if not isinstance(v, list)
        }

    def type_of(self, key):
        """The type of a key, where a flag of the recipe gives it one."""
        flags = [f for f, k in self.recipe.get("flags", {}).items() if k == key]
        return self.recipe["flag_details"][flags[0]]["type"] if flags else "string"

    def words_for(self, name):
        return ["_" + w for p in name.split(",") for w in self.part(p)] if name else []

    def tags(self, *variations):
        """The recipe with these words, and those without which no combination of the recipe has
        them all."""
        return ",".join(
            [self.id, *dict.fromkeys([*variations, *(self.completion(variations) or [])])])

    def fits(self, variations):
        return self.completion(variations) is not None

    def completion(self, variations):
        """The fewest further words with which a valid combination of the recipe is active; None
        where there are none."""
        every = self.recipe["variations"]
        combinations = self.recipe.get("valid_variation_combinations", [])
        if not combinations:
            return []
        groups = [every[n]["group"] for n in combinations[0]]
        chosen = [
            w[1:] for w in variations
            if w.startswith("_") and every.get(w[1:], {}).get("group") in groups
        ]
        excluded = [w[2:] for w in variations if w.startswith("-_")]
        defaults = [n for n in self.recipe["default_variations"] if n not in excluded]
        possible = [
            c for c in combinations
            if all(n in c for n in chosen) and not any(n in c for n in excluded)
        ]
        further = [["_" + n for n in c if n not in chosen and n not in defaults] for c in possible]
        return min(further, key=len, default=None)

    def contexts(self, name):
        """Further variation words beside which `name` can be seen: none first, then others, then
        without a default."""
        own = [self.variations.get(p, {}).get("group") for p in name.split(",")] if name else []
        others = [
            n for n in self.selectable()
            if self.variations[n]["group"] not in [g for g in own if g] and n not in name.split(",")
            and not self.is_missing(n)
        ]
        yield []
        for other in others:
            yield ["_" + concrete(other)]
        for default in self.facts["default_variations"]:
            if default not in name.split(","):
                yield ["-_" + default]

    def without(self, name):
        """Requests in which `name` is not active."""
        for part in name.split(","):
            group = self.variations.get(part, {}).get("group")
            yield from (["_" + concrete(o)] for o in self.members(group)
                        if o != part and group != "<internal>")
        yield []
        yield from (["-_" + part] for part in name.split(",")
                    if self.variations.get(part, {}).get("default"))

    def root(self, *words):
        answer = self.ask.resolve(*words)
        return answer, answer.root(self.id)


def pairs(names):
    return itertools.combinations(names, 2)

"""The conditions of a dep to requests in which they hold, and in which one of them does not.

A key is set as a user would set it: by a variation of the page that gives it the value, else by
--env.
"""
from facts import page as pages

TRUE_WORDS, FALSE_WORDS = {"yes", "on", "true", "1"}, {"no", "off", "false", "0"}


def kind(words):
    lower = {w.lower() for w in words}
    return "on" if lower <= TRUE_WORDS else "off" if lower <= FALSE_WORDS else "equals"


def holds(words, value):
    off = value is None or value == "" or value.lower() in FALSE_WORDS
    return {"on": not off, "off": off, "equals": value in words}[kind(words)]


class Setting:
    """The words that set the keys of one dep's conditions, beside the variation that has the dep.
    """
    def __init__(self, page, name, folder):
        self.page, self.folder = page, folder
        self.variations, self.env = page.words_for(name), []
        self.groups = {page.variations.get(v[1:], {}).get("group")
                       for v in self.variations} - {None}
        self.mine = {}  # what the variations so far give the keys
        for word in self.variations:
            self.mine.update(page.env_of(word[1:]))

    def variation_for(self, key, fits):
        """A variation that gives the key a value that fits, of a group that is still free."""
        free = [
            n for n in self.page.selectable() if self.page.variations[n]["group"] not in self.groups
        ]
        with_key = [
            n for n in free if "#" not in n and key in self.page.variations[n].get("env", {})
            and not self.combined(n, key) and not self.page.is_missing(n)
            and self.page.fits([*self.variations, "_" + n])
        ]
        return next((n for n in with_key if fits(pages.text(self.page.variations[n]["env"][key]))),
                    None)

    def combined(self, name, key):
        """Whether some combined variation with this part sets the key as well, so that it may not
        keep the value."""
        return any(name in n.split(",") and key in v.get("env", {})
                   for n, v in self.page.recipe["variations"].items() if "," in n)

    def path(self, key):
        return self.page.type_of(key) == "path"

    def make(self, key, words, wanted, choice=0):
        """Makes the test of `key` come out as wanted."""
        preferred = words[choice % len(words)]
        if key in self.mine and holds(words, self.mine[key]) == wanted:
            return

        def fits(value):
            return value == preferred if wanted and kind(words) == "equals" else holds(
                words, value) == wanted

        if name := self.variation_for(key, fits):
            self.variations.append("_" + name)
            self.groups.add(self.page.variations[name]["group"])
            self.mine.update(self.page.env_of(name))
        elif self.path(key):
            self.env += [f"--env.{key}={self.folder}"] if wanted == (kind(words) == "on") else [
            ]  # else it stays unset
        elif wanted:
            self.env.append(f"--env.{key}={preferred}")
        else:
            self.env.append(
                f"--env.{key}={({'on': 'no', 'off': 'yes', 'equals': 'none-of-them'})[kind(words)]}"
            )

    def request(self, *context):
        return (self.page.tags(*self.variations, *context), *self.env)


def setting(page, name, dep, folder, but=None, choice=0):
    """Words in which the conditions of `dep` hold, except that of the key `but` ('skip': that it is
    skipped)."""
    made = Setting(page, name, folder)
    for key, words in dep.get("enable_if_env", {}).items():
        made.make(key, [pages.text(w) for w in words], key != but, choice)
    for key, words in dep.get("skip_if_env", {}).items():
        made.make(key, [pages.text(w) for w in words], but == "skip")
    return made


def choices(dep):
    """How many ways the page names in which the conditions hold."""
    return max([len(v) for v in dep.get("enable_if_env", {}).values()] or [1])


def breakers(dep):
    """Keys of which one alone, set otherwise, must make the conditions fail."""
    return [*dep.get("enable_if_env", {}), *(["skip"] if dep.get("skip_if_env") else [])]

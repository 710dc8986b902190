"""Rows of a page about deps: that each is taken exactly under its condition, and which recipe it
selects."""
from facts import conditions
from facts import page as pages


def words(dep):
    return {w for w in dep["tags"].split(",") if w}


def where_it_stands(page, phase, dep, nth):
    """The place of a recipe's own dep among all that the recipe has; -1 where it has no such dep.
    """
    place, seen = 0, 0
    for each in pages.PHASES:
        for mine in page.recipe.get(each, []):
            same = each == phase and words(mine) == words(dep) and all(
                {k: sorted(map(pages.text, v))
                 for k, v in mine.get(c, {}).items()
                 } == {k: sorted(map(pages.text, v))
                       for k, v in dep.get(c, {}).items()}
                for c in ("enable_if_env", "skip_if_env"))
            seen += same
            if same and seen == nth:
                return place
            place += 1
    return -1


def taken(answer, root, place, phase, dep):
    """Whether the dep at `place` is taken, with all words of the page, and by the recipe that the
    page names."""
    for its_phase, its_words, recipe, at in answer.enabled(root):
        if at == place and its_phase == phase:
            wanted = dep.get("recipe")
            plain = {w for w in words(dep) if not w.startswith("_")}
            if not plain <= its_words:
                return f"its tags are {','.join(sorted(its_words))}"
            return "" if not wanted or recipe == wanted else f"it selects {recipe}, not {wanted}"
    return "it is not taken"


def cannot_be_had(dep, answer):
    """The page finds no recipe for the dep, and mlpgen says so when it is taken."""
    return "recipe" not in dep and "missing-recipe" in answer.ids


def row_recipe_dep(page, phase, dep, nth, folder):
    """Taken with each way to satisfy its condition, and not when one key says otherwise."""
    place = where_it_stands(page, phase, dep, nth)
    if place < 0:
        return "the recipe has no such dep"
    shown, refused = 0, "no request shows it"
    for choice in range(conditions.choices(dep)):
        request = conditions.setting(page, "", dep, folder, choice=choice).request()
        answer, root = page.root(*request)
        # The value of a key may choose a variation that works with nothing here: _tensorrt of the
        # reference.
        if root is None and not cannot_be_had(dep,
                                              answer) and answer.ids != {"unsupported-combination"}:
            refused = answer.why()
            continue
        if root is not None and (fault := taken(answer, root, place, phase, dep)):
            return f"with `{' '.join(request)}`: {fault}"
        shown += 1
    return not_taken_otherwise(page, phase, dep, place, folder) if shown else refused


def not_taken_otherwise(page, phase, dep, place, folder):
    for key in conditions.breakers(dep):
        request = conditions.setting(page, "", dep, folder, but=key).request()
        answer, root = page.root(*request)
        if root is None:
            return answer.why()
        if not taken(answer, root, place, phase, dep):
            return f"with `{' '.join(request)}` it is taken all the same"
    return ""


def count(answer, root, phase, dep):
    return sum(
        1 for its_phase, its_words, recipe, _ in answer.enabled(root)
        if its_phase == phase and words(dep) <= its_words and dep.get("recipe") in (None, recipe))


def row_variation_dep(page, name, phase, dep, folder):
    """With the variation one more such dep is taken than without it, and not where its condition
    fails."""
    fault = "no request shows it"
    for context in page.contexts(name):
        made = conditions.setting(page, name, dep, folder)
        answer, root = page.root(*made.request(*context))
        if root is None:
            fault = answer.why()
            continue
        here = count(answer, root, phase, dep)
        fault = fewer_without(page, name, phase, dep, here,
                              context, made) or fails_with_its_condition(
                                  page, name, phase, dep, here, context, folder)
        if not fault:
            return ""
    return fault


def fewer_without(page, name, phase, dep, here, context, made):
    """The same words without the variation: a dep less."""
    refused = ""
    beside = [v for v in made.variations if v not in page.words_for(name)]
    for instead in page.without(name):
        answer, root = page.root(page.tags(*beside, *context, *instead), *made.env)
        if root is None:
            refused = answer.why()
        elif not any(v in root["variations"] for v in (pages.concrete(name), name)) and count(
                answer, root, phase, dep) < here:
            return ""
    return refused or (f"with `{' '.join(made.request())}` there are {here} such deps, and no "
                       f"fewer without _{name}")


def fails_with_its_condition(page, name, phase, dep, here, context, folder):
    for key in conditions.breakers(dep):
        request = conditions.setting(page, name, dep, folder, but=key).request(*context)
        answer, root = page.root(*request)
        if root is None:
            return answer.why()
        if count(answer, root, phase, dep) >= here:
            return f"with `{' '.join(request)}` it is taken all the same"
    return ""

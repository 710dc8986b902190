"""Rows of a page about variations: that each is selected, grouped, a default, an alias, and sets
what the page says."""
from facts import page as pages


def active(page, name, root):
    return root is not None and any(n in root["variations"] for n in (name, pages.concrete(name)))


def seen_with(page, name, holds):
    """The first request with `name` active for which `holds(root)` is true; else (None, what the
    last one lacked)."""
    fault = f"no request shows _{name}"
    for context in page.contexts(name):
        answer, root = page.root(page.tags(*page.words_for(name), *context))
        if root is None:
            fault = answer.why()
            continue
        if not active(page, name, root):
            fault = f"`{answer.words[0]}` does not activate _{name}"
            continue
        fault = holds(root)
        if not fault:
            return root, ""
    return None, fault


def seen_without(page, name, holds):
    """'' when a request in which `name` is not active keeps what `holds` asks for."""
    fault = f"no request lacks _{name}"
    for beside in page.contexts(name):
        for context in page.without(name):
            answer, root = page.root(page.tags(*beside, *context))
            if root is None:
                fault = answer.why()
            elif active(page, name, root):
                fault = f"`{answer.words[0]}` activates _{name}"
            else:
                return holds(root)
    return fault


def is_selected(page, name):
    """It is active when it is asked for, and not where it is not."""
    _, fault = seen_with(page, name, lambda root: "")
    return fault or seen_without(page, name, lambda root: "")


def excludes_its_group(page, name):
    """Another member of its group beside it is refused; what has no group excludes nothing; an
    internal one is not for users."""
    group = page.variations[name]["group"]
    if group == "<internal>" and "," not in name:
        answer, _ = page.root(page.tags("_" + name))
        return "" if answer.ids == {"internal-variation"
                                    } else f"_{name} is internal, and can be asked for"
    if "," in name:
        return ""
    others = [o for o in page.members(group) if o != name
              ] or ([name.replace("#", "other")] if group and "#" in name else [])
    for other in others[:1]:
        answer, _ = page.root(page.tags("_" + pages.concrete(name), "_" + pages.concrete(other)))
        if "group-conflict" not in answer.ids:
            return (f"_{name} and _{other}, both of group {group}, are not refused as "
                    f"group-conflict: {sorted(answer.ids)}")
    if not group:
        free = [o for o in page.selectable() if not page.variations[o]["group"] and o != name]
        for other in free[:1]:
            answer, root = page.root(
                page.tags("_" + pages.concrete(name), "_" + pages.concrete(other)))
            if root is None or not active(page, name, root) or not active(page, other, root):
                return (f"_{name} and _{other}, which have no group, are not active together: "
                        f"{answer.why()}")
    return ""


def is_default_or_not(page, name):
    answer, root = page.root(page.id)
    if root is None:
        return answer.why()
    wanted = bool(page.variations[name].get("default"))
    if wanted and not active(page, name, root):
        return f"_{name} is a default, and `{page.id}` does not activate it"
    if not wanted and "," not in name and active(
            page, name, root) and not set(page.users(name)) & set(root["variations"]):
        return f"_{name} is no default, and `{page.id}` activates it"
    return ""


def aliases_select(page, name):
    for alias in page.variations[name].get("aliases", []):
        answer, root = page.root(page.tags("_" + alias))
        if root is None or not active(page, name, root):
            return f"the alias _{alias} does not select _{name}: {answer.why()}"
    return ""


def row_variation(page, name):
    for check in (is_selected, excludes_its_group, is_default_or_not, aliases_select):
        if fault := check(page, name):
            return fault
    return ""


def row_missing(page, name):
    """What nobody can have stands in the recipe, and choosing it is refused with the reason."""
    answer, _ = page.root(page.tags("_" + pages.concrete(name)))
    reason = page.recipe["variations"][name]["missing"]
    told = [e["message"] for e in answer.errors if e["id"] == "missing-recipe"]
    return "" if any(reason in message
                     for message in told) else f"it cannot be had ({reason}), but {answer.why()}"


def expected_value(value, root):
    """The value as the page has it; <<<KEY>>> and # stand for what they are in this request."""
    wanted = pages.concrete(pages.text(value)) if value != "#" else pages.VALUE
    while "<<<" in wanted:
        before, _, rest = wanted.partition("<<<")
        key, _, after = rest.partition(">>>")
        wanted = before + root["env"].get(key, {"value": "(unset)"})["value"] + after
    return wanted


def set_by(name):
    return {f"variation _{pages.concrete(name)}", f"variation _{name}"}


def row_variation_env(page, name, key, value):
    """With it the key has the value, set by it; without it nobody says so."""
    def with_it(root):
        binding = root["env"].get(key, {"value": "(unset)", "set_by": "nobody"})
        wanted = expected_value(value, root)
        if binding["value"] == wanted and binding["set_by"] in set_by(name):
            return ""
        return f"with _{name}, {key} is '{binding['value']}' by {binding['set_by']}, not '{wanted}'"

    def without_it(root):
        binding = root["env"].get(key)
        return f"{key} is set by _{name} without it" if binding and binding["set_by"] in set_by(
            name) else ""

    _, fault = seen_with(page, name, with_it)
    return fault or seen_without(page, name, without_it)


def row_default_variations(page):
    answer, root = page.root(page.id)
    if root is None:
        return answer.why()
    absent = [d for d in page.facts["default_variations"] if not active(page, d, root)]
    return f"not active when nothing is said: {', '.join(absent)}" if absent else ""

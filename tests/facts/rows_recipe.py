"""Rows of a page about the recipe as a whole: tags, flags, default env, versions, exported keys."""
import fnmatch
import pathlib

from facts import page as pages

USER = "uses-{id}"  # a recipe of the test that depends on the page's recipe under the name `page`


def write_users(facts, folder):
    for page in facts:
        recipe = pathlib.Path(folder, "recipes/t", USER.format(id=page["alias"]), "recipe.yaml")
        recipe.parent.mkdir(parents=True, exist_ok=True)
        recipe.write_text(f"format: 1\nrecipe: {USER.format(id=page['alias'])}\n"
                          f"about: Depends on a documented recipe\n"
                          f"tags: [{USER.format(id=page['alias'])}]\n"
                          f"deps: [{{tags: {page['alias']}, names: [page]}}]\n")


def row_tags(page):
    """All tags together select the recipe, and none may be missing."""
    tags = list(dict.fromkeys(page.facts["tags"]))
    answer, root = page.root(",".join(tags))
    if root is None:
        return answer.why()
    for tag in tags:
        _, other = page.root(",".join([t for t in tags if t != tag] + ["-" + tag]))
        if other is not None:
            return f"the recipe is selected where -{tag} excludes it"
    return ""


def samples(details, folder):
    """Values that a flag may take."""
    if details.get("choices"):
        return list(reversed(details["choices"]))
    targets = pathlib.Path(folder) / "targets.yaml"  # of a system, for the flag that reads them
    targets.write_text("format: 1\ntargets: {resnet50: {Offline: {target_qps: 7}}}\n")
    return {
        "int": ["7"], "number": ["7.5"], "bool": ["yes", "no"], "path": [str(folder),
                                                                         str(targets)]
    }.get(details.get("type"), ["a-word", "reference"])


def row_flag(page, name, key, folder):
    """With the flag the key has its value; without it the flag sets nothing."""
    answer, plain = page.root(page.id)
    if plain is None:
        return answer.why()
    if plain["env"].get(key, {}).get("set_by", "").startswith("flag "):
        return f"{key} is set by a flag that nobody gave"
    selects = [pages.concrete(n) for n in page.selectable()]
    fault = f"--{name} can take no value"
    for value in samples(page.recipe.get("flag_details", {}).get(name, {}), folder) + selects:
        answer, root = page.root(page.id, f"--{name}={value}")
        if root is None:
            fault = answer.why()
            continue
        binding = root["env"].get(key, {"value": "(unset)", "set_by": "nobody"})
        if binding["value"].endswith(value) and binding["set_by"] == f"flag --{name}":
            return ""
        fault = f"with --{name}={value}, {key} is '{binding['value']}' by {binding['set_by']}"
    return fault


def row_default_env(page, key, value):
    """The value holds when nothing is said, as a default; what is said beats it."""
    fault = f"{key} is not set"
    for context in page.contexts(""):
        answer, root = page.root(page.tags(*context))
        if root is None:
            fault = answer.why()
            continue
        binding = root["env"].get(key, {"value": "(unset)", "rank": "none"})
        if binding["rank"] == "default_env":
            right = binding["value"] == pages.text(value)
            return beaten(
                page, key,
                context) if right else f"{key} is '{binding['value']}', not '{pages.text(value)}'"
        fault = (f"{key} is set by {binding['set_by']} in every request, so that its default never "
                 f"holds")
    return fault


def beaten(page, key, context):
    details = [
        d for f, d in page.recipe.get("flag_details", {}).items()
        if page.recipe["flags"].get(f) == key
    ]
    fault = ""
    for value in samples(details[0] if details else {},
                         ".") + ["yes", "7", "fast", "valid", "Server"]:
        answer, root = page.root(page.tags(*context), f"--env.{key}={value}")
        if root is not None:
            binding = root["env"][key]
            return "" if (binding["value"], binding["rank"]) == (
                value, "--env"
            ) else f"--env.{key}={value} gives '{binding['value']}' by {binding['set_by']}"
        if answer.ids == {"missing-recipe"}:
            return ""  # the value chose something, and that cannot be had
        fault = answer.why()
    return fault


def user(page, *words):
    """The instance of the recipe that depends on the page's, and the page's."""
    answer = page.ask.resolve(USER.format(id=page.id), *words)
    root = answer.root(USER.format(id=page.id))
    mine = next((answer.instances[d["instance"]] for d in root["deps"]), None) if root else None
    return answer, root, mine


def row_version(page, version):
    answer, _, mine = user(page, f"--adr.page.version={version}")
    if mine is None:
        return answer.why()
    if mine["version"] != version:
        return f"version {version} is asked for, and '{mine['version']}' is taken"
    _, _, plain = user(page)
    others = [v for v in page.facts["versions"] if v != version]
    refused, _, _ = user(page, "--adr.page.version=no-such-version")
    if refused.ids != {"unknown-version"}:
        return "a version that the recipe does not have is accepted"
    return "" if others or plain is None or plain[
        "version"] != version else f"version {version} is taken whatever is said"


def matching(keys, pattern):
    return [k for k in keys if fnmatch.fnmatchcase(k, pattern)]


# What is exported is the precision of the model that runs, not the one that was asked for.
OF_THE_MODEL = "CM_MLPERF_MODEL_PRECISION"


def row_exported_key(page, pattern):
    """Whoever depends on the recipe sees its keys that the pattern matches, as exports of it."""
    fault = f"no request sets a key that {pattern} matches"
    settings = [(), *[(f"--adr.page.tags=_{pages.concrete(v)}", ) for v in page.selectable()],
                (f"--adr.page.env.{pattern}=7", )]
    for words in settings if "*" not in pattern else settings[:-1]:
        answer, root, mine = user(page, *words)
        if root is None or mine is None:
            fault = answer.why()
            continue
        own = matching(mine["env"], pattern)
        if not own:
            continue
        lost = [
            k for k in own if k not in root["env"] or root["env"][k]["rank"] != "export of a dep"
            or k != OF_THE_MODEL and root["env"][k]["value"] != mine["env"][k]["value"]
        ]
        if lost:
            return f"{', '.join(lost)}: set in {page.id}, but who depends on it does not see that"
        return not_exported(page, root, mine)
    return fault


def not_exported(page, root, mine):
    """A key that no pattern matches stays inside."""
    patterns = page.facts["new_env_keys"] + page.recipe.get("new_env_keys", [])
    leaked = [
        k for k in mine["env"] if k in root["env"] and not any(matching([k], p) for p in patterns)
    ]
    if not leaked:
        return ""
    return f"no pattern matches {', '.join(leaked)}, and whoever depends on {page.id} sees it"

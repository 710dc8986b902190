"""YAML as mlpgen reads it: every scalar is a text, and only what is left out is nothing."""
import re

import yaml


class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}


def scalar(loader, node):
    return None if node.style is None and node.value == "" else node.value


Loader.add_constructor("tag:yaml.org,2002:str", scalar)


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema: what editors read."""
    yaml_implicit_resolvers = {}


for tag, pattern, first in [("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
                            ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
                            ("int", r"[-+]?[0-9]+", "-+0123456789"),
                            ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
                             "-+0123456789.")]:
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"^(?:{pattern})$"),
                               list(first))


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


Dumper.add_representer(type(None),
                       lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))


def load(text):
    return yaml.load(text, Loader)


def dump(tree):
    return yaml.dump(tree, Dumper=Dumper, sort_keys=False, width=10000, allow_unicode=True)

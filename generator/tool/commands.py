#!/usr/bin/env python3
"""Every *_command.cc, and the text of each rule that names a tool, to one C++ file.

    commands.py OUT DEPFILE ROOT

So a new subcommand is two files: rules/NAME.yaml with `tool: WORD`, and WORD_command.cc in tool/ or submission/.
"""
import pathlib
import re
import sys

out, depfile, root = map(pathlib.Path, sys.argv[1:])
commands = sorted(p for folder in ("submission", "tool") for p in (root / "generator" / folder).glob("*_command.cc"))
rules = {}
for path in sorted((root / "rules").glob("*.yaml")):
    text = path.read_text()
    if tool := re.search(r"^tool: (\S+)$", text, re.M):
        if tool[1] in rules:
            sys.exit(f"{path}: {rules[tool[1]][0]} names the tool {tool[1]}, too")
        rules[tool[1]] = (path.relative_to(root), text)
rows = "".join(f'    {{"{tool}", "{name}", R"yaml({text})yaml"}},\n' for tool, (name, text) in rules.items())
out.write_text("".join(f'#include "{c.relative_to(root / "generator")}"\n' for c in commands) + f"""#include "tool/rule_texts.h"

std::span<const mlpgen::tool::RuleText> mlpgen::tool::rule_texts() {{
  static constexpr RuleText kRules[] = {{
{rows}  }};
  return kRules;
}}
""")
folders = {c.parent for c in commands} | {root / "rules"}
depfile.write_text(f"{out}: " + " ".join(map(str, [*sorted(folders), *(root / name for name, _ in rules.values())])) + "\n")

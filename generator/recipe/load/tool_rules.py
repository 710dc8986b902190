#!/usr/bin/env python3
"""The text of each rule that names a tool to the table of tool_rules.h.

    tool_rules.py OUT DEPFILE ROOT
"""
import pathlib
import re
import sys

out, depfile, root = map(pathlib.Path, sys.argv[1:])
rules = {}
for path in sorted((root / "rules").glob("*.yaml")):
    text = path.read_text()
    if tool := re.search(r"^tool: (\S+)$", text, re.M):
        if tool[1] in rules:
            sys.exit(f"{path}: {rules[tool[1]][0]} names the tool {tool[1]}, too")
        rules[tool[1]] = (path.relative_to(root), text)
rows = "".join(f'    {{"{tool}", "{name}", R"yaml({text})yaml"}},\n'
               for tool, (name, text) in rules.items())
out.write_text(f"""#include "recipe/load/tool_rules.h"

std::span<const mlpgen::ToolRule> mlpgen::tool_rules() {{
  static constexpr ToolRule kRules[] = {{
{rows}  }};
  return kRules;
}}
""")
depfile.write_text(f"{out}: " +
                   " ".join(map(str, [root / "rules", *(root / name
                                                        for name, _ in rules.values())])) + "\n")

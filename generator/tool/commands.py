#!/usr/bin/env python3
"""Every *_command.cc to one C++ file.

    commands.py OUT DEPFILE ROOT

So a new subcommand is two files: rules/NAME.yaml with `tool: WORD`, and WORD_command.cc in tool/.
"""
import pathlib
import sys

out, depfile, root = map(pathlib.Path, sys.argv[1:])
commands = sorted((root / "generator/tool").glob("*_command.cc"))
out.write_text("".join(f'#include "{c.relative_to(root / "generator")}"\n' for c in commands))
depfile.write_text(f"{out}: " + " ".join(map(str, sorted({c.parent for c in commands}))) + "\n")

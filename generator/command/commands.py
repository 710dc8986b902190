#!/usr/bin/env python3
"""The entry of each command -> the table of commands, one C++ file.

    commands.py OUT FILE...

A FILE with a function `CommandEntry NAME_entry()` is a command's.
"""
import pathlib
import re
import sys

out, *files = map(pathlib.Path, sys.argv[1:])
found = {
    name
    for path in files
    for name in re.findall(r"^CommandEntry (\w+_entry)\(\) \{", path.read_text(), re.M)
}
entries = sorted(found, key=lambda name: name.removesuffix("_entry"))
out.write_text('#include "command/command.h"\n\nnamespace mlpgen {\n\n' +
               "".join(f"CommandEntry {name}();\n" for name in entries) + """
std::span<const CommandEntry> commands() {
  static const std::vector<CommandEntry> kCommands = {
""" + "".join(f"      {name}(),\n" for name in entries) + """  };
  return kCommands;
}

}  // namespace mlpgen
""")

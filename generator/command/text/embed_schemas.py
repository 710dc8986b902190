"""schemas/*.schema.json to a C++ file with their texts: embed_schemas.py FOLDER OUT.cc DEPFILE."""
import json
import pathlib
import sys

folder, out, depfile = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
END = ".schema.json"
paths = sorted(p for p in folder.glob("*" + END))
lines = [
    "// Made from schemas/ by embed_schemas.py.", '#include "command/text/schemas.h"', "",
    "namespace mlpgen {", "", "const std::vector<FileKind>& file_kinds() {",
    "  static const std::vector<FileKind> kKinds = {"
]
for path in paths:
    text = path.read_text()
    schema = json.loads(text)
    keys = ", ".join(json.dumps(key) for key in schema["properties"])
    lines.append(f'    {{{json.dumps(path.name[:-len(END)])}, {json.dumps(schema["description"])}, '
                 f'R"schema({text})schema", {{{keys}}}}},')
lines += ["  };", "  return kKinds;", "}", "", "}  // namespace mlpgen", ""]
pathlib.Path(out).write_text("\n".join(lines))
pathlib.Path(depfile).write_text(f"{out}: {folder} " + " ".join(map(str, paths)) + "\n")

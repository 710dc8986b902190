"""docs/diagnostics/*.md to a C++ file with their texts: embed_pages.py FOLDER OUT.cc DEPFILE."""
import pathlib
import sys

folder, out, depfile = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
pages = sorted(p for p in folder.glob("*.md"))
lines = [
    '// Made from docs/diagnostics/ by embed_pages.py.', '#include "command/text/pages.h"', "",
    "namespace mlpgen {", "namespace {", ""
]
lines.append("constexpr Page kPages[] = {")
for page in pages:
    lines.append(f'    {{"{page.stem}", R"page({page.read_text()})page"}},')
lines += [
    "};", "", "}  // namespace", "", "std::span<const Page> diagnostic_pages() { return kPages; }",
    ""
]
lines += [
    "const Page* find_page(std::string_view id) {", "  for (const Page& p : kPages)",
    "    if (p.id == id) return &p;", "  return nullptr;", "}", "", "}  // namespace mlpgen", ""
]
pathlib.Path(out).write_text("\n".join(lines))
pathlib.Path(depfile).write_text(f"{out}: {folder} " + " ".join(str(p) for p in pages) + "\n")

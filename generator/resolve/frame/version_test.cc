// Versions that a recipe makes, or that others know.
#include "resolve/test_bench.h"

using namespace mlpgen;

TEST_CASE("a recipe may make the exact version that nothing has; a range is never made") {
  Bench b;
  b.write("bin/tool", "#!/bin/sh\necho tool 2.5\n");
  std::filesystem::permissions(b.folder + "/bin/tool", std::filesystem::perms::owner_all);
  b.recipe("lib",
           "keys: {CM_VERSION_TO_MAKE: {about: m}}\nprobes: [{id: tool, names: [tool], "
           "version_args: [--version], version_regex: 'tool ([0-9.]+)'}]\n"
           "exports: {V: '${version}', M: '${CM_VERSION_TO_MAKE:-found}'}");
  b.recipe("app", "deps: [{tags: lib, names: [l]}]");
  REQUIRE_MESSAGE(b.resolve("app --adr.l.version=2.5"), b.diagnostics());
  CHECK(b.value("app", "M") == "found");
  REQUIRE_MESSAGE(b.resolve("app --adr.l.version=1.0"), b.diagnostics());
  CHECK(b.value("app", "M") == "1.0");
  CHECK(b.value("app", "V") == "1.0");
  CHECK_FALSE(b.resolve("app --adr.l.version_min=2.6"));
  CHECK(b.ids() == "tool-too-old");
}

TEST_CASE("a recipe whose versions others know hands on what is asked for") {
  Bench b;
  b.recipe("lib", "keys: {CM_VERSION_ASKED: {about: v}}\nexports: {V: 'lib${CM_VERSION_ASKED:-}'}");
  b.recipe("app", "deps: [{tags: lib, names: [l]}]");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.value("app", "V") == "lib");
  REQUIRE_MESSAGE(b.resolve("app --adr.l.version_min=1.10 --adr.l.version_max=2"), b.diagnostics());
  CHECK(b.value("app", "V") == "lib>=1.10,<=2");
}

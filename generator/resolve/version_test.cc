// Versions: chosen, bounded, refused.
#include "resolve/test_bench.h"

using namespace mlpgen;

namespace {

void lib_with_versions(Bench& b, const std::string& dep) {
  b.recipe("lib", "versions: {'1.9': {env: {K: old}}, '1.10': {env: {K: new}}, '2.0': {env: {K: next}}}\ndefault_version: '1.10'");
  b.recipe("app", "deps: [{tags: lib, names: [l]" + dep + "}]");
}

}  // namespace

TEST_CASE("the default version holds where nobody asks, and fits bounds that it lies in") {
  Bench b;
  lib_with_versions(b, ", version_min: '1.9', version_max: '2.0'");
  REQUIRE(b.resolve("app"));
  CHECK(b.the("lib").version == "1.10");
  CHECK(b.value("lib", "K") == "new");
}

TEST_CASE("a version asked for exactly is taken, and an override beats the dep entry") {
  Bench b;
  lib_with_versions(b, ", version: '1.9'");
  REQUIRE(b.resolve("app"));
  CHECK(b.the("lib").version == "1.9");
  REQUIRE(b.resolve("app --adr.l.version=2.0"));
  CHECK(b.the("lib").version == "2.0");
}

TEST_CASE("a default above version_max gives way to version_max_usable; one below version_min to version_min") {
  Bench b;
  lib_with_versions(b, ", version_max: '1.9.9', version_max_usable: '1.9'");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.the("lib").version == "1.9");
  lib_with_versions(b, ", version_min: '2.0'");
  REQUIRE(b.resolve("app"));
  CHECK(b.the("lib").version == "2.0");
}

TEST_CASE("a version that the recipe does not have is an error that lists those it has") {
  Bench b;
  lib_with_versions(b, ", version: '3'");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "unknown-version");
  CHECK(b.says("1.10"));
}

TEST_CASE("1.10 is newer than 1.9") {
  Bench b;
  b.recipe("lib", "versions: {'1.9': {}, '1.10': {}}\ndefault_version: '1.10'");
  b.recipe("app", "deps: [{tags: lib, version_min: '1.9'}]");
  REQUIRE(b.resolve("app"));
  CHECK(b.the("lib").version == "1.10");
}

TEST_CASE("a version for a recipe that has none and probes none is refused, not passed over") {
  Bench b;
  b.recipe("lib");
  b.recipe("app", "deps: [{tags: lib, names: [l]}]");
  CHECK_FALSE(b.resolve("app --adr.l.version=1.0"));
  CHECK(b.ids() == "unknown-version");
}

TEST_CASE("a probed tool must lie in the range; the first on PATH that does is taken") {
  Bench b;
  b.write("bin/tool", "#!/bin/sh\necho tool 2.5\n");
  std::filesystem::permissions(b.folder + "/bin/tool", std::filesystem::perms::owner_all);
  b.recipe("lib", "probes: [{id: tool, names: [tool], version_args: [--version], version_regex: 'tool ([0-9.]+)'}]\nexports: {V: '${tool.version}'}");
  b.recipe("app", "deps: [{tags: lib, names: [l]}]");
  REQUIRE_MESSAGE(b.resolve("app --adr.l.version_min=2.4"), b.diagnostics());
  CHECK(b.value("app", "V") == "2.5");
  CHECK_FALSE(b.resolve("app --adr.l.version_min=2.6"));
  CHECK(b.ids() == "tool-too-old");
  CHECK(b.says("2.5"));
}

TEST_CASE("a recipe may make the exact version that nothing has; a range is never made") {
  Bench b;
  b.write("bin/tool", "#!/bin/sh\necho tool 2.5\n");
  std::filesystem::permissions(b.folder + "/bin/tool", std::filesystem::perms::owner_all);
  b.recipe("lib",
           "keys: {CM_VERSION_TO_MAKE: {about: m}}\nprobes: [{id: tool, names: [tool], version_args: [--version], version_regex: 'tool ([0-9.]+)'}]\n"
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

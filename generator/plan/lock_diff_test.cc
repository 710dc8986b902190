#include "plan/lock_diff.h"

#include <doctest/doctest.h>

#include "text/text.h"

using namespace mlpgen;

namespace {

const std::string kA(64, 'a'), kB(64, 'b');

Lock lock_of(const std::map<std::string, LockEntry>& entries) {
  Lock lock;
  for (const auto& [key, entry] : entries) lock.add(key, entry);
  return lock;
}

LockEntry file(const std::string& sha256) { return {{{"sha256", sha256}}, {}, false, ""}; }

// "changed KEY: name before>after; ..." one a line.
std::string words(const Lock& a, const Lock& b) {
  std::vector<std::string> lines;
  for (const LockChange& change : diff_locks(a, b)) {
    std::vector<std::string> fields;
    for (const LockFieldChange& f : change.fields)
      fields.push_back(f.name + " " + f.before + ">" + f.after);
    lines.push_back(std::string(to_word(change.kind)) + " " + change.entry + ": " +
                    join(fields, "; "));
  }
  return join(lines, "\n");
}

}  // namespace

TEST_CASE("equal locks differ in nothing") {
  Lock lock = lock_of({{"file http://h/f", file(kA)}});
  CHECK(diff_locks(lock, lock).empty());
}

TEST_CASE("what came and what went is told with all that it says") {
  CHECK(words({}, lock_of({{"file http://h/f", file(kA)}})) ==
        "added file http://h/f: sha256 >" + kA + "; url >http://h/f");
  CHECK(words(lock_of({{"package x==1 sdist", file(kA)}}), {}) ==
        "removed package x==1 sdist: sha256 " + kA + ">; version 1>");
}

TEST_CASE("another digest under one key is a change") {
  CHECK(words(lock_of({{"file http://h/f", file(kA)}}), lock_of({{"file http://h/f", file(kB)}})) ==
        "changed file http://h/f: sha256 " + kA + ">" + kB);
}

TEST_CASE("a package in another version is one change, not two") {
  CHECK(words(lock_of({{"package x==1 wheel cp311", file(kA)}}),
              lock_of({{"package x==2 wheel cp311", file(kB)}})) ==
        "changed package x wheel cp311: sha256 " + kA + ">" + kB + "; version 1>2");
  // Two versions of one package in a lock: only what is equal is paired.
  CHECK(words(lock_of({{"package x==1 sdist", file(kA)}, {"package x==2 sdist", file(kA)}}),
              lock_of({{"package x==2 sdist", file(kA)}, {"package x==3 sdist", file(kA)}})) ==
        "changed package x sdist: version 1>3");
}

TEST_CASE("a file with equal bytes at another URL is a change of its URL") {
  CHECK(words(lock_of({{"file http://h/f", file(kA)}}), lock_of({{"file http://m/f", file(kA)}})) ==
        "changed file http://m/f: url http://h/f>http://m/f");
}

TEST_CASE("of a Python environment each package is told") {
  auto environment = [](std::vector<std::string> lines) {
    return lock_of({{"python-environment numpy cp311", {{}, std::move(lines), false, ""}}});
  };
  CHECK(words(environment({"numpy==1.0 --hash=sha256:a", "six==1 --hash=sha256:s"}),
              environment({"numpy==1.1 --hash=sha256:b", "tqdm==4 --hash=sha256:t"})) ==
        "changed python-environment numpy cp311: numpy 1.0>1.1; six 1>; tqdm >4");
  CHECK(words(environment({"numpy==1.0 --hash=sha256:a"}),
              environment({"numpy==1.0 --hash=sha256:b"})) ==
        "changed python-environment numpy cp311: numpy 1.0 with other digests>1.0");
}

// What a step takes from the lock, and where recipe and lock disagree.
#include "plan/test_bench.h"

using namespace mlpgen;

namespace {

const std::string kA(64, 'a'), kB(64, 'b'), kMd5(32, 'c');

// A project whose one step fetches http://h/f with these further parameters.
struct FileBench : PlanBench {
  explicit FileBench(const std::string& params) {
    rule("download",
         "lock: file\nmode: fetch\nparams:\n  urls: {type: list, about: u}\n  name: {type: text, "
         "about: n}\n"
         "  sha256: {type: text, about: s, default: ''}\n  md5: {type: text, about: m, default: "
         "''}\n"
         "  size: {type: text, about: b, default: ''}\n"
         "edges:\n  - {id: e, argv: [get, {each: urls, add: ['${item}']}, {when: sha256, add: "
         "[sha256, '${sha256}']}, "
         "{when: md5, add: [md5, '${md5}']}, {when: size, add: [size, '${size}']}], outputs: "
         "{file: '${name}'}}");
    recipe("app", "steps: [{id: s, rule: download, urls: ['http://h/f', 'http://m/f'], name: f" +
                      params + "}]");
  }
  void locked(std::map<std::string, std::string> fields, bool stand_in = false) {
    lock.add("file http://h/f", {std::move(fields), {}, stand_in, "a.lock"});
  }
  std::string words() {
    REQUIRE_MESSAGE(plan("app"), diagnostics());
    const std::vector<Interned>& argv = edge("app/s").argv;
    return join({argv.begin() + 3, argv.end()}, " ");
  }
};

}  // namespace

TEST_CASE("a file with a digest of its own needs no lock and asks for nothing") {
  FileBench b(", sha256: '" + kA + "', size: '7'");
  CHECK(b.words() == "sha256 " + kA + " size 7");
  CHECK(b.planned->wants.empty());
}

TEST_CASE("a file without a digest is wanted by the lock, and planned all the same") {
  FileBench b(", md5: '" + kMd5 + "'");
  CHECK(b.words() == "md5 " + kMd5);
  REQUIRE(b.planned->wants.size() == 1);
  const LockWant& want = b.planned->wants[0];
  CHECK(want.key == "file http://h/f");
  CHECK(want.kind == "file");
  CHECK_FALSE(want.found);
  CHECK(want.fields.at("url") == "http://h/f");
  CHECK(want.fields.at("md5") == kMd5);
}

TEST_CASE("the lock gives digest and size, and another digest is another artifact") {
  FileBench b("");
  std::string before = b.identity("app");
  b.locked({{"sha256", kA}, {"size", "7"}});
  CHECK(b.words() == "sha256 " + kA + " size 7");
  CHECK(b.planned->wants[0].found);
  CHECK(b.identity("app") != before);
}

TEST_CASE("recipe and lock that say the same agree, whatever the case of the digits") {
  FileBench b(", sha256: '" + std::string(64, 'A') + "'");
  b.locked({{"sha256", kA}});
  CHECK(b.words() == "sha256 " + kA);
}

TEST_CASE(
    "a lock that contradicts the recipe's digest or size is an error, unless it is a stand-in") {
  for (const char* name : {"sha256", "size"}) {
    FileBench b(", sha256: '" + kA + "', size: '7'");
    b.locked({{"sha256", name == std::string("sha256") ? kB : kA},
              {"size", name == std::string("size") ? "8" : "7"}});
    CHECK_FALSE(b.plan("app"));
    CHECK(b.ids() == "lock-contradicts");
  }
  FileBench b(", sha256: '" + kA + "', size: '7', md5: '" + kMd5 + "'");
  b.locked({{"sha256", kB}}, true);
  CHECK(b.words() == "sha256 " + kB);
  CHECK(b.ids() == "stand-in");
}

TEST_CASE("--locked: what nobody has locked is an error; --frozen: the lock beats the recipe") {
  FileBench b(", md5: '" + kMd5 + "'");
  b.settings.lock_use = LockUse::kLocked;
  CHECK_FALSE(b.plan("app"));
  CHECK(b.ids() == "stale-lock");
  b.locked({{"sha256", kA}});
  CHECK(b.words() == "sha256 " + kA + " md5 " + kMd5);
  FileBench other(", sha256: '" + kA + "', size: '7', md5: '" + kMd5 + "'");
  other.settings.lock_use = LockUse::kFrozen;
  other.locked({{"sha256", kB}, {"size", "8"}});
  CHECK(other.words() == "sha256 " + kB + " size 8");
  CHECK(other.ids() == "lock-contradicts lock-contradicts");
  FileBench known(", sha256: '" + kA + "'");
  known.settings.lock_use = LockUse::kLocked;
  CHECK(known.words() == "sha256 " + kA);
}

TEST_CASE("digests and commits of another length are refused where they stand") {
  for (const std::string& params : {std::string(", sha256: 'abc'"), std::string(", md5: 'abc'"),
                                    ", sha256: '" + std::string(64, 'x') + "'"}) {
    FileBench b(params);
    CHECK_FALSE(b.plan("app"));
    CHECK(b.ids() == "wrong-value");
  }
  PlanBench b;
  b.rule("checkout",
         "lock: commit\nparams:\n  commit: {type: text, about: c}\nedges:\n  - {id: e, argv: [git, "
         "'${commit}'], outputs: {t: t/}}");
  b.recipe("app", "steps: [{id: s, rule: checkout, commit: master}]");
  CHECK_FALSE(b.plan("app"));
  CHECK(b.ids() == "wrong-value");
}

TEST_CASE("only a stand-in of the lock takes the place of a commit") {
  PlanBench b;
  b.rule("checkout",
         "lock: commit\nparams:\n  url: {type: text, about: u}\n  commit: {type: text, about: "
         "c}\nedges:\n  - {id: e, argv: [git, '${commit}'], outputs: {t: t/}}");
  const std::string one(40, '1'), two(40, '2');
  b.recipe("app",
           "steps: [{id: s, rule: checkout, url: 'https://a.test/b', commit: '" + one + "'}]");
  LockEntry entry;
  entry.fields = {{"commit", two}};
  b.lock.add("commit " + one + " of https://a.test/b", entry);
  REQUIRE(b.plan("app"));
  CHECK(b.edge("app/s").argv[1] == one);
  entry.stand_in = true;
  b.lock.add("commit " + one + " of https://a.test/b", entry);
  REQUIRE(b.plan("app"));
  CHECK(b.edge("app/s").argv[1] == two);
  CHECK(b.ids() == "stand-in");
  entry.fields = {{"commit", "main"}};
  b.lock.add("commit " + one + " of https://a.test/b", entry);
  CHECK_FALSE(b.plan("app"));
  CHECK(b.says("wrong-value"));
}

TEST_CASE("a file without a URL is refused") {
  FileBench b("");
  b.recipe("app", "steps: [{id: s, rule: download, urls: [], name: f}]");
  CHECK_FALSE(b.plan("app"));
  CHECK(b.ids() == "wrong-value");
}

TEST_CASE("a local copy is known by its path: configure does not read it") {
  PlanBench b;
  b.write("recipes/t/app/data/one", "1");
  b.rule("local",
         "lock: local\nmode: fetch\nparams:\n  path: {type: text, about: p}\nedges:\n  - {id: e, "
         "argv: [link, '${path}'], outputs: {t: t/}}");
  b.recipe("app", "steps: [{id: s, rule: local, path: '${recipe}/data'}]");
  std::string before = b.identity("app");
  CHECK(b.edge("app/s").argv[1] == b.folder + "/recipes/t/app/data");
  CHECK(b.edge("app/s").inputs.empty());
  b.write("recipes/t/app/data/one", "2");
  CHECK(b.identity("app") == before);
}

TEST_CASE(
    "what the lock knows of a file holds for a person's own copy of it, which nothing has to "
    "fetch") {
  PlanBench b;
  b.rule("local-copy",
         "lock: local\nmode: fetch\nparams:\n  path: {type: text, about: p}\n  urls: {type: list, "
         "about: u, default: []}\n"
         "  sha256: {type: text, about: s, default: ''}\n  md5: {type: text, about: m, default: "
         "''}\n  size: {type: text, about: b, default: ''}\n"
         "edges:\n  - {id: e, argv: [link, '${path}', {when: sha256, add: [sha256, '${sha256}']}, "
         "{when: md5, add: [md5, '${md5}']}], outputs: {data: d}}");
  b.recipe("app", "steps: [{id: s, rule: local-copy, path: /mine, urls: ['http://h/f'], md5: '" +
                      kMd5 + "'}]");
  auto words = [&] {
    REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
    const std::vector<Interned>& argv = b.edge("app/s").argv;
    return join({argv.begin(), argv.end()}, " ");
  };
  CHECK(words() == "link /mine md5 " + kMd5);
  b.lock.add("file http://h/f", {{{"sha256", kA}}, {}, true, "a.lock"});
  CHECK(words() == "link /mine sha256 " + kA);
  CHECK(b.planned->wants.empty());
}

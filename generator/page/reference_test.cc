// Recipes, rules and commands of a small project -> what the pages say.
#include "page/reference.h"

#include "resolve/test_bench.h"

namespace mlpgen {
namespace {

// All pages of a small project, by path.
class Site {
 public:
  // `fill` writes the project.
  explicit Site(const std::function<void(Bench&)>& fill = [](Bench&) {}) {
    fill(bench_);
    library_ = std::make_unique<Library>(std::vector<std::string>{bench_.folder}, sources_, sink_);
  }

  const std::string& page(const std::string& path) {
    if (pages_.empty())
      for (PageFile& p : make_reference({*library_,
                                         rounds_,
                                         {command_},
                                         {program_},
                                         {{"bad-word", "A word | is bad"}},
                                         {},
                                         {{"package a==1.0 wheel cp311-x86_64", {"ab12", "2000"}}},
                                         "1.2",
                                         "../.."}))
        pages_[p.path] = p.text;
    REQUIRE_MESSAGE(pages_.count(path), path << "\n" << to_text(sink_, sources_));
    return pages_[path];
  }
  // Whether the page has that line.
  bool has(const std::string& path, const std::string& line) {
    std::vector<std::string> lines = split(page(path), '\n');
    bool found = std::find(lines.begin(), lines.end(), line) != lines.end();
    if (!found) MESSAGE(page(path));
    return found;
  }

  CommandText command_{"do",
                       "[WORD]",
                       "Does it",
                       "First.\n\nExamples:\n  mlpgen do\n  .x",
                       {{"-C", "DIR", "where"}, {"--all", "", "\\ too"}},
                       "mlpgen do [WORD]\n"};
  ProgramText program_{"mlpgen-x",
                       "does x",
                       "mlpgen-x WORD\n\nDoes x.\n\n  one  the first\n",
                       {{"one", "The first.\nUsage: one\n\nOptions:\n  --all  all\n"}}};

 private:
  Bench bench_;
  Sources sources_;
  Sink sink_;
  std::unique_ptr<Library> library_;
  std::vector<Round> rounds_;
  std::map<std::string, std::string> pages_;
};

// A rule that fetches by URL and one that fetches a package.
void add_rules(Bench& b) {
  const char* const kEdges = "\nedges: [{id: e, argv: [x], outputs: {file: f}}]";
  b.rule("get", std::string("mode: fetch\nlock: file\nparams: {urls: {type: list, about: where}, "
                            "md5: {type: text, default: \"\", about: digest}, "
                            "size: {type: text, default: \"\", about: bytes}}") +
                    kEdges);
  b.rule("package",
         std::string("mode: fetch\nlock: package\nparams: {name: {type: text, about: n}, version: "
                     "{type: text, about: v}, kind: {type: text, about: k}}") +
             kEdges);
}

}  // namespace

TEST_CASE("a recipe's page: variations by group, what each fetches, links to deps and back") {
  Site site([](Bench& b) {
    add_rules(b);
    b.recipe("lib", R"(
keys: {URL: {about: where it is}, SUM: {}}
variations:
  a: {group: format, default: true, about: "one | two", env: {URL: "http://h/a"}}
  b: {group: format, env: {URL: "http://h/b"}}
  tiny: {env: {SIZE: 5}}
  "a,tiny": {env: {SUM: 0123}}
steps:
  - {id: file, rule: get, urls: ["${URL}"], md5: "${SUM:-}", size: 1500}
exports: {LIB: "${file.file}"}
)");
    b.recipe("app",
             "deps:\n  - {tags: \"lib,_b\", names: [x], enable_if_env: {K: "
             "[\"yes\"]}}\ndefault_env: {K: \"no\"}");
  });
  CHECK(site.has("recipes/lib.md", "By default: `_a`."));
  CHECK(
      site.has("recipes/lib.md", "| `format` | `_a` (default) | one \\| two | `URL=http://h/a` |"));
  CHECK(site.has("recipes/lib.md", "| | `_b` | | `URL=http://h/b` |"));
  CHECK(site.has("recipes/lib.md", "| `file` | | `http://h/a` | | 1,500 bytes (1.5 kB) |"));
  CHECK(site.has("recipes/lib.md", "| `file` | `_b` | `http://h/b` | | 1,500 bytes (1.5 kB) |"));
  CHECK(site.has("recipes/lib.md",
                 "| `file` | `_a,tiny` | `http://h/a` | MD5 `0123` | 1,500 bytes (1.5 kB) |"));
  CHECK(site.has("recipes/lib.md", "| used by | [app](app.md) |"));
  CHECK(site.has("recipes/lib.md",
                 "| source | [recipes/t/lib/recipe.yaml](../../../recipes/t/lib/recipe.yaml) |"));
  CHECK(site.has("recipes/lib.md", "| `LIB` | `${file.file}` |"));
  CHECK(site.has("recipes/app.md", "| `lib,_b` | [lib](lib.md) | `K` is on | `x` |"));
  CHECK(site.has("recipes.md", "| [app](recipes/app.md) | for a test | dispatcher |"));
  CHECK(site.has("rules.md", "| used by | [lib](recipes/lib.md) |"));
}

TEST_CASE(
    "what a row fetches is what asking for its variation fetches: it beats a default of another "
    "group") {
  Site site([](Bench& b) {
    add_rules(b);
    b.recipe("lib", R"(
keys: {URL: {}}
variations:
  plain: {group: form, default: true, env: {URL: "http://h/plain"}}
  mirror: {env: {URL: "http://h/mirror"}}
  inner: {internal: true, env: {URL: "http://h/inner"}}
  both: {env: {WHERE: both}}
  "plain,both": {env: {URL: "http://h/${WHERE}"}}
  "n.#": {env: {COUNT: "#"}, steps: [{id: part, rule: get, urls: ["http://h/part-${COUNT}"]}]}
steps:
  - {id: file, rule: get, urls: ["${URL}"]}
)");
  });
  CHECK(site.has("recipes/lib.md", "| `file` | | `http://h/plain` |"));
  CHECK(site.has("recipes/lib.md", "| `file` | `_mirror` | `http://h/mirror` |"));
  CHECK(site.has("recipes/lib.md", "| `file` | `_inner` | `http://h/inner` |"));
  CHECK(site.has("recipes/lib.md", "| `file` | `_plain,both` | `http://h/both` |"));
  CHECK(site.has("recipes/lib.md", "| `part` | `_n.#` | `http://h/part-#` |"));
}

TEST_CASE("a package has the digest and size of the lock; what a user names is said to be named") {
  Site site([](Bench& b) {
    add_rules(b);
    b.recipe("lib",
             "default_version: 1.0\nversions: {1.0: , 2.0: }\nkeys: {WHERE: {}}\nsteps:\n  - {id: "
             "p, rule: package, name: a, version: \"${version}\", kind: wheel}\n  - {id: f, rule: "
             "get, urls: [\"${WHERE}\"]}");
  });
  CHECK(site.has("recipes/lib.md",
                 "| `p` | | package `a==1.0`, wheel | SHA-256 `ab12` | 2,000 bytes (2.0 kB) |"));
  CHECK(site.has("recipes/lib.md", "| `p` | `2.0` | package `a==2.0`, wheel | | |"));
  CHECK(site.has("recipes/lib.md", "| `f` | | given by `WHERE` | | |"));
}

TEST_CASE("a man page prints its words as they are") {
  Site site;
  const std::string& man = site.page("man/mlpgen-do.1");
  CHECK(man.starts_with(".\\\" Made by mlpgen docs.\n.TH mlpgen\\-do 1 \"\" \"mlpgen 1.2\"\n"));
  CHECK(man.find(".PP\n.EX\nExamples:\n  mlpgen do\n  .x\n.EE\n") != std::string::npos);
  CHECK(man.find(".TP\n.B \\-\\-all\n\\e too\n") != std::string::npos);
  CHECK(site.page("man/mlpgen.1").find(".B mlpgen do\nDoes it\n") != std::string::npos);
  CHECK(site.page("man/mlpgen-x.1").find(".EX\nmlpgen\\-x WORD\n.EE\n.SH DESCRIPTION\nDoes x.\n") !=
        std::string::npos);
  CHECK(site.page("man/mlpgen-x.1")
            .find(".SS one\nThe first.\nUsage: one\n.PP\n.EX\nOptions:\n  \\-\\-all  all\n") !=
        std::string::npos);
  CHECK(site.has("commands.md", "| [mlpgen do](#mlpgen-do) | Does it |"));
  CHECK(
      site.has("diagnostics.md", "| [bad-word](../diagnostics/bad-word.md) | A word \\| is bad |"));
}

}  // namespace mlpgen

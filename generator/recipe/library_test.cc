#include "recipe/library.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace mlpgen;

namespace {

// Two folders of recipes and rules; the second one, that a user trusts, has a rule of the same name
// and one more.
class TwoRoots {
 public:
  TwoRoots() {
    std::string pattern = std::filesystem::temp_directory_path() / "mlpgen-library-XXXXXX";
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    write("a", "rules/shared.yaml",
          "format: 1\nrule: shared\nabout: of the installation\nedges: [{id: e, argv: [x], "
          "outputs: {file: f}}]\n");
    write("b", "rules/shared.yaml",
          "format: 1\nrule: shared\nabout: of the user\nedges: [{id: e, argv: [x], outputs: {file: "
          "f}}]\n");
    write("b", "rules/early.yaml",
          "format: 1\nrule: early\nabout: of the user\nedges: [{id: e, argv: [x], outputs: {file: "
          "f}}]\n");
    for (const char* id : {"m", "z", "c"})
      write("a", std::string("recipes/t/") + id + "/recipe.yaml",
            std::string("format: 1\nrecipe: ") + id + "\nabout: x\ntags: [" + id + "]\n");
  }
  ~TwoRoots() { std::filesystem::remove_all(folder_); }
  TwoRoots(const TwoRoots&) = delete;
  TwoRoots& operator=(const TwoRoots&) = delete;

  void write(const std::string& root, const std::string& name, const std::string& text) const {
    std::filesystem::path path = folder_ + "/" + root + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::filesystem::create_directories(folder_ + "/" + root + "/recipes");
    std::ofstream(path) << text;
  }
  Library& library() {
    library_ = std::make_unique<Library>(std::vector<std::string>{folder_ + "/a", folder_ + "/b"},
                                         sources_, sink_);
    return *library_;
  }
  Sources sources_;
  Sink sink_;

 private:
  std::string folder_;
  std::unique_ptr<Library> library_;
};

}  // namespace

TEST_CASE("a rule that two roots have is named once, and is the first root's") {
  TwoRoots roots;
  Library& library = roots.library();
  CHECK(library.rule_names() == std::vector<std::string>{"early", "shared"});
  const StepRule* rule = library.rule({"shared", {}});
  REQUIRE_MESSAGE(rule, to_text(roots.sink_, roots.sources_));
  CHECK(rule->about == "of the installation");
}

TEST_CASE("what is expected, once or often, is what is found when it is asked for") {
  TwoRoots roots;
  Library& library = roots.library();
  for (int i = 0; i < 3; ++i) {
    for (const char* name : {"early", "shared", "absent"}) library.expect_rule(name);
    for (const char* id : {"c", "m", "z", "absent", ""}) library.expect(id);
  }
  for (const char* id : {"c", "m", "z"}) {
    const Recipe* r = library.recipe(id);
    REQUIRE(r);
    CHECK(r->id.value == id);
  }
  for (const char* id : {"", "absent", "d", "zz"}) CHECK_FALSE(library.recipe(id));
  CHECK(library.rule({"early", {}}));
  CHECK(roots.sink_.ok());
  CHECK_FALSE(library.rule({"absent", {}}));
  CHECK(roots.sink_.all().front().id == "unknown-rule");
}

// Who set a key, where, and what it beat.
#include "resolve/test_bench.h"

using namespace mlpgen;

TEST_CASE("each binding knows who set it, where, and what it beat") {
  Bench b;
  b.recipe("app", "default_env: {K: weak}\nflags: {k: {env: K, help: a key}}");
  REQUIRE(b.resolve("app --k=strong"));
  const Binding& k = b.the("app").env.at("K");
  CHECK(k.winner.who == "flag --k");
  CHECK(b.sources->describe(k.winner.span).starts_with("command line:1:"));
  REQUIRE(k.beaten.size() == 1);
  CHECK(b.sources->describe(k.beaten[0].span).find("recipes/t/app/recipe.yaml:5:") !=
        std::string::npos);
}

#include "package/requirements.h"

#include <doctest/doctest.h>

using namespace mlpgen::tool;

TEST_CASE("names compare as the index compares them") {
  CHECK(normal_name("Foo__bar.-baz") == "foo-bar-baz");
  CHECK(normal_name("six") == "six");
}

TEST_CASE("hashes are read over continued lines; comments and options are not requirements") {
  auto hashes = read_hashes(
      "# numpy==1\n--no-binary x\nPy_Yaml==6.0 ; python_version < '4' \\\n    --hash=sha256:aa "
      "\\\n    --hash=sha256:bb\n"
      "six==1.16.0 --hash=sha256:cc\nbare==1\n");
  CHECK(other_requirement("# numpy==1\nsix==1 \\\n\t--hash=sha256:aa\n") == "");
  CHECK(other_requirement("six==1\n --index-url http://a/\n") == "--index-url http://a/");
  CHECK(other_requirement("six==1 \\\n --pre\n") == "six==1   --pre");
  CHECK(hashes.size() == 3);
  CHECK(hashes["py-yaml"] == std::vector<std::string>{"sha256:aa", "sha256:bb"});
  CHECK(hashes["six"] == std::vector<std::string>{"sha256:cc"});
  CHECK(hashes["bare"].empty());
}

#include "loadgen/audit_config.h"

#include <doctest/doctest.h>

using namespace mlpgen;
using namespace mlpgen::submission;

namespace {

std::string conf(const char* test, const char* model) {
  Result<std::string> text = audit_config(test, model);
  return text ? *text : text.error().message;
}

}  // namespace

TEST_CASE("TEST01 logs a part of the outputs, as many as the model has") {
  const char* all = "*.*.mode = 2\n*.*.accuracy_log_rng_seed = 720381539243781796\n";
  auto target = [](const char* n) {
    return std::string("*.*.accuracy_log_sampling_target = ") + n + "\n";
  };
  CHECK(conf("TEST01", "resnet50") == all + target("4096"));
  CHECK(conf("TEST01", "retinanet") == all + target("256"));
  CHECK(conf("TEST01", "3d-unet-99.9") == all + target("64"));
  CHECK(conf("TEST08", "dlrm-v3") == all + target("4096"));
}

TEST_CASE("TEST04 issues one sample again and again, TEST05 sets nothing but the mode") {
  CHECK(conf("TEST04", "resnet50") ==
        "*.*.mode = 2\n*.*.performance_issue_unique = 0\n*.*.performance_issue_same = 1\n"
        "*.*.performance_issue_same_index = 3\n");
  CHECK(conf("TEST05", "resnet50") == "*.*.mode = 2\n");
}

TEST_CASE("a test of a language model is one pass of so many queries") {
  CHECK(conf("TEST06", "llama2-70b-99").find("*.*.min_query_count = 100\n") != std::string::npos);
  CHECK(conf("TEST07", "gpt-oss-120b").find("*.*.min_query_count = 990\n") != std::string::npos);
  CHECK(conf("TEST09", "e2e-rag-qna").find("*.*.min_query_count = 824\n") != std::string::npos);
  CHECK(test09_bounds("gpt-oss-120b")->least == 1150.38);
  CHECK_FALSE(test09_bounds("resnet50"));
}

TEST_CASE("another test is none") {
  CHECK(conf("TEST02", "resnet50") == "there is no compliance test 'TEST02'");
}

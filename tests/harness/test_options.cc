// The command line of the harness.
#include <doctest/doctest.h>

#include "failure.h"
#include "options.h"
#include "test_files.h"

namespace mlpgen {
namespace {

// A complete command line, with `more` at its end.
class Line {
 public:
  explicit Line(const std::vector<std::string>& more) {
    const std::string file = folder_.write("file", "x");
    words_ = {"--model",     file,        "--onnxruntime", file,        "--data",     file,
              "--task",      "detection", "--model-name",  "retinanet", "--mode",     "accuracy",
              "--user-conf", file,        "--out",         "out",       "--scenario", "Offline"};
    words_.insert(words_.end(), more.begin(), more.end());
  }

  Options parse() const {
    std::vector<const char*> pointers;
    for (const std::string& word : words_) pointers.push_back(word.c_str());
    return parse_options(pointers);
  }

  std::string refusal() const {
    try {
      parse();
      return "";
    } catch (const Failure& failure) {
      return std::to_string(failure.exit_code) + " " + failure.what();
    }
  }

 private:
  TestFolder folder_;
  std::vector<std::string> words_;
};

TEST_CASE("flags set what they name, the rest keeps its default") {
  const Options options =
      Line({"--streams", "2", "--num_threads", "3", "--batch", "4", "--warmup", "0", "--affinity",
            "compact", "--seeds", "1,2,18446744073709551615"})
          .parse();
  CHECK(options.accuracy);
  CHECK(options.executor.streams == 2);
  CHECK(options.executor.session.threads == 3);
  CHECK(options.executor.batch == 4);
  CHECK(options.executor.warmup == 0);
  CHECK(options.executor.compact);
  CHECK((*options.seeds)[2] == UINT64_MAX);
  CHECK(Line({}).parse().sut_name == "mlpgen-cpp");
}

TEST_CASE("idle threads spin or sleep as --spinning says; without it ONNX Runtime decides") {
  const std::string key = "session.intra_op.allow_spinning";
  CHECK(Line({"--spinning", "off"}).parse().executor.session.config.at(key) == "0");
  CHECK(Line({"--spinning", "on"}).parse().executor.session.config.at(key) == "1");
  CHECK(Line({}).parse().executor.session.config.empty());
  CHECK(Line({"--spinning", "no"}).refusal() == "2 --spinning has no 'no'");
}

TEST_CASE("--data may come again, other flags may not") {
  TestFolder folder;
  CHECK(Line({"--data", folder.write("b", "")}).parse().data.size() == 2);
  CHECK(Line({"--mode", "accuracy"}).refusal() == "2 --mode is given twice");
}

TEST_CASE("what is not understood is refused with exit code 2, a missing file with 1") {
  CHECK(Line({"--strems", "2"}).refusal() == "2 there is no flag '--strems'");
  CHECK(Line({"--streams"}).refusal() == "2 --streams needs a value: N");
  CHECK(Line({"--streams", "0"}).refusal() ==
        "2 --streams '0' is not a whole number from 1 to 1024");
  CHECK(Line({"--batch", "2x"}).refusal() ==
        "2 --batch '2x' is not a whole number from 1 to 65536");
  CHECK(Line({"--seeds", "1,2"}).refusal() == "2 --seeds needs three numbers: QSL,SAMPLE,SCHEDULE");
  CHECK(Line({"--affinity", "spread"}).refusal() == "2 --affinity has no 'spread'");
  CHECK(Line({"--audit-config", "absent"}).refusal() == "1 --audit-config absent names no file");
  const char* help[] = {"--help"};
  CHECK(parse_options(help).help);
  CHECK_THROWS_WITH_AS(parse_options({}), "--model FILE is missing", Failure);
}

TEST_CASE("the help names every flag of the refusals above") {
  for (const char* flag :
       {"--streams", "--num_threads", "--seeds", "--affinity", "--require-valid"})
    CHECK(help_text().find(flag) != std::string::npos);
}

}  // namespace
}  // namespace mlpgen

#include "compliance/verdict.h"

#include <doctest/doctest.h>

#include "base/test_folder.h"
#include "compliance/accuracy.h"

using namespace mlpgen;
using namespace mlpgen::submission;

namespace {

std::string entry(int sample, const std::string& data, const std::string& more = "") {
  return "{ \"seq_id\" : 0, \"qsl_idx\" : " + std::to_string(sample) + ", \"data\" : \"" + data +
         "\"" + more + " }";
}

std::string detail(const std::string& scenario, const char* field, double score,
                   const char* validity) {
  auto line = [](const std::string& key, const std::string& value) {
    return ":::MLLOG {\"key\": \"" + key + "\", \"value\": " + value +
           ", \"metadata\": {\"is_error\": false}}\n";
  };
  return line("effective_scenario", "\"" + scenario + "\"") + line(field, std::to_string(score)) +
         line("result_validity", std::string("\"") + validity + "\"");
}

// Three runs of a model of a round that has two result fields.
class Runs {
 public:
  Runs() {
    round_.name.value = "v5.1";
    round_.result_fields = {{"Offline", "rate"}, {"SingleStream", "latency"}};
    RoundModel model;
    model.name = "resnet";
    Metric acc;
    acc.name = "acc";
    acc.at_least = Placed<double>{75, {}};
    model.accuracy.push_back(acc);
    round_.models.push_back(model);
    runs_.model = "resnet";
    runs_.scenario = "Offline";
    runs_.accuracy = folder_.path() + "/accuracy";
    runs_.performance = folder_.path() + "/performance";
    runs_.run = folder_.path() + "/run";
  }

  void scores(double reference, double test, const std::string& scenario = "Offline",
              const char* validity = "VALID") {
    const char* field = scenario == "Offline" ? "rate" : "latency";
    folder_.put("performance/mlperf_log_detail.txt", detail(scenario, field, reference, validity));
    folder_.put("run/mlperf_log_detail.txt", detail(scenario, field, test, validity));
  }
  void outputs(const std::string& accuracy, const std::string& test) {
    folder_.put("accuracy/mlperf_log_accuracy.json", "[\n" + accuracy + "\n]\n");
    folder_.put("run/mlperf_log_accuracy.json", "[\n" + test + "\n]\n");
  }

  // The faults of all parts; "passed" where there are none; an error's message.
  std::string judge(const char* test) {
    runs_.test = test;
    Result<std::vector<ComplianceText>> parts = judge_compliance(round_, runs_);
    if (!parts) return parts.error().message;
    std::string said;
    for (const ComplianceText& part : *parts)
      for (const std::string& fault : part.faults) said += fault + "\n";
    return said.empty() ? "passed" : said;
  }

  Round round_;
  ComplianceRuns runs_;

 private:
  TestFolder folder_;
};

bool says(const std::string& text, const char* words) {
  CAPTURE(text);
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("TEST01 is passed by equal outputs and a score within 10 %") {
  Runs r;
  r.scores(100, 91);
  r.outputs(entry(1, "AA") + ",\n" + entry(2, "BB"), entry(2, "BB") + ",\n" + entry(2, "BB"));
  CHECK(r.judge("TEST01") == "passed");
  r.scores(100, 89);
  CHECK(says(r.judge("TEST01"), "0.89 times, and 0.9 to 1.1 is allowed"));
  r.scores(100, 100, "Offline", "INVALID");
  CHECK(says(r.judge("TEST01"), "LoadGen calls the run of the result INVALID"));
  r.runs_.short_run = true;
  r.scores(100, 900, "Offline", "INVALID");
  CHECK(r.judge("TEST01") == "passed");
  r.scores(100, 1100, "Offline", "INVALID");
  CHECK(says(r.judge("TEST01"), "0.1 to 10 is allowed"));
}

TEST_CASE("TEST01 is failed by another output behind an equal first number, and by one too many") {
  Runs r;
  r.scores(1, 1);
  r.outputs(entry(1, "0000803F00000000"), entry(1, "0000803F0000803F"));
  CHECK(says(r.judge("TEST01"), "1 of 1 outputs in performance mode are not those"));
  r.outputs(entry(1, "AA"), entry(2, "AA"));
  CHECK(says(r.judge("TEST01"), "1 of 1 outputs are of samples that the accuracy run lacks"));
  r.outputs(entry(1, "AA"), "");
  CHECK(says(r.judge("TEST01"), "logged no output"));
}

TEST_CASE("where outputs differ, the accuracies of the same samples decide") {
  Runs r;
  r.scores(1, 1);
  r.outputs(entry(1, "AA"), entry(1, "AB"));
  r.runs_.baseline_accuracy = "accuracy=76.0%, good=1\n";
  r.runs_.test_accuracy = "accuracy=76.5%, good=1\n";
  CHECK(r.judge("TEST01") == "passed");
  r.runs_.test_accuracy = "accuracy=77.5%, good=1\n";
  CHECK(says(r.judge("TEST01"), "acc of the test's outputs differs by 1.93"));
}

TEST_CASE("TEST04 is failed by a cache: one sample again and again is faster") {
  Runs r;
  r.scores(100, 109);
  CHECK(r.judge("TEST04") == "passed");
  r.scores(100, 20);
  CHECK(r.judge("TEST04") == "passed");
  r.scores(100, 111);
  CHECK(says(r.judge("TEST04"), "equal samples must take as long as others"));
  r.scores(10e6, 9e6, "SingleStream");
  CHECK(r.judge("TEST04") == "passed");
  r.scores(10e6, 8e6, "SingleStream");
  CHECK(says(r.judge("TEST04"), "1.25 times, and at most 1.2 is allowed"));
}

TEST_CASE("TEST05 asks for 5 %, from v3.1 on of a slower run alone") {
  Runs r;
  r.scores(100, 94);
  CHECK(says(r.judge("TEST05"), "at least 0.95"));
  r.scores(100, 120);
  CHECK(r.judge("TEST05") == "passed");
  r.round_.name.value = "v3.0";
  CHECK(says(r.judge("TEST05"), "0.95 to 1.05"));
}

TEST_CASE("TEST06 looks at the first token, the end and the number of tokens") {
  Runs r;
  auto answer = [](const char* data, const char* first, int count) {
    return entry(1, data,
                 std::string(", \"token_data\" : \"") + first +
                     "\", \"token_count\" : " + std::to_string(count));
  };
  const char* three = "050000000700000002000000";
  r.runs_.scenario = "Server";
  r.outputs("", answer(three, "05000000", 3));
  CHECK(r.judge("TEST06") == "passed");
  r.outputs("", answer(three, "06000000", 3));
  CHECK(says(r.judge("TEST06"), "do not begin with the token"));
  r.runs_.scenario = "Offline";
  CHECK(r.judge("TEST06") == "passed");
  r.outputs("", answer(three, "05000000", 4));
  CHECK(says(r.judge("TEST06"), "do not have the number of tokens"));
  r.outputs("", answer("050000000200000002000000", "05000000", 3));
  CHECK(says(r.judge("TEST06"), "more than one end token"));
  r.outputs("", answer("0500", "", 1));
  CHECK(says(r.judge("TEST06"), "no list of tokens of type int32"));
}

TEST_CASE("TEST07 and TEST09 have bounds") {
  Runs r;
  r.runs_.test_accuracy = "{'exact_match': 60.7}\n";
  CHECK(r.judge("TEST07") == "passed");
  r.runs_.test_accuracy = "{'exact_match': 60.6}\n";
  CHECK(says(r.judge("TEST07"), "60.6, and 60.698 is asked for"));
  r.runs_.model = "e2e-rag-qna";
  RoundModel rag;
  rag.name = "e2e-rag-qna";
  r.round_.models.push_back(rag);
  r.outputs("", entry(1, std::string(8 * 250, '0')));
  CHECK(r.judge("TEST09") == "passed");
  r.outputs("", entry(1, std::string(8 * 240, '0')));
  CHECK(says(r.judge("TEST09"), "240 tokens in the mean"));
}

TEST_CASE("TEST08 compares the entropies of predictions by the labels of the accuracy run") {
  Runs r;
  // time step 1, query 2; two predictions .5, labels 1 and 0, weights 1; two candidates
  const std::string head = "0000803F00000040", half = "0000003F", one = "0000803F",
                    none = "00000000", two = "00000040";
  r.outputs(entry(1, head + half + half + one + none + one + one + two),
            entry(1, head + half + half));
  CHECK(r.judge("TEST08") == "passed");
  r.outputs(entry(1, head + half + half + one + none + one + one + two),
            entry(1, head + half + one));
  CHECK(says(r.judge("TEST08"), "differs by more than 0.1 %"));
  r.outputs(entry(1, head + half + half + one + none + one + one + two),
            entry(1, head.substr(8) + head.substr(0, 8) + half + half));
  CHECK(says(r.judge("TEST08"), "of queries that the accuracy run lacks"));
}

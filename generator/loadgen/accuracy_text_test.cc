#include "loadgen/accuracy_text.h"

#include <doctest/doctest.h>

using namespace mlpgen::submission;

namespace {

std::string value(std::string_view metric, std::string_view line) {
  return metric_in_line(metric, line).value_or("nothing");
}

}  // namespace

TEST_CASE("each accuracy script's line is read by its shape") {
  CHECK(value("mAP", "mAP=37.572%") == "37.572");
  CHECK(value("mAP", "loaded; {'Total': 36.5}") == "36.5");
  CHECK(value("acc", "accuracy=76.456%, good=38228, total=50000") == "76.456");
  CHECK(value("acc", "{\"accuracy\": 76.4}") == "76.4");
  CHECK(value("F1", "{\"exact_match\": 83.7, \"f1\": 90.87}") == "90.87");
  CHECK(value("F1", "{'exact_match': 83.7, 'f1': 90.87}") == "90.87");
  CHECK(value("AUC", "AUC=80.31%") == "80.31");
  CHECK(value("DICE", "Accuracy: mean = 0.86170, kidney = 0.9") == "0.86170");
  CHECK(value("ACCURACY", "Word Error Rate: 2.07%, accuracy=97.93%") == "97.93");
  CHECK(value("ROUGE1", "{'rouge1': '44.4', 'rouge2': 22.1}") == "44.4");
  CHECK(value("ROUGE2", "{'rouge1': '44.4', 'rouge2': 22.1}") == "22.1");
  CHECK(value("GEN_LEN", "'gen_len': 4016878, x") == "4016878");
  CHECK(value("DLRM_AUC", "metric/lifetime_gauc/rating:0.786") == "0.786");
  CHECK(value("F1_HIERARCHICAL", "{\"a\": 1, \"f1\": 0.79, \"b\": 2}") == "0.79");
  CHECK(value("E2E_ACCURACY", "Accuracy: 33.95") == "33.95");
  CHECK(value("exact_match", "x 'exact_match': 90.1") == "90.1");
}

TEST_CASE("a word error rate is not the accuracy that stands beside it") {
  std::map<std::string, std::string> found =
      metrics_in("Word Error Rate: 2.07%, accuracy=97.93%\n");
  CHECK(found["ACCURACY"] == "97.93");
  CHECK(found["WER"] == "2.07");
  CHECK(value("WER", "Word Error Rate: 2.07%, accuracy=97.93%") == "97.93");  // as the checker does
}

TEST_CASE("a line of another shape is not read") {
  CHECK(value("acc", "the accuracy=76.456%") == "nothing");
  CHECK(value("mAP", "mAP = 37.5") == "nothing");
  CHECK(value("F1", "{\"exact_match\": 83.7, \"f1\": 90.87") == "nothing");
  CHECK(value("GEN_LEN", "'gen_len':  4016878") == "nothing");
  CHECK(value("GEN_LEN", "'gen_len':4016878") == "nothing");
  CHECK(value("DICE", "Accuracy: 0.86") == "nothing");
  CHECK(value("ACCURACY", "Word Error Rate: 2.07%, accuracy=97.93") == "nothing");
  CHECK(value("F1_HIERARCHICAL", "{\"f1\": 0.79") == "nothing");
  CHECK(value("no such metric", "mAP=1") == "nothing");
}

TEST_CASE("of several values in a line the last one counts") {
  CHECK(value("mAP", "mAP=1 mAP=2") == "2");
  CHECK(value("mAP", "mAP=1 mAP=x") == "1");
  CHECK(value("mAP", "'Total': 3 mAP=1") == "1");
}

TEST_CASE("digits with two points are no number") {
  CHECK(to_number("37.5") == 37.5);
  CHECK(to_number("37.") == 37.0);
  CHECK(to_number(".5") == 0.5);
  CHECK_FALSE(to_number("1.2.3"));
  CHECK_FALSE(to_number("."));
}

TEST_CASE("all metrics of a text") {
  CHECK(metrics_in("x\nmAP=1%\nmAP=2.5%\n") == std::map<std::string, std::string>{{"mAP", "2.5"}});
  CHECK(metrics_in("nothing").empty());
}

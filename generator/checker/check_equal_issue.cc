// Equal issue mode (sample_concatenate_permutation = 1), which v4.1 asks of some models in the
// closed and network divisions: each sample is issued as often as any other.
//
// Its checker reads the setting from mlperf.conf and user.conf of the measurements. It looks at
// LoadGen's log as well, but compares its value with a text, which LoadGen never writes.
#include <algorithm>
#include <array>

#include "checker/result_under_check.h"
#include "file/file.h"
#include "loadgen/official_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

constexpr std::array<std::string_view, 5> kModels = {"3d-unet-99", "gptj-99.9", "llama2-70b-99",
                                                     "llama2-70b-99.9", "mixtral-8x7b"};

bool asks(std::string_view model) {
  return std::find(kModels.begin(), kModels.end(), model) != kModels.end();
}

struct Setting {
  std::string_view value;  // 1: equal issue mode; "": the line does not decide
  bool readable = true;    // MODEL.SCENARIO.KEY=VALUE, at which the official checker may stop
};

Setting setting_of(const std::string& line, const std::string& model, const std::string& scenario) {
  std::string_view text = line;
  size_t equal = text.find('=');
  if (text.empty() || text.front() == '#') return {};
  std::vector<std::string> key = split(text.substr(0, equal), '.');
  if (equal == std::string_view::npos || text.find('=', equal + 1) != std::string_view::npos ||
      key.size() != 3)
    return {"", false};
  std::string_view value = text.substr(equal + 1);
  bool digits = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
  bool here = key[2] == "sample_concatenate_permutation" && (key[0] == model || key[0] == "*") &&
              (key[1] == scenario || key[1] == "*");
  return {here && digits ? value : ""};
}

// Nothing: the file does not say. The first line of a file that says it counts.
std::optional<bool> is_on(ResultUnderCheck& r, const std::string& path) {
  Result<std::string> text = read_official_text(r.root + "/" + path);
  if (!text) return std::nullopt;
  std::string model = replace_all(replace_all(r.place.model, "-99.9", ""), "-99", "");
  size_t number = 0;
  for (const std::string& written : split(*text, '\n')) {
    ++number;
    std::string line = replace_all(written, " ", "");
    Setting setting = setting_of(line, model, r.place.scenario);
    if (!setting.readable)
      r.error("equal-issue", {path, number},
              "this line is not MODEL.SCENARIO.KEY = VALUE, at which the official checker stops",
              "correct it, or begin it with #");
    if (setting.value.empty()) continue;
    size_t zeros = std::min(setting.value.find_first_not_of('0'), setting.value.size());
    return setting.value.substr(zeros) == "1";
  }
  return std::nullopt;
}

}  // namespace

void check_equal_issue(ResultUnderCheck& r) {
  if (r.open() || r.round.name.value != "v4.1" || !asks(r.model)) return;
  bool on = false;
  if (asks(r.place.model))
    for (const char* name : {"mlperf.conf", "user.conf"})
      on = is_on(r, r.place.measurements() + "/" + name).value_or(on);
  if (!on)
    r.error("equal-issue", r.place.measurements(),
            "v4.1 asks for equal issue mode, and the configuration of this result does not set it",
            "measure with `MODEL.*.sample_concatenate_permutation = 1` in user.conf or with the "
            "round's mlperf.conf, and keep the file here");
}

}  // namespace mlpgen::submission

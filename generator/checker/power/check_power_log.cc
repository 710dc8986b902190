// Rules of ptd_logs.txt, which SPEC PTDaemon writes: each line begins with its time.
#include <algorithm>
#include <array>
#include <regex>

#include "checker/power/power_run.h"
#include "checker/power/power_times.h"
#include "loadgen/official_text.h"
#include "loadgen/python_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

constexpr size_t kTimeLength = 23;  // MM-DD-YYYY HH:MM:SS.mmm
constexpr int64_t kMarginUs = 800'000'000;

// These errors of a ranging run are usual: its ranges are still unknown.
constexpr std::array kUsual = {"Can't evaluate uncertainty of this sample!",
                               "Bad watts reading nan from ",
                               "Bad amps reading nan from ",
                               "Bad pf reading nan from ",
                               "Bad volts reading nan from ",
                               "Current appears to be too high for set range"};
struct Line {
  size_t number;
  std::string_view text;
};

class PtdLog {
 public:
  explicit PtdLog(const PowerRun& run) : run_(run), path_(run.path("power/ptd_logs.txt")) {}

  void check() {
    Result<std::string> text = read_official_text(run_.result.root + "/" + path_);
    if (!text) return run_.fault(path_, text.error().message, text.error().help);
    std::string_view rest = *text;
    for (size_t number = 1; !rest.empty(); ++number) {
      size_t end = rest.find('\n');
      lines_.push_back({number, rest.substr(0, end)});
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (!find_load() || !find_shift() || !find_ranging() || !check_uncertainty()) return;
    for (const Line& line : lines_)
      if (!check_line(line, "WARNING:", false) || !check_line(line, "ERROR:", true)) return;
  }

 private:
  static bool has_time_form(std::string_view text) {
    static constexpr std::string_view kForm = "00-00-0000 00:00:00.000";
    if (text.size() < kTimeLength) return false;
    for (size_t i = 0; i < kTimeLength; ++i) {
      bool digit = text[i] >= '0' && text[i] <= '9';
      if (kForm[i] == '0' ? !digit : kForm[i] != '.' && text[i] != kForm[i]) return false;
    }
    return true;
  }

  // Microseconds since 1970; said and nothing where the line has no time.
  std::optional<int64_t> time_of(const Line& line) const {
    std::optional<int64_t> time =
        has_time_form(line.text) ? power_time(line.text.substr(0, kTimeLength)) : std::nullopt;
    if (!time) run_.fault({path_, line.number}, "this line of SPEC PTDaemon has no time", kCopyLog);
    return time ? std::optional(*time + shift_us_) : std::nullopt;
  }

  bool find_load() {
    std::string log = run_.path("run_1/mlperf_log_detail.txt");
    Result<std::string> text = read_official_text(run_.result.root + "/" + log);
    if (std::optional<LoadTimes> load = text ? load_times(*text) : std::nullopt) {
      load_ = *load;
      return true;
    }
    return false;  // the rules of the phases said so
  }

  bool find_shift() {
    std::optional<int64_t> zone = python_int(run_.server["timezone"]);
    if (!zone) run_.fault(run_.path("power/server.json"), "'timezone' is no number", kCopyLog);
    if (zone && run_.rules.local_time) shift_us_ = *zone * 1'000'000;
    return zone.has_value();
  }

  // When the ranging run was: from its Go to the next `Completed test`.
  bool find_ranging() {
    std::string name = python_text(run_.server["session_name"]);
    if (name.find_first_of("'\\") != std::string::npos) name.clear();
    std::string wanted = ": Go with mark '" + name + "_ranging'";
    bool begun = false;
    for (const Line& line : lines_) {
      if (!has_time_form(line.text)) continue;
      std::optional<int64_t> time = time_of(line);
      if (!time) return false;
      std::string_view message = trim(line.text.substr(kTimeLength));
      bool begins = !begun && message == wanted, ends = begun && message == ": Completed test";
      if (!begins && !ends) continue;
      (begins ? ranging_.begin_us : ranging_.end_us) = *time;
      if (ends) return true;
      begun = true;
    }
    run_.fault(path_, "the log has no ranging run of the session '" + name + "'", kCopyLog);
    return false;
  }

  bool check_uncertainty() {
    static const std::regex kActivated(R"(Uncertainty checking for Yokogawa\S+ is activated)");
    for (const Line& line : lines_) {
      if (line.text.find("Uncertainty checking") == std::string_view::npos) continue;
      if (!std::regex_search(line.text.begin(), line.text.end(), kActivated)) continue;
      std::optional<int64_t> time = time_of(line);
      if (time && *time >= ranging_.begin_us)
        run_.fault({path_, line.number},
                   "uncertainty checking was activated after the ranging run had begun",
                   "start SPEC PTDaemon with it, then measure again");
      return time && *time < ranging_.begin_us;
    }
    run_.fault(path_, "SPEC PTDaemon did not check its uncertainty",
               "start it with uncertainty checking, for an analyser of Yokogawa");
    return false;
  }

  // What follows the mark in a line, if anything does.
  static std::string_view after(std::string_view text, std::string_view mark) {
    size_t at = text.find(mark);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + mark.size());
    return text;
  }

  // False: nothing more is looked at.
  bool check_line(const Line& line, std::string_view mark, bool error) {
    std::string_view found = after(line.text, mark);
    if (found.empty()) return true;
    std::optional<int64_t> time = time_of(line);
    if (!time) return false;
    return error ? check_error(line, trim(found), *time) : check_warning(line, trim(found), *time);
  }

  bool check_error(const Line& line, std::string_view text, int64_t time) {
    bool ranging = ranging_.begin_us < time && time < ranging_.end_us;
    if (text != "USB." && !ranging) {
      run_.fault({path_, line.number}, "SPEC PTDaemon logged an error: " + std::string(text),
                 "find its cause, then measure again");
      return false;
    }
    bool usual = std::any_of(kUsual.begin(), kUsual.begin() + run_.rules.usual_errors,
                             [&](const char* t) { return text.starts_with(t); });
    return usual && text != "USB." ? true : audit(line, text);
  }

  bool check_warning(const Line& line, std::string_view text, int64_t time) {
    static const std::regex kTooHigh(
        R"(Uncertainty \d+.\d+%, which is above 1.00% limit for the last sample!)");
    int64_t margin = run_.rules.margin ? kMarginUs : 0;
    if (time <= load_.begin_us + margin || time >= load_.end_us - margin) return true;
    if (!run_.rules.margin || !std::regex_search(text.begin(), text.end(), kTooHigh))
      return audit(line, text);
    run_.fault({path_, line.number}, "during the test: " + std::string(text),
               "fix the ranges of current and voltage, then measure again");
    return false;
  }

  // The official checker takes the result at such a line and reads no further.
  bool audit(const Line& line, std::string_view text) {
    run_.warn({path_, line.number}, "SPEC PTDaemon logged: " + std::string(text),
              "nothing after this line is checked; an audit may ask for its cause");
    return false;
  }

  static constexpr const char* kCopyLog = "copy the files unchanged from power-dev's output";

  const PowerRun& run_;
  std::string path_;
  std::vector<Line> lines_;
  LoadTimes load_, ranging_;
  int64_t shift_us_ = 0;
};

}  // namespace

void check_power_log(const PowerRun& run) { PtdLog(run).check(); }

}  // namespace mlpgen::submission

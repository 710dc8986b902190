// The form that LoadGen gives to a line: every part in its order, no escape in a text.
#include "loadgen/log_line.h"

#include <array>
#include <cstring>

namespace mlpgen::submission {
namespace {

// What ends the plain part of a text: its closing quote, an escape, a control character.
constexpr std::array<bool, 256> kEndsText = [] {
  std::array<bool, 256> ends{};
  for (size_t i = 0; i < 0x20; ++i) ends[i] = true;
  ends['"'] = ends['\\'] = true;
  return ends;
}();

class Scanner {
 public:
  explicit Scanner(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  bool read(LogLine& line) {
    bool unused = false;
    std::string_view skipped;
    return word(R"( {"key": ")") && text(line.key) && word(R"(, "value": )") &&
           literal(line.value) && word(R"(, "time_ms": )") && number() &&
           word(R"(, "namespace": "mlperf::logging", "event_type": "POINT_IN_TIME", )") &&
           word(R"("metadata": {"is_error": )") && flag(line.error) &&
           word(R"(, "is_warning": )") && flag(unused) && word(R"(, "file": ")") && text(skipped) &&
           word(R"(, "line_no": )") && number() && word(R"(, "pid": )") && number() &&
           word(R"(, "tid": )") && number() && word("}}") && at_ == end_;
  }

 private:
  template <size_t N>
  bool word(const char (&w)[N]) {
    if (static_cast<size_t>(end_ - at_) < N - 1 || std::memcmp(at_, w, N - 1) != 0) return false;
    at_ += N - 1;
    return true;
  }
  bool one(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool text(std::string_view& out) {  // up to its closing quote
    const char* from = at_;
    while (at_ != end_ && !kEndsText[static_cast<unsigned char>(*at_)]) ++at_;
    if (at_ == end_ || *at_ != '"') return false;
    out = {from, static_cast<size_t>(at_ - from)};
    ++at_;
    return true;
  }
  bool digits() {
    const char* from = at_;
    while (at_ != end_ && static_cast<unsigned char>(*at_ - '0') < 10) ++at_;
    return at_ != from;
  }
  bool number() {  // 0, 12, 1.5; other forms are the JSON reader's
    const char* from = at_;
    if (!digits() || (*from == '0' && at_ - from > 1)) return false;
    return !one('.') || digits();
  }
  bool flag(bool& out) {
    out = word("true");
    return out || word("false");
  }
  bool scalar() {
    std::string_view skipped;
    bool unused = false;
    if (at_ == end_) return false;
    if (static_cast<unsigned char>(*at_ - '0') < 10) return number();
    return one('"') ? text(skipped) : flag(unused);
  }
  bool member() {
    std::string_view skipped;
    return one('"') && text(skipped) && one(':') && blank() && scalar();
  }
  bool blank() {
    one(' ');
    return true;
  }
  bool members(char close, bool keys) {
    if (one(close)) return true;
    while (keys ? member() : scalar()) {
      if (one(close)) return true;
      if (!one(',')) return false;
      blank();
    }
    return false;
  }
  // A list of plain values or a map of them stands for itself as empty: no rule reads one.
  bool literal(std::string_view& value) {
    value = "[]";
    if (one('[')) return members(']', false);
    if (one('{')) return members('}', true);
    const char* from = at_;
    bool fits = scalar();
    value = {from, static_cast<size_t>(at_ - from)};
    return fits;
  }

  const char* at_;
  const char* end_;
};

}  // namespace

bool read_log_line(std::string_view rest, LogLine& line) { return Scanner(rest).read(line); }

}  // namespace mlpgen::submission

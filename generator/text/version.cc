// Versions taken apart into numbers and a release phase.
#include "text/version.h"

#include <cctype>
#include <cstdint>
#include <vector>

namespace mlpgen {
namespace {

struct Parsed {
  std::vector<uint64_t> numbers;
  int phase = 0;  // dev -4, a -3, b -2, rc -1, release 0, post 1
  uint64_t phase_number = 0;
};

bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

uint64_t number_at(std::string_view t, size_t& i) {
  uint64_t n = 0;
  while (i < t.size() && digit(t[i])) n = n * 10 + static_cast<uint64_t>(t[i++] - '0');
  return n;
}

Parsed parse(std::string_view t) {
  Parsed p;
  if (t.size() > 1 && (t[0] == 'v' || t[0] == 'r') && digit(t[1])) t.remove_prefix(1);
  t = t.substr(0, t.find('+'));
  size_t i = 0;
  while (i < t.size() && digit(t[i])) {
    p.numbers.push_back(number_at(t, i));
    if (i + 1 < t.size() && t[i] == '.' && digit(t[i + 1]))
      ++i;
    else
      break;
  }
  while (i < t.size() && !std::isalpha(static_cast<unsigned char>(t[i]))) ++i;
  std::string_view rest = t.substr(i);
  auto is = [&](std::string_view word) { return rest.starts_with(word); };
  if (is("dev"))
    p.phase = -4;
  else if (is("post"))
    p.phase = 1;
  else if (is("rc") || is("c"))
    p.phase = -1;
  else if (is("a"))
    p.phase = -3;
  else if (is("b"))
    p.phase = -2;
  while (i < t.size() && !digit(t[i])) ++i;
  p.phase_number = number_at(t, i);
  while (!p.numbers.empty() && p.numbers.back() == 0) p.numbers.pop_back();
  return p;
}

template <class T>
int order(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

}  // namespace

int compare_versions(std::string_view a, std::string_view b) {
  Parsed x = parse(a), y = parse(b);
  if (int c = order(x.numbers, y.numbers)) return c;
  if (int c = order(x.phase, y.phase)) return c;
  return order(x.phase_number, y.phase_number);
}

bool is_version(std::string_view text) {
  if (text.size() > 1 && (text[0] == 'v' || text[0] == 'r')) text.remove_prefix(1);
  return !text.empty() && digit(text[0]);
}

}  // namespace mlpgen

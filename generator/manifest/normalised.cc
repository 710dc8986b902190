// Identities to numbers.
#include "manifest/normalised.h"

#include <algorithm>
#include <unordered_map>

#include "manifest/ninja.h"

namespace mlpgen {

std::string without_identities(const Plan& plan, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::unordered_map<std::string_view, std::string> numbers;
  for (const Edge& e : plan.edges)
    for (size_t digits : {size_t{12}, size_t{64}})
      numbers.emplace(std::string_view(e.identity).substr(0, digits),
                      std::to_string(numbers.size() / 2 + 1));
  std::string out;
  while (!text.empty()) {
    std::string_view digits =
        text.substr(0, std::min(text.find_first_not_of(kDigits), text.size()));
    auto found = numbers.find(digits);
    out += found == numbers.end() ? digits : std::string_view(found->second);
    text.remove_prefix(digits.size());
    size_t other = std::min(text.find_first_of(kDigits), text.size());
    out += text.substr(0, other);
    text.remove_prefix(other);
  }
  return out;
}

std::string normalised_plan_file(const Plan& plan) {
  std::string lines;
  for (const Edge& e : plan.edges) {
    Plan alone;
    alone.edges = {e};
    std::string line = to_plan_file(alone).whole();
    lines += line.substr(0, line.rfind(",\"crc32\":")) + "}\n";
  }
  return without_identities(plan, lines);
}

}  // namespace mlpgen

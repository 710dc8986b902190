// Tables of flags -> what a command line sets.
#include "flags.h"

namespace mlpgen {
namespace {

const Flag* find_flag(const std::vector<FlagGroup>& groups, std::string_view name) {
  for (const auto& [title, flags] : groups)
    for (const Flag& flag : flags)
      if (flag.name == name) return &flag;
  return nullptr;
}

bool is_given(const std::vector<std::string_view>& given, std::string_view name) {
  return std::find(given.begin(), given.end(), name) != given.end();
}

}  // namespace

Failure usage(const std::string& message, const std::string& help) {
  return Failure(message, help, kExitUsage);
}

std::string parse_choice(std::string_view flag, const std::string& text,
                         const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
  std::string list;
  for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
  throw usage(std::string(flag) + " has no '" + text + "'", "take one of: " + list);
}

bool parse_flags(std::span<const char* const> words, const std::vector<FlagGroup>& groups) {
  std::vector<std::string_view> given;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--help" || word == "-h") return false;
    const Flag* flag = find_flag(groups, word);
    if (!flag) throw usage("there is no flag '" + std::string(word) + "'");
    if (!flag->repeats && is_given(given, word)) throw usage(std::string(word) + " is given twice");
    given.push_back(flag->name);
    if (!flag->value.empty() && ++i == words.size())
      throw usage(std::string(word) + " needs a value: " + std::string(flag->value));
    flag->set(flag->value.empty() ? std::string() : std::string(words[i]));
  }
  for (const auto& [title, flags] : groups)
    for (const Flag& flag : flags)
      if (flag.required && !is_given(given, flag.name))
        throw usage(std::string(flag.name) + " " + std::string(flag.value) + " is missing");
  return true;
}

std::string describe_flags(const std::vector<FlagGroup>& groups) {
  std::string text;
  for (const auto& [title, flags] : groups) {
    text += std::string(title) + "\n";
    for (const Flag& flag : flags) {
      std::string left = "  " + std::string(flag.name) + " " + std::string(flag.value);
      left.resize(std::max<size_t>(left.size() + 1, 33), ' ');
      text += left + std::string(flag.about) + (flag.required ? " [needed]" : "") + "\n";
    }
    text += "\n";
  }
  return text;
}

}  // namespace mlpgen

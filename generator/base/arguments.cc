// The values of a command line, by name and type.
#include "base/arguments.h"

#include <algorithm>

#include "text/text.h"

namespace mlpgen {

void Arguments::set(const Parameter& parameter, std::vector<std::string> values) {
  values_[parameter.name] = std::move(values);
}

const std::string& Arguments::text(const std::string& name) const {
  static const std::string kNothing;
  const std::vector<std::string>& values = values_.at(name);
  return values.empty() ? kNothing : values.front();
}

const std::vector<std::string>& Arguments::list(const std::string& name) const {
  return values_.at(name);
}

Arguments::Pairs Arguments::map(const std::string& name) const {
  Pairs pairs;
  for (const std::string& word : values_.at(name)) {
    size_t at = std::min(word.find('='), word.size());
    pairs.emplace_back(word.substr(0, at), word.substr(std::min(at + 1, word.size())));
  }
  return pairs;
}

bool Arguments::yes(const std::string& name) const { return text(name) == "yes"; }

std::optional<uint64_t> Arguments::number(const std::string& name) const {
  if (text(name).empty()) return std::nullopt;
  return std::stoull(text(name));
}

std::string option_of(const std::string& name) { return "--" + replace_all(name, "_", "-"); }

}  // namespace mlpgen

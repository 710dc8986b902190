// What a subcommand takes, and what one command line gave it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlpgen {

// One parameter, declared once: in the rule whose work the subcommand does, or, for what no recipe
// sets, beside the subcommand. Its option is `--NAME`, with '-' for each '_'.
struct Parameter {
  enum class Type { kText, kInt, kBool, kList, kMap };
  std::string name;
  Type type = Type::kText;
  std::string about;
  bool required = false;
  std::vector<std::string> otherwise = {};  // the default; none: nothing
  std::vector<std::string> choices = {};    // of a text; none: any text
};

// The values by the parameters' names. A name that no parameter has is a mistake of ours:
// std::out_of_range.
class Arguments {
 public:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  void set(const Parameter& parameter, std::vector<std::string> values);

  const std::string& text(const std::string& name) const;  // "": not given
  const std::vector<std::string>& list(const std::string& name) const;
  Pairs map(const std::string& name) const;  // KEY=VALUE at the first '=', in the order given
  bool yes(const std::string& name) const;   // given as yes, or by its option alone
  bool has(const std::string& name) const { return values_.count(name) > 0; }  // declared
  std::optional<uint64_t> number(const std::string& name) const;

  std::vector<std::string> command;  // the words behind "--"

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

// "--" and the name as an option has it.
std::string option_of(const std::string& name);

}  // namespace mlpgen

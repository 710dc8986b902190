// A rule's parameters as options; CLI11's words turned into ours.
#include "tool/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <set>

#include "file/lock_line.h"
#include "recipe/load/tool_rules.h"
#include "text/closest.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen::tool {
namespace {

using Type = Parameter::Type;

Parameter parameter_of(const RuleParam& p) {
  static constexpr Type kTypes[] = {Type::kText, Type::kInt,  Type::kBool,
                                    Type::kList, Type::kList, Type::kMap};  // of each ParamType
  Parameter out{p.name.value, kTypes[static_cast<int>(p.type)], p.about, p.required, {}, p.choices};
  for (const TemplateText& item :
       p.default_items)  // what the plan alone knows is no default of a call by hand
    if (!item.value.empty() && !has_names(item.parts))
      out.otherwise.push_back(readable(item.parts));
  return out;
}

// --out of the edge that has no words of its own.
Parameter out_of(const StepRule& rule) {
  auto edge = std::find_if(rule.edges.begin(), rule.edges.end(),
                           [](const RuleEdge& e) { return e.argv.empty(); });
  std::vector<std::string> names;
  for (const auto& [name, path] : edge->outputs) names.push_back(path.value);
  bool folder = names.size() > 1 || names.front().ends_with('/');
  return {"out", Type::kText,
          names.size() > 1 ? "folder for " + join(names, ", ")
          : folder         ? "folder to fill"
                           : "file to write",
          true};
}

std::string described(const Parameter& p) {
  std::string text = p.about;
  if (!p.choices.empty()) text += " (" + join(p.choices, ", ") + ")";
  if (p.type == Type::kList) text += "; may be given again";
  if (p.type == Type::kMap) text += "; KEY=VALUE, may be given again";
  return p.otherwise.empty() ? text : text + "; default: " + join(p.otherwise, " ");
}

std::string not_a_number(std::string& text) {
  return is_size(text) ? "" : "'" + text + "' is no number from 0 on";
}

std::string not_a_pair(std::string& text) {
  size_t at = text.find('=');
  return at != std::string::npos && at > 0 ? "" : "'" + text + "' is not of the form KEY=VALUE";
}

void add_option(CLI::App& app, const Parameter& p, std::vector<std::string>& values) {
  CLI::Option* option = app.add_option(option_of(p.name), values, described(p))
                            ->type_size(1)
                            ->allow_extra_args(false);
  if (p.type != Type::kList && p.type != Type::kMap) option->expected(1);
  if (p.required) option->required();
  if (p.type == Type::kInt) option->check(CLI::Validator(not_a_number, "NUMBER"));
  if (p.type == Type::kMap) option->check(CLI::Validator(not_a_pair, ""));
  if (p.type == Type::kBool)
    option->expected(0, 1)->default_str("yes")->check(CLI::IsMember({"yes", "no"}));
  if (!p.choices.empty()) option->check(CLI::IsMember(p.choices));
}

// The first word that looks like an option and is none, e.g. "--strop".
std::string unknown_option(const std::vector<std::string>& known, char** argv, char** end) {
  for (char** at = argv + 1; at < end; ++at) {
    std::string word = *at;
    word = word.substr(0, word.find('='));
    if (word.starts_with("--") && std::find(known.begin(), known.end(), word) == known.end())
      return word;
  }
  return "";
}

int report_usage(const std::string& what, const std::string& near, const std::string& program) {
  return report({what,
                 near + (near.empty() ? "" : " ") + "`" + program + " --help` lists the options", 0,
                 "usage"});
}

// What CLI11 does not see: a text given twice, a key of a map given twice.
std::optional<Error> repeated(const Parameter& p, const std::vector<std::string>& values) {
  bool many = p.type == Type::kMap || p.type == Type::kList;
  if (!many && values.size() > 1)
    return Error{option_of(p.name) + " is given twice", "keep one of the two", 0, "usage"};
  std::set<std::string> keys;
  for (const std::string& value : values)
    if (std::string key = value.substr(0, value.find('='));
        p.type == Type::kMap && !keys.insert(key).second)
      return Error{"'" + key + "' is given twice by " + option_of(p.name), "keep one of the two", 0,
                   "duplicate-key"};
  return std::nullopt;
}

// What a rule's parameters and outputs make its tool take, and what the subcommand adds.
std::vector<Parameter> parameters_of(const Subcommand& command,
                                     const std::optional<StepRule>& rule) {
  std::vector<Parameter> parameters;
  if (rule) {
    for (const RuleParam& p : rule->params)
      if (p.argument) parameters.push_back(parameter_of(p));
    if (rule->kind != "refuse") parameters.push_back(out_of(*rule));
  }
  parameters.insert(parameters.end(), command.more.begin(), command.more.end());
  return parameters;
}

}  // namespace

std::string about_of(const Subcommand& command) {
  std::optional<StepRule> rule = rule_of_tool(command.name);
  return rule ? rule->about : command.about;
}

std::optional<int> read_arguments(const Subcommand& command, int argc, char** argv,
                                  Arguments& arguments) {
  std::string program = "mlpgen-tool " + command.name;
  std::optional<StepRule> rule = rule_of_tool(command.name);
  CLI::App app((rule ? rule->about : command.about) + ".\n" + command.help, program);
  app.set_help_flag();  // a parameter may be called `help`: its option has a value, --help=TEXT
  std::vector<Parameter> parameters = parameters_of(command, rule);
  std::vector<std::vector<std::string>> values(parameters.size());
  std::vector<std::string> known = {"--help"};
  for (size_t i = 0; i < parameters.size(); ++i) {
    add_option(app, parameters[i], values[i]);
    known.push_back(option_of(parameters[i].name));
  }
  char** end = std::find(argv, argv + argc, std::string_view("--"));
  if (end != argv + argc) arguments.command.assign(end + 1, argv + argc);
  if (std::find(argv, end, std::string_view("--help")) != end) {
    std::cout << app.help();
    return 0;
  }
  try {
    app.parse(static_cast<int>(end - argv), argv);
  } catch (const CLI::ParseError& mistake) {
    std::string word = unknown_option(known, argv, end);
    return report_usage(word.empty() ? mistake.what() : "there is no option '" + word + "'",
                        word.empty() ? "" : did_you_mean(word, known), program);
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (std::optional<Error> error = repeated(parameters[i], values[i])) return report(*error);
    arguments.set(parameters[i], values[i].empty() ? parameters[i].otherwise : values[i]);
  }
  return std::nullopt;
}

int report(const Error& error) {
  std::fprintf(stderr, "error: %s\n", without_secrets(line_of(error)).c_str());
  if (!error.help.empty()) std::fprintf(stderr, "help: %s\n", without_secrets(error.help).c_str());
  return error.id == "usage" ? 2 : 1;
}

}  // namespace mlpgen::tool

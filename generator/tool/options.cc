// CLI11's words turned into ours.
#include "tool/options.h"

#include <cstdio>
#include <iostream>
#include <set>

#include "base/closest.h"
#include "base/lock_line.h"
#include "base/text.h"
#include "base/url_secret.h"
#include "store/named_error.h"

namespace mlpgen::tool {
namespace {

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

// The first word that looks like an option and is none, e.g. "--strop".
std::string unknown_option(const std::vector<std::string>& known, int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    word = word.substr(0, word.find('='));
    if (word.starts_with("--") && std::find(known.begin(), known.end(), word) == known.end())
      return word;
  }
  return "";
}

}  // namespace

std::optional<int> read_options(CLI::App& app, int argc, char** argv) {
  app.set_help_flag("--help", "Print this text");
  app.option_defaults()->always_capture_default(false);
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return 0;
  } catch (const CLI::ParseError& mistake) {
    std::vector<std::string> known = long_names(app);
    std::string word = unknown_option(known, argc, argv);
    std::string what = word.empty() ? mistake.what() : "there is no option '" + word + "'";
    std::string near = word.empty() ? "" : did_you_mean(word, known);
    std::fprintf(stderr, "error: %s  [usage]\nhelp: %s%s`%s --help` lists the options\n",
                 what.c_str(), near.c_str(), near.empty() ? "" : " ", app.get_name().c_str());
    return 2;
  }
}

CLI::Validator whole_number() {
  return CLI::Validator([](std::string& text) { return is_size(text) ? "" : "'" + text + "' is no number from 0 on"; }, "NUMBER");
}

int report(const Error& error) {
  std::fprintf(stderr, "error: %s\n", without_secrets(error.message).c_str());
  if (!error.help.empty()) std::fprintf(stderr, "help: %s\n", without_secrets(error.help).c_str());
  return error.message.ends_with("[usage]") ? 2 : 1;
}

Result<std::pair<std::string, std::string>> split_pair(const std::string& option,
                                                       const std::string& word) {
  size_t at = word.find('=');
  if (at == std::string::npos || at == 0)
    return named_error("usage", "'" + word + "' after " + option + " is not of the form A=B",
                       "write both parts, e.g. " + option + " name=value");
  return std::make_pair(word.substr(0, at), word.substr(at + 1));
}

Result<std::vector<std::pair<std::string, std::string>>> read_pairs(
    const std::string& option, const std::vector<std::string>& words) {
  std::vector<std::pair<std::string, std::string>> pairs;
  std::set<std::string> seen;
  for (const std::string& word : words) {
    auto pair = split_pair(option, word);
    if (!pair) return pair.error();
    if (!seen.insert(pair->first).second)
      return named_error("duplicate-key", "'" + pair->first + "' is given twice by " + option,
                         "keep one of the two");
    pairs.push_back(*pair);
  }
  return pairs;
}

}  // namespace mlpgen::tool

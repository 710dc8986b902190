// Names and hashes out of a requirements file.
#include "package/requirements.h"

#include <cctype>

#include "file/lock_line.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

std::vector<std::string> joined_lines(const std::string& text) {
  return split(replace_all(replace_all(text, "\\\r\n", " "), "\\\n", " "), '\n');
}

}  // namespace

std::string normal_name(const std::string& name) {
  std::string normal;
  for (char c : lower(name)) {
    bool dash = c == '-' || c == '_' || c == '.';
    if (!dash)
      normal += c;
    else if (!normal.empty() && normal.back() != '-')
      normal += '-';
  }
  return normal;
}

std::string other_requirement(const std::string& text) {
  for (const std::string& line : joined_lines(text)) {
    std::string_view rest = trim(line);
    if (!rest.empty() && rest.front() != '#' &&
        !is_package_line(replace_all(std::string(rest), "\t", " ")))
      return std::string(rest);
  }
  return "";
}

std::vector<Requirement> read_requirements(const std::string& text) {
  static const std::string kOption = "--hash=";
  std::vector<Requirement> all;
  for (const std::string& line : joined_lines(text)) {
    std::string_view rest = trim(line);
    if (rest.empty() || rest.front() == '#' || rest.front() == '-') continue;
    Requirement one;
    one.name = rest.substr(0, rest.find_first_of("=<>!~[; @"));
    if (size_t equals = rest.find("=="); equals != std::string_view::npos)
      one.version = trim(rest.substr(equals + 2, rest.find_first_of("; \t", equals) - equals - 2));
    one.has_marker = rest.find(';') != std::string_view::npos;
    for (const std::string& word : split(replace_all(std::string(rest), "\t", " "), ' '))
      if (word.starts_with(kOption)) one.hashes.push_back(word.substr(kOption.size()));
    all.push_back(std::move(one));
  }
  return all;
}

std::map<std::string, std::vector<std::string>> read_hashes(const std::string& text) {
  std::map<std::string, std::vector<std::string>> hashes;
  for (const Requirement& one : read_requirements(text)) {
    std::vector<std::string>& found = hashes[normal_name(one.name)];
    found.insert(found.end(), one.hashes.begin(), one.hashes.end());
  }
  return hashes;
}

}  // namespace mlpgen::tool

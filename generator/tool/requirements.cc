// Names and hashes out of a requirements file.
#include "tool/requirements.h"

#include <cctype>

#include "base/text.h"

namespace mlpgen::tool {

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

std::map<std::string, std::vector<std::string>> read_hashes(const std::string& text) {
  static const std::string kOption = "--hash=";
  std::map<std::string, std::vector<std::string>> hashes;
  std::string joined = replace_all(replace_all(text, "\\\r\n", " "), "\\\n", " ");
  for (const std::string& line : split(joined, '\n')) {
    std::string_view rest = trim(line);
    if (rest.empty() || rest.front() == '#' || rest.front() == '-') continue;
    size_t end = rest.find_first_of("=<>!~[; @");
    std::vector<std::string>& found = hashes[normal_name(std::string(rest.substr(0, end)))];
    for (const std::string& word : split(replace_all(std::string(rest), "\t", " "), ' '))
      if (word.starts_with(kOption)) found.push_back(word.substr(kOption.size()));
  }
  return hashes;
}

}  // namespace mlpgen::tool

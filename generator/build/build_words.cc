// Splitting at "--", and replacing @PLACE@.
#include "build/build_words.h"

#include <filesystem>
#include <utility>

#include "text/text.h"

namespace mlpgen::tool {
namespace {

// Every "@open:TEXT@" in the word becomes what `change` makes of TEXT.
template <class Change>
std::string change_parts(std::string word, const std::string& open, Change change) {
  for (size_t at = word.find(open); at != std::string::npos; at = word.find(open, at)) {
    size_t begin = at + open.size(), end = word.find('@', begin);
    if (end == std::string::npos) break;
    std::string changed = change(word.substr(begin, end - begin));
    word.replace(at, end + 1 - at, changed);
    at += changed.size();
  }
  return word;
}

}  // namespace

Result<std::vector<std::vector<std::string>>> split_commands(
    const std::vector<std::string>& words) {
  std::vector<std::vector<std::string>> commands(1);
  for (const std::string& word : words) {
    if (word == "--")
      commands.emplace_back();
    else
      commands.back().push_back(word);
  }
  for (const std::vector<std::string>& command : commands)
    if (command.empty() || command.front().empty())
      return named_error("usage", "a command of the build has no program",
                         "write `-- PROGRAM WORDS`, again for each further command");
  return commands;
}

std::string fill_places(std::string word, const BuildPlaces& places, const std::string& folder) {
  const std::pair<const char*, std::string> known[] = {
      {"@source@", places.source},
      {"@build@", places.build},
      {"@stage@", places.stage},
      {"@prefix@", kBuildPrefix},
      {"@install@", places.stage + kBuildPrefix},
      {"@jobs@", std::to_string(places.jobs)},
  };
  for (const auto& [name, value] : known) word = replace_all(std::move(word), name, value);
  word = change_parts(std::move(word), "@absolute:", [&](const std::string& path) {
    return (std::filesystem::path(folder) / path).lexically_normal().string();
  });
  return change_parts(std::move(word), "@list:", [](const std::string& items) {
    return replace_all(items, ":", ";");
  });
}

}  // namespace mlpgen::tool

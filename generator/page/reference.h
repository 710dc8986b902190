// The reference: recipes, rules, rounds, commands and diagnostics -> Markdown pages and man pages.
//
// Pure: the same input gives the same bytes. `mlpgen docs` writes them and tells which files
// differ.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "page/ran.h"
#include "recipe/library.h"
#include "round/round.h"

namespace mlpgen {

struct OptionText {
  std::string name;   // with its dashes
  std::string value;  // what it takes; "" for a switch
  std::string help;
  std::string brief = {};  // its one-letter form, or ""
};

struct CommandText {
  std::string name, usage, about, more;
  std::vector<OptionText> options;
  std::string help;  // what --help prints
};

// A program that the graph starts, and that can be started by hand.
struct ProgramText {
  std::string name, about;
  std::string help;                                              // what --help prints
  std::vector<std::pair<std::string, std::string>> subcommands;  // name, and what its --help prints
};

struct DiagnosticText {
  std::string id;
  std::string sentence;  // the first one of its page
};

// What a lock says of one file from outside.
struct FileInLock {
  std::string sha256;
  std::string size;  // bytes; may be empty
};

struct ReferenceInput {
  Library& library;  // every recipe and rule is read from it; what has errors is left out (its sink
                     // tells)
  const std::vector<Round>& rounds;
  std::vector<CommandText> commands;
  std::vector<ProgramText> programs;
  std::vector<DiagnosticText> diagnostics;
  Ran ran;
  std::map<std::string, FileInLock>
      locked;           // by the lock's key, as "package uv==0.13.9 wheel cp311-x86_64"
  std::string version;  // of mlpgen
  std::string
      home;  // from the folder of the pages to the installation, "../.."; "": no links there
};

struct PageFile {
  std::string path;  // below the folder of the reference
  std::string text;
};

// README.md, recipes.md, recipes/ID.md, rules.md, rounds.md, commands.md, diagnostics.md, man/*.1
std::vector<PageFile> make_reference(const ReferenceInput& input);

// Each page begins with one of these, so that a page whose recipe is gone can be told from a file
// of the user's.
inline constexpr const char* kMarkdownMark = "<!-- Made by `mlpgen docs`. -->\n";
inline constexpr const char* kManMark = ".\\\" Made by mlpgen docs.\n";

}  // namespace mlpgen

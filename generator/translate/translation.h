// A command of CM or MLC to what does the same here. Whether it resolves is not looked at: that
// takes a machine.
#pragma once

#include <string>
#include <vector>

#include "recipe/library.h"
#include "translate/cm_command.h"
#include "translate/translated_word.h"

namespace mlpgen {

struct Translation {
  std::string recipe;  // id; "": no `mlpgen configure`
  std::vector<TranslatedWord>
      words;                       // in the order of the command: tags and variations, then options
  std::vector<std::string> lines;  // whole commands that need no request: mlpgen store ...
  std::string why;                 // why there is no line, or what to know of it
  std::string help;                // what to type instead
  bool understood = true;          // false: nothing here does this
};

Translation translate(const CmCommand& command, Library& library);

// Words of `mlpgen configure` that resolve, in the order of the command: the id first.
std::vector<std::string> request_words(const Translation& t);

// Words that choose something and that nothing here stands for; `selecting`: those only without
// which another benchmark would run.
std::vector<TranslatedWord> without_equal(const Translation& t, bool selecting);

// The Ninja target that does what the old command did: "" for those that plain `ninja` makes.
std::string target_of(const Translation& t, const Recipe& recipe);

}  // namespace mlpgen

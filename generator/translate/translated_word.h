// One word of a command of CM or MLC, and what stands for it here.
#pragma once

#include <string>

#include "recipe/recipe.h"

namespace mlpgen {

// A word of the old command, and what stands for it.
struct TranslatedWord {
  std::string word;
  std::string equal;     // a word of the request; "": none
  std::string why;       // where there is none, or where it is not the same word: the reason
  bool needed = true;    // false: leaving it out changes nothing
  bool selects = false;  // it says what is measured: without it another benchmark would run
  std::string trial =
      "";  // the word to resolve with where `equal` holds a placeholder; "": `equal`
};

// `word` is an option (--name=value, -j, @file) or a variation (_name, -_name) of this recipe.
TranslatedWord translate_option(const std::string& word, const Recipe& recipe);
TranslatedWord translate_variation(const std::string& word, const Recipe& recipe);

}  // namespace mlpgen

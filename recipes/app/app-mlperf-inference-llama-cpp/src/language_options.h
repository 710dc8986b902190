// The command line -> what to run.
#pragma once

#include <span>
#include <string>

#include "generator.h"
#include "test_options.h"

namespace mlpgen {

struct LanguageOptions : TestOptions {
  bool help = false;    // --help was given, nothing else was checked
  std::string model;    // GGUF file
  std::string prompts;  // a prompt a line
  GeneratorOptions generator;
};

// Throws Failure with exit code 2 if a word is not understood, 1 if a file is not there.
LanguageOptions parse_options(std::span<const char* const> words);

// The text of --help.
std::string help_text();

}  // namespace mlpgen

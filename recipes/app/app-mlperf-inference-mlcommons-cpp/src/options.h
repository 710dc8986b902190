// The command line -> what to run.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "executor.h"
#include "test_options.h"

namespace mlpgen {

struct Options : TestOptions {
  bool help = false;              // --help was given, nothing else was checked
  std::string model;              // ONNX file
  std::string onnxruntime;        // shared library
  std::vector<std::string> data;  // .npy files, in the order of the data set
  std::string task;               // make_task()
  ExecutorOptions executor;
  int label_offset = 0;  // classification: added to the class that the model names
  std::string output;    // classification: name of the output; empty: the first that fits
};

// Throws Failure with exit code 2 if a word is not understood, 1 if a file is not there.
Options parse_options(std::span<const char* const> words);

// The text of --help.
std::string help_text();

}  // namespace mlpgen

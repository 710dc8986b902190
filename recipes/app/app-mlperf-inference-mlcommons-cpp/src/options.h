// The command line -> what to run.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "executor.h"

namespace mlpgen {

struct Options {
  bool help = false;              // --help was given, nothing else was checked
  std::string model;              // ONNX file
  std::string onnxruntime;        // shared library
  std::vector<std::string> data;  // .npy files, in the order of the data set
  std::string task;               // make_task()
  std::string model_name;         // LoadGen's name of the model: "retinanet"
  std::string scenario;           // "Offline", "Server", "SingleStream", "MultiStream"
  bool accuracy = false;          // --mode accuracy
  std::string user_conf;          // file
  std::string audit_config;       // file; empty: none
  std::optional<std::array<uint64_t, 3>> seeds;  // QSL, sample index, schedule
  ExecutorOptions executor;
  size_t performance_sample_count = 0;  // 0: all samples
  int label_offset = 0;                 // classification: added to the class that the model names
  std::string output;                   // classification: name of the output; empty: the first that fits
  std::string out;  // folder
  std::string sut_name = "mlpgen-cpp";
  bool require_valid = false;
};

// Throws Failure with exit code 2 if a word is not understood, 1 if a file is not there.
Options parse_options(std::span<const char* const> words);

// The text of --help.
std::string help_text();

}  // namespace mlpgen

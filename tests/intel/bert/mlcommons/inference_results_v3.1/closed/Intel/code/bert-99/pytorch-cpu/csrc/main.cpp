// A stand-in for Intel's bert_inference, with its command line: -n NODES -i INSTANCES -j THREADS --test_scenario= --model_file= --sample_file=
// --mlperf_config= --user_config= -o FOLDER -w WORDS [--warmup] [--accuracy]. LoadGen is real.
#include <torch.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "bert_sut.hpp"
#include "loadgen.h"
#include "test_settings.h"

namespace {

std::map<std::string, std::string> read_options(int argc, char** argv) {
  std::map<std::string, std::string> options;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    size_t equals = word.find('=');
    if (word.rfind("--", 0) == 0) options[word.substr(2, equals - 2)] = equals == std::string::npos ? "yes" : word.substr(equals + 1);
    else if (i + 1 < argc) options[word.substr(1)] = argv[++i];
  }
  return options;
}

// As run_bert_harness.sh starts it: with jemalloc in front of the C library.
void check_allocator() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);)
    if (line.find("libjemalloc.so") != std::string::npos && std::getenv("MALLOC_CONF")) return;
  throw std::runtime_error("jemalloc is not in this process");
}

int run(std::map<std::string, std::string> options) {
  check_allocator();
  if (torch::patches() != 3) throw std::runtime_error("PyTorch was built without Intel's patches");
  for (const char* name : {"n", "i", "j", "w", "warmup"})
    if (options[name].empty()) throw std::runtime_error(std::string("the option ") + name + " is missing");
  Questions questions(torch::load_samples(options["sample_file"]));
  Bert bert(torch::load_model(options["model_file"]), questions, std::stoi(options["i"]));
  mlperf::TestSettings settings;
  const std::string scenario = options["test_scenario"];
  settings.scenario = scenario == "Server" ? mlperf::TestScenario::Server : mlperf::TestScenario::Offline;
  if (settings.FromConfig(options["mlperf_config"], "bert", scenario) || settings.FromConfig(options["user_config"], "bert", scenario)) return 1;
  settings.mode = options["accuracy"].empty() ? mlperf::TestMode::PerformanceOnly : mlperf::TestMode::AccuracyOnly;
  mlperf::LogSettings logs;
  logs.log_output.outdir = options["o"];
  mlperf::StartTest(&bert, &questions, settings, logs);
  std::cout << options["i"] << " instances of " << options["j"] << " threads on " << options["n"] << " nodes\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  return run(read_options(argc, argv));
} catch (const std::exception& why) {
  std::cerr << "bert_inference: " << why.what() << "\n";
  return 1;
}

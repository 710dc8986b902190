// Where the tests that need ONNX Runtime find the library and the models that `run` made.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

namespace mlpgen {

// The value of an environment variable that the suite `harness` sets.
inline std::string setting(const char* name) {
  const char* value = std::getenv(name);
  const std::string message = std::string(name) + " is not set; start `tests/run harness`";
  REQUIRE_MESSAGE(value, message);
  return value;
}

inline std::string library_path() { return setting("MLPGEN_TEST_ONNXRUNTIME"); }
inline std::string test_input(const std::string& name) {
  return setting("MLPGEN_TEST_INPUTS") + "/" + name;
}

}  // namespace mlpgen

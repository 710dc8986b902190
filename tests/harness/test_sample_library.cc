// Samples of several files, loaded and unloaded as LoadGen asks.
#include <doctest/doctest.h>

#include "failure.h"
#include "sample_library.h"
#include "test_files.h"

namespace mlpgen {
namespace {

std::string array_of(int rows, int columns, float first) {
  std::vector<float> numbers;
  for (int i = 0; i < rows * columns; ++i) numbers.push_back(first + static_cast<float>(i));
  return npy_text("{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(rows) +
                      ", " + std::to_string(columns) + "), }",
                  bytes_of(numbers));
}

TEST_CASE("samples are numbered through the files in their order") {
  TestFolder folder;
  SampleLibrary library(
      {folder.write("a", array_of(2, 3, 0)), folder.write("b", array_of(3, 3, 100))}, 4);
  CHECK(library.TotalSampleCount() == 5);
  CHECK(library.PerformanceSampleCount() == 4);
  library.LoadSamplesToRam({4, 1, 2});
  auto first = [&](size_t i) { return *reinterpret_cast<const float*>(library.get(i)); };
  CHECK(first(1) == 3);
  CHECK(first(2) == 100);
  CHECK(first(4) == 106);
}

TEST_CASE("only loaded samples can be had") {
  TestFolder folder;
  SampleLibrary library({folder.write("a", array_of(3, 3, 0))}, 0);
  CHECK(library.PerformanceSampleCount() == 3);
  CHECK_THROWS_AS(library.get(0), Failure);
  library.LoadSamplesToRam({0, 0});  // MultiStream asks twice for the samples that pad a query
  CHECK_NOTHROW(library.get(0));
  CHECK_THROWS_AS(library.get(1), Failure);
  library.UnloadSamplesFromRam({0, 0});
  CHECK_THROWS_AS(library.get(0), Failure);
}

TEST_CASE("files of different samples are refused") {
  TestFolder folder;
  const std::string a = folder.write("a", array_of(2, 3, 0));
  const std::string b = folder.write("b", array_of(2, 4, 0));
  CHECK_THROWS_WITH_AS(SampleLibrary({a, b}, 0),
                       (b + " holds float32[4] a sample, " + a + " holds float32[3]").c_str(),
                       Failure);
}

}  // namespace
}  // namespace mlpgen

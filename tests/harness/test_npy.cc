// .npy headers and samples.
#include <doctest/doctest.h>

#include "failure.h"
#include "npy.h"
#include "ort_abi.h"
#include "test_files.h"

namespace mlpgen {
namespace {

const char* const kDict = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

std::string refusal(const std::string& text) {
  try {
    parse_npy_header(text, "x.npy");
    return "";
  } catch (const Failure& failure) {
    return failure.what();
  }
}

TEST_CASE("a header gives type, shape, count and the place of the data") {
  const NpyHeader header = parse_npy_header(npy_text(kDict, ""), "x.npy");
  CHECK(header.sample.type == ort::kFloat);
  CHECK(header.sample.shape == std::vector<int64_t>{3});
  CHECK(header.sample.bytes() == 12);
  CHECK(header.count == 2);
  CHECK(header.offset == 10 + std::string(kDict).size());
}

TEST_CASE("the longer header of version 2 is read") {
  const std::string dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 2), }";
  std::string text = "\x93NUMPY";
  text += {'\2', '\0', static_cast<char>(dict.size()), '\0', '\0', '\0'};
  const NpyHeader header = parse_npy_header(text + dict, "x.npy");
  CHECK(header.sample == SampleType{ort::kUint8, {2, 2}});
  CHECK(header.offset == 12 + dict.size());
}

TEST_CASE("what is no C-ordered array of a known type is refused by name") {
  CHECK(refusal("PK\3\4 something else") == "x.npy is no .npy file");
  CHECK(refusal(npy_text("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", "")) ==
        "x.npy: element type '<f8' is not one that the harness reads");
  CHECK(refusal(npy_text("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", "")) ==
        "x.npy is in Fortran order");
  CHECK(refusal(npy_text("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }", "")) ==
        "x.npy holds no samples: its shape must be [n, ...]");
  CHECK(refusal(npy_text("{'descr': '<f4', 'fortran_order': False, 'shape': (7,), }", "")) ==
        "x.npy holds no samples: its shape must be [n, ...]");
  CHECK(refusal(npy_text("{'descr': '<f4', 'shape': (2, 3), }", "")) ==
        "x.npy: the .npy header has no 'fortran_order'");
  CHECK(refusal(npy_text(kDict, "").substr(0, 30)) == "x.npy: the .npy header is cut short");
  CHECK(refusal(npy_text("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3), }", "")) ==
        "x.npy: the .npy header has no shape");
}

TEST_CASE("samples are read by number") {
  TestFolder folder;
  const NpyFile file(folder.write("x.npy", npy_text(kDict, bytes_of({1, 2, 3, 4, 5, 6}))));
  std::vector<float> sample(3);
  file.read(1, reinterpret_cast<std::byte*>(sample.data()));
  CHECK(sample == std::vector<float>{4, 5, 6});
}

TEST_CASE("a file shorter or longer than its header says is refused") {
  TestFolder folder;
  CHECK_THROWS_AS(NpyFile(folder.write("a.npy", npy_text(kDict, bytes_of({1, 2, 3, 4, 5})))),
                  Failure);
  CHECK_THROWS_AS(NpyFile(folder.write("b.npy", npy_text(kDict, bytes_of(std::vector<float>(7))))),
                  Failure);
  CHECK_THROWS_AS(NpyFile(folder.path("absent.npy")), Failure);
}

}  // namespace
}  // namespace mlpgen

// The order and parts of a data set, and the .npy file of the preprocessing.
#include <doctest/doctest.h>

#include <filesystem>
#include <stdexcept>

#include "image_list.h"
#include "image_transform.h"
#include "npy_writer.h"
#include "test_files.h"

namespace mlpgen {
namespace {

std::string annotations(int count) {
  std::string text = "{\"annotations\": [], \"images\": [";
  for (int i = 0; i < count; ++i)
    text += (i ? ", " : "") + ("{\"id\": " + std::to_string(1000 - i)) + ", \"file_name\": \"" +
            std::to_string(i) + ".jpg\"}";
  return text + "]}";
}

TEST_CASE("images come in the order of the file, with their number in the data set") {
  TestFolder folder;
  const auto images = read_images(folder.write("a.json", annotations(5)), {4, 1, 2, 0, 1});
  REQUIRE(images.size() == 2);
  CHECK(images[0].index == 1);
  CHECK(images[0].id == "999");
  CHECK(images[1].file_name == "2.jpg");
}

TEST_CASE("shards hold every image once and differ by one at most") {
  TestFolder folder;
  const std::string path = folder.write("a.json", annotations(11));
  size_t next = 0;
  for (size_t shard = 0; shard < 4; ++shard) {
    const auto images = read_images(path, {std::nullopt, 0, std::nullopt, shard, 4});
    CHECK((images.size() == 2 || images.size() == 3));
    for (const ImageEntry& image : images) CHECK(image.index == next++);
  }
  CHECK(next == 11);
}

TEST_CASE("a part that the data set does not have is refused") {
  TestFolder folder;
  const std::string path = folder.write("a.json", annotations(3));
  CHECK_THROWS_WITH(read_images(path, {std::nullopt, 2, 2, 0, 1}),
                    "the data set has 3 images, not 2 to 4");
  CHECK_THROWS_WITH(read_images(path, {std::nullopt, 0, std::nullopt, 3, 5}),
                    "the data set has 3 images, too few for 5 shards");
}

TEST_CASE("annotations that are broken or lead out of the folder are refused") {
  TestFolder folder;
  auto read = [&](const std::string& text) { read_images(folder.write("a.json", text), {}); };
  CHECK_THROWS_AS(read("{"), std::runtime_error);
  CHECK_THROWS_AS(read("{\"images\": []}"), std::runtime_error);
  CHECK_THROWS_AS(read("{\"images\": [{\"id\": 1}]}"), std::runtime_error);
  CHECK_THROWS_WITH(read("{\"images\": [{\"id\": 1, \"file_name\": \"../a.jpg\"}]}"),
                    doctest::Contains("does not lie in the data set's folder"));
  CHECK_THROWS_WITH(read("{\"images\": [{\"id\": 1, \"file_name\": \"/a.jpg\"}]}"),
                    doctest::Contains("does not lie in the data set's folder"));
}

TEST_CASE("the data of a .npy file begins at a multiple of 64 bytes") {
  for (int64_t n : {1, 64, 24781}) {
    const std::string header = npy_header({n, 3, 800, 800});
    CHECK(header.size() % 64 == 0);
    CHECK(header.back() == '\n');
    CHECK(header.find("(" + std::to_string(n) + ", 3, 800, 800)") != std::string::npos);
  }
}

TEST_CASE("a file has its name only when it is finished") {
  TestFolder folder;
  const float sample[] = {1, 2};
  {
    NpyWriter writer(folder.path("a.npy"), {2, 2});
    writer.write(0, sample, sizeof sample);
  }
  CHECK_FALSE(std::filesystem::exists(folder.path("a.npy")));
  CHECK(std::filesystem::is_empty(folder.path(".")));
  NpyWriter writer(folder.path("a.npy"), {2, 2});
  writer.write(1, sample, sizeof sample);
  writer.write(0, sample, sizeof sample);
  writer.finish();
  CHECK(std::filesystem::file_size(folder.path("a.npy")) == npy_header({2, 2}).size() + 16);
  CHECK_THROWS_AS(NpyWriter(folder.path("absent/a.npy"), {2, 2}), std::runtime_error);
}

TEST_CASE("a file that is no image gives false") {
  TestFolder folder;
  std::vector<float> out;
  CHECK_FALSE(transform_image(folder.write("a.jpg", "no image"), Layout::kNchw, out));
  CHECK_FALSE(transform_image(folder.path("absent.jpg"), Layout::kNchw, out));
}

}  // namespace
}  // namespace mlpgen

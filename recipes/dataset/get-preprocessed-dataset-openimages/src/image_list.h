// An annotation file in Open Images' format -> the images in its order, or a part of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlpgen {

struct ImageEntry {
  size_t index = 0;  // in the data set: the number that LoadGen and the accuracy script use
  std::string id;    // as in the file: a number or a word
  std::string file_name;
};

// A part of the data set: either `count` images from `first`, or shard `shard` of `shards`.
struct ImagePart {
  std::optional<size_t> limit;  // the data set is the first `limit` images
  size_t first = 0;
  std::optional<size_t> count;  // empty: up to the end
  size_t shard = 0;             // 0 is the first
  size_t shards = 1;            // contiguous, their lengths differ by one at most
};

// Throws std::runtime_error that says what is wrong with the file or the part; a file name that
// leads out of the data set's folder is refused.
std::vector<ImageEntry> read_images(const std::string& annotations, const ImagePart& part);

}  // namespace mlpgen

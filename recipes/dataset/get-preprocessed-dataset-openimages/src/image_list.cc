// An annotation file in Open Images' format -> the images in its order, or a part of them.
#include "image_list.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace mlpgen {
namespace {

void check_name(const std::string& name, const std::string& annotations) {
  const std::filesystem::path path(name);
  const bool leaves = path.is_absolute() || std::count(path.begin(), path.end(), "..");
  if (name.empty() || leaves)
    throw std::runtime_error(annotations + ": image '" + name +
                             "' does not lie in the data set's folder");
}

std::vector<ImageEntry> read_all(const std::string& annotations) {
  std::ifstream in(annotations);
  if (!in) throw std::runtime_error("cannot open the annotations " + annotations);
  std::vector<ImageEntry> images;
  try {
    const nlohmann::json root = nlohmann::json::parse(in);
    for (const auto& image : root.at("images")) {
      const auto& id = image.at("id");
      images.push_back({images.size(), id.is_string() ? id.get<std::string>() : id.dump(),
                        image.at("file_name").get<std::string>()});
      check_name(images.back().file_name, annotations);
    }
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error(annotations +
                             " is no annotation file of Open Images: " + error.what());
  }
  if (images.empty()) throw std::runtime_error(annotations + " names no images");
  return images;
}

}  // namespace

std::vector<ImageEntry> read_images(const std::string& annotations, const ImagePart& part) {
  std::vector<ImageEntry> images = read_all(annotations);
  if (part.limit) images.resize(std::min(images.size(), *part.limit));
  const size_t total = images.size();
  size_t first = part.first;
  size_t end = part.count ? first + *part.count : total;
  if (part.shards > 1) {
    first = total * part.shard / part.shards;
    end = total * (part.shard + 1) / part.shards;
    if (part.shards > total)
      throw std::runtime_error("the data set has " + std::to_string(total) +
                               " images, too few for " + std::to_string(part.shards) + " shards");
  }
  if (first >= end || end > total)
    throw std::runtime_error("the data set has " + std::to_string(total) + " images, not " +
                             std::to_string(first) + " to " + std::to_string(end));
  return {images.begin() + static_cast<std::ptrdiff_t>(first),
          images.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace mlpgen

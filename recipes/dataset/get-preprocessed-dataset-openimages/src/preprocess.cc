// Images and their annotation file -> one .npy file of tensors and a list of what is in it.
#include <malloc.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <stdexcept>
#include <string_view>

#include "image_list.h"
#include "image_transform.h"
#include "npy_writer.h"

namespace mlpgen {
namespace {

constexpr const char* kHelp =
    R"(openimages-preprocess: images -> the tensors that MLPerf's RetinaNet takes

  --dataset DIR        the images [needed]
  --annotations FILE   their annotation file; its `images` give the order [needed]
  --out FILE.npy       float32[n,3,800,800], red, green, blue from 0 to 1 [needed]
  --list FILE.json     which image is which sample [needed]
  --layout NAME        NCHW, or NHWC for float32[n,800,800,3] (NCHW)
  --limit N            the data set is the first N images only (all)
  --first I --count N  N images from number I; 0 is the first (all)
  --shard K --shards M part K of M parts of nearly equal length; 0 is the first (0 of 1)

It works on one core: run one process for each shard. A missing or broken image is an
error that names it, and no file is left. Exit code: 0 done, 1 you can mend it, 2 usage.

Example: openimages-preprocess --dataset validation/data \
  --annotations annotations/openimages-mlperf.json --out images.npy --list images.json
)";

struct Usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Options {
  std::string dataset, annotations, out, list;
  Layout layout = Layout::kNchw;
  ImagePart part;
};

using Words = std::map<std::string, std::string>;

Words read_words(int argc, char** argv) {
  constexpr std::string_view kFlags[] = {"--dataset", "--annotations", "--out",   "--list",
                                         "--layout",  "--limit",       "--first", "--count",
                                         "--shard",   "--shards"};
  Words words;
  for (int i = 1; i < argc; i += 2) {
    const std::string flag = argv[i];
    if (std::find(std::begin(kFlags), std::end(kFlags), flag) == std::end(kFlags))
      throw Usage("there is no flag '" + flag + "'");
    if (i + 1 == argc || !*argv[i + 1]) throw Usage(flag + " needs a value");
    if (!words.emplace(flag, argv[i + 1]).second) throw Usage(flag + " is given twice");
  }
  return words;
}

std::optional<size_t> read_number(const Words& words, const std::string& flag, size_t min) {
  const auto found = words.find(flag);
  if (found == words.end()) return std::nullopt;
  const std::string& text = found->second;
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < min || number > 1u << 30)
    throw Usage(flag + " '" + text + "' is not a whole number from " + std::to_string(min));
  return number;
}

ImagePart read_part(const Words& words) {
  ImagePart part;
  part.limit = read_number(words, "--limit", 1);
  part.first = read_number(words, "--first", 0).value_or(0);
  part.count = read_number(words, "--count", 1);
  part.shard = read_number(words, "--shard", 0).value_or(0);
  part.shards = read_number(words, "--shards", 1).value_or(1);
  if (part.shard >= part.shards)
    throw Usage("there is no shard " + std::to_string(part.shard) + " of " +
                std::to_string(part.shards) + "; the first is 0");
  if ((words.contains("--first") || words.contains("--count")) && words.contains("--shards"))
    throw Usage("give --first and --count, or --shard and --shards, not both");
  return part;
}

Options read_options(const Words& words) {
  Options options;
  for (const auto& [flag, to] :
       {std::pair("--dataset", &options.dataset), std::pair("--annotations", &options.annotations),
        std::pair("--out", &options.out), std::pair("--list", &options.list)}) {
    const auto found = words.find(flag);
    if (found == words.end()) throw Usage(std::string(flag) + " is missing");
    *to = found->second;
  }
  if (const auto layout = words.find("--layout"); layout != words.end()) {
    if (layout->second != "NCHW" && layout->second != "NHWC")
      throw Usage("--layout is NCHW or NHWC, not '" + layout->second + "'");
    options.layout = layout->second == "NHWC" ? Layout::kNhwc : Layout::kNchw;
  }
  options.part = read_part(words);
  return options;
}

// Keeps freed memory in the process. By default the C library gives buffers of an image's size back
// at once, and clearing their pages again for the next image takes a quarter of the whole time.
void keep_memory() {
  constexpr int kBytes = 512 << 20;
  mallopt(M_MMAP_THRESHOLD, kBytes);
  mallopt(M_TRIM_THRESHOLD, kBytes);
}

void write_list(const Options& options, const std::vector<ImageEntry>& images) {
  nlohmann::ordered_json samples = nlohmann::ordered_json::array();
  for (const ImageEntry& image : images)
    samples.push_back({{"index", image.index}, {"id", image.id}, {"file_name", image.file_name}});
  const nlohmann::ordered_json list = {
      {"format", 1},
      {"layout", options.layout == Layout::kNchw ? "NCHW" : "NHWC"},
      {"dtype", "float32"},
      {"opencv", cv::getVersionString()},
      {"samples", samples}};
  std::ofstream out(options.list);
  out << list.dump(1) << "\n";
  if (!out.flush()) throw std::runtime_error("cannot write " + options.list);
}

void preprocess(const Options& options) {
  const std::vector<ImageEntry> images = read_images(options.annotations, options.part);
  const auto n = static_cast<int64_t>(images.size());
  NpyWriter writer(options.out, options.layout == Layout::kNchw
                                    ? std::vector<int64_t>{n, kChannels, kSide, kSide}
                                    : std::vector<int64_t>{n, kSide, kSide, kChannels});
  std::vector<float> tensor;
  auto told = std::chrono::steady_clock::now();
  for (size_t i = 0; i < images.size(); ++i) {
    const std::string path = options.dataset + "/" + images[i].file_name;
    if (!transform_image(path, options.layout, tensor))
      throw std::runtime_error("image " + path + " is missing or broken");
    writer.write(i, tensor.data(), tensor.size() * sizeof(float));
    const auto now = std::chrono::steady_clock::now();
    if (now - told < std::chrono::seconds(5)) continue;
    told = now;
    std::fprintf(stderr, "preprocess: %zu of %zu images\n", i + 1, images.size());
  }
  write_list(options, images);
  writer.finish();
}

}  // namespace
}  // namespace mlpgen

int main(int argc, char** argv) {
  try {
    if (argc == 2 && std::string(argv[1]) == "--help") {
      std::cout << mlpgen::kHelp;
      return 0;
    }
    cv::setNumThreads(1);  // one process a shard, one core a process
    mlpgen::keep_memory();
    mlpgen::preprocess(mlpgen::read_options(mlpgen::read_words(argc, argv)));
    return 0;
  } catch (const mlpgen::Usage& error) {
    std::cerr << "error: " << error.what() << "\nhelp: see openimages-preprocess --help\n";
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return 1;
  }
}

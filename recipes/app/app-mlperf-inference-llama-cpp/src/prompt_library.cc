// A file of prompts -> LoadGen's query sample library.
#include "prompt_library.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "failure.h"

namespace mlpgen {
namespace {

std::string read_prompt(const std::string& line, const std::string& at) {
  const auto entry = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  const bool has = entry.is_object() && entry.contains("prompt") && entry["prompt"].is_string();
  const std::string text = has ? entry["prompt"].get<std::string>() : "";
  if (text.empty()) throw Failure(at + " is not `{\"prompt\": TEXT}`", "look at --prompts");
  return text;
}

}  // namespace

PromptLibrary::PromptLibrary(const std::string& path, const LanguageModel& model,
                             size_t performance_count)
    : model_(model) {
  std::ifstream in(path);
  if (!in) throw Failure("cannot open " + path, "look at --prompts");
  for (std::string line; std::getline(in, line);) {
    const std::string at = path + ":" + std::to_string(texts_.size() + 1);
    texts_.push_back(read_prompt(line, at));
    const size_t tokens = model.tokenize(texts_.back()).size();
    if (tokens == 0) throw Failure(at + " has no token", "look at --prompts");
    longest_ = std::max(longest_, tokens);
    all_tokens_ += tokens;
  }
  if (texts_.empty()) throw Failure(path + " holds no prompt", "look at --prompts");
  performance_count_ =
      performance_count ? std::min(performance_count, texts_.size()) : texts_.size();
  loaded_.resize(texts_.size());
}

void PromptLibrary::LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>& samples) {
  for (size_t index : samples) loaded_.at(index) = model_.tokenize(texts_.at(index));
}

void PromptLibrary::UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>& samples) {
  for (size_t index : samples) loaded_.at(index) = {};
}

const Tokens& PromptLibrary::get(size_t index) const {
  if (index >= loaded_.size() || loaded_[index].empty())
    throw Failure("prompt " + std::to_string(index) + " was asked for before it was loaded");
  return loaded_[index];
}

}  // namespace mlpgen

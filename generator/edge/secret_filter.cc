// Replaces values, longest first.
#include "edge/secret_filter.h"

#include <algorithm>
#include <utility>

namespace mlpgen {

SecretFilter::SecretFilter(std::vector<std::string> values) : values_(std::move(values)) {
  std::erase_if(values_, [](const std::string& v) { return v.empty(); });
  std::sort(values_.begin(), values_.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string SecretFilter::pass(std::string_view text) {
  if (values_.empty()) return std::string(text);
  std::string all = kept_ + std::string(text);
  kept_.clear();
  std::string shown;
  for (size_t at = 0; at < all.size();) {
    std::string_view rest = std::string_view(all).substr(at);
    // A value that may still be coming wins over a shorter one that is already there.
    auto found = std::find_if(values_.begin(), values_.end(), [&](const std::string& v) {
      return rest.starts_with(v) || (rest.size() < v.size() && v.starts_with(rest));
    });
    if (found == values_.end()) {
      shown += all[at++];
    } else if (rest.size() < found->size()) {
      kept_ = rest;
      return shown;
    } else {
      shown += "***";
      at += found->size();
    }
  }
  return shown;
}

std::string SecretFilter::finish() {
  std::string shown;
  std::string kept = std::exchange(kept_, "");
  while (!kept.empty()) {
    auto found = std::find_if(values_.begin(), values_.end(),
                              [&](const std::string& v) { return kept.starts_with(v); });
    shown += found == values_.end() ? kept.substr(0, 1) : "***";
    kept.erase(0, found == values_.end() ? 1 : found->size());
  }
  return shown;
}

}  // namespace mlpgen

// Bounds of what keys make of each other: a circle is an error of its own, and what grows with each
// key ends here.
#include "resolve/frame/frame.h"

namespace mlpgen {
namespace {

constexpr size_t kLongestChain =
    500;  // keys of which each refers to the next: a few hundred KiB of stack
constexpr size_t kLargestValue = 4 << 20;  // bytes; one word of a command takes 128 KiB

}  // namespace

void Frame::report_too_large(Span at, const std::string& what, const std::string& help) {
  if (!too_large_) sink_.error("too-large", at, what).with_help(help);
  too_large_ = true;  // the keys behind it would repeat it
}

bool Frame::is_near(const std::string& key, Span at) {
  if (in_progress_.size() <= kLongestChain) return true;
  in_progress_.erase(key);
  report_too_large(at,
                   "'" + key + "' depends on a chain of " + std::to_string(kLongestChain) +
                       " keys of which each refers to the next",
                   "let the first ones refer to the last value itself");
  return false;
}

bool Frame::has_room(size_t& size, const Value& more, Span at) {
  for (const Template& item : more.items) size += item.size() + 1;
  if (size <= kLargestValue) return true;
  report_too_large(
      at,
      "the value that is made here has more than " + std::to_string(kLargestValue >> 20) + " MiB",
      "`mlpgen explain KEY` shows what a key is made of; keys that hold each other several times "
      "grow exponentially");
  return false;
}

}  // namespace mlpgen

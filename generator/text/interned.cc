// The pool of shared texts: a hash table whose slots name texts that never move.
#include "text/interned.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace mlpgen {
namespace {

class Pool {
 public:
  const std::string* find_or_add(std::string_view text) {
    if (texts_.size() * 4 >= slots_.size() * 3) grow();
    const auto hash = static_cast<uint32_t>(std::hash<std::string_view>()(text));
    size_t at = place_of(hash, [&](uint32_t number) { return texts_[number] == text; });
    if (slots_[at].number == kFree) {
      slots_[at] = {hash, static_cast<uint32_t>(texts_.size())};
      texts_.emplace_back(text);
    }
    return &texts_[slots_[at].number];
  }

 private:
  static constexpr uint32_t kFree = 0xffffffff;
  struct Slot {
    uint32_t hash = 0;
    uint32_t number = kFree;  // of the text
  };

  // Where a text with that hash stands, or else the free slot for it.
  template <class Same>
  size_t place_of(uint32_t hash, Same same) const {
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at].number != kFree && !(slots_[at].hash == hash && same(slots_[at].number)))
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (const Slot& s : old)
      if (s.number != kFree) slots_[place_of(s.hash, [](uint32_t) { return false; })] = s;
  }

  std::deque<std::string> texts_;
  std::vector<Slot> slots_ =
      std::vector<Slot>(1024);  // a power of two, at most three quarters in use
};

// Never destroyed: a text may be asked for until the process ends.
Pool& pool() {
  static Pool& all = *new Pool;
  return all;
}

}  // namespace

Interned::Interned() {
  static const std::string* const nothing = pool().find_or_add("");
  text_ = nothing;
}

Interned::Interned(std::string_view text) : text_(pool().find_or_add(text)) {}

}  // namespace mlpgen

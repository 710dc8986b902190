// Conditions: classified when loaded, evaluated when resolved.
#include "recipe/condition.h"

#include <algorithm>
#include <array>

#include "text/text.h"

namespace mlpgen {
namespace {

std::string words_of(const KeyTest& t) {
  std::vector<std::string> all;
  for (const Text& w : t.words) all.push_back(w.value);
  return join(all, ", ");
}

std::string state(const KeyTest& t, const std::optional<std::string>& value) {
  std::string is = value ? "'" + *value + "'" : "unset";
  return t.key.value + " is " + is + ", asked for: " + words_of(t);
}

}  // namespace

bool is_true_word(std::string_view word) {
  std::string w = lower(word);
  return w == "yes" || w == "on" || w == "true" || w == "1";
}

bool is_false_word(std::string_view word) {
  std::string w = lower(word);
  return w == "no" || w == "off" || w == "false" || w == "0";
}

void classify(KeyTest& test, Sink& sink) {
  size_t on = 0, off = 0;
  for (const Text& w : test.words) {
    if (is_true_word(w.value)) ++on;
    if (is_false_word(w.value)) ++off;
  }
  if (test.words.empty()) {
    sink.error("empty-condition", test.key.span,
               "the condition on '" + test.key.value + "' lists no words")
        .with_help("write `" + test.key.value +
                   ": [yes]` for 'is on', or the values that it may have");
  } else if (on == test.words.size()) {
    test.kind = KeyTest::Kind::kOn;
  } else if (off == test.words.size()) {
    test.kind = KeyTest::Kind::kOff;
  } else if (on + off == 0) {
    test.kind = KeyTest::Kind::kEquals;
  } else {
    sink.error("mixed-condition", test.key.span,
               "the condition on '" + test.key.value +
                   "' mixes yes/no words with others: " + words_of(test))
        .with_help("use only words of one kind: yes on true 1, or no off false 0, or plain values");
  }
}

bool holds(const KeyTest& test, const std::optional<std::string>& value) {
  bool off = !value || trim(*value).empty() || is_false_word(trim(*value));
  switch (test.kind) {
    case KeyTest::Kind::kOn:
      return !off;
    case KeyTest::Kind::kOff:
      return off;
    case KeyTest::Kind::kEquals:
      return value && std::any_of(test.words.begin(), test.words.end(),
                                  [&](const Text& w) { return w.value == *value; });
  }
  return false;
}

Decision evaluate(const Conditions& when, const Lookup& lookup) {
  auto test = [&](const KeyTest& t) { return holds(t, lookup(t.key.value)); };
  for (const KeyTest& t : when.enable_all)
    if (!test(t)) return {false, state(t, lookup(t.key.value))};
  if (!when.enable_any.empty() &&
      std::none_of(when.enable_any.begin(), when.enable_any.end(), test))
    return {false, state(when.enable_any.front(), lookup(when.enable_any.front().key.value))};
  if (!when.skip_all.empty() && std::all_of(when.skip_all.begin(), when.skip_all.end(), test))
    return {false, "skipped, since " +
                       state(when.skip_all.front(), lookup(when.skip_all.front().key.value))};
  for (const KeyTest& t : when.skip_any)
    if (test(t)) return {false, "skipped, since " + state(t, lookup(t.key.value))};
  if (!when.enable_all.empty())
    return {true, state(when.enable_all.front(), lookup(when.enable_all.front().key.value))};
  return {true, ""};
}

std::vector<std::string> decisive_keys(const Conditions& when, const Lookup& lookup) {
  const std::array lists = {&when.enable_all, &when.enable_any, &when.skip_all, &when.skip_any};
  std::array<std::vector<bool>, lists.size()> held;
  for (size_t i = 0; i < lists.size(); ++i)
    for (const KeyTest& t : *lists[i]) held[i].push_back(holds(t, lookup(t.key.value)));
  auto all = [](const std::vector<bool>& h) {
    return std::find(h.begin(), h.end(), false) == h.end();
  };
  auto any = [](const std::vector<bool>& h) {
    return std::find(h.begin(), h.end(), true) != h.end();
  };
  auto enabled = [&] {
    return all(held[0]) && (held[1].empty() || any(held[1])) &&
           (held[2].empty() || !all(held[2])) && !any(held[3]);
  };
  std::vector<std::string> keys;
  if (size_t first =
          static_cast<size_t>(std::find(held[0].begin(), held[0].end(), false) - held[0].begin());
      first < held[0].size())
    keys.push_back(when.enable_all[first].key.value);
  bool now = enabled();
  for (size_t i = 0; i < lists.size(); ++i)
    for (size_t j = 0; j < lists[i]->size(); ++j) {
      held[i][j].flip();
      if (enabled() != now) keys.push_back((*lists[i])[j].key.value);
      held[i][j].flip();
    }
  return keys;
}

}  // namespace mlpgen

// What a request came to, in the words of the benchmark.
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "resolve/resolution.h"

namespace mlpgen {

struct Choice {
  std::string name;   // "model", "scenario", "round", "division", ..., as the flags are called
  std::string value;  // several with commas
  std::string who;    // what set it: "flag --model", "default", ...
  Span span;          // and where
};

// Of the choices that a benchmark has, those that this root has a value for, in a fixed order.
std::vector<Choice> choices_of(const Resolution& resolution, const Instance& root);

// The value of one of them; "" where the root has none.
std::string choice(const std::vector<Choice>& all, const std::string& name);

// "retinanet Offline, round v5.1, open division, edge"; for what is no benchmark the recipe's id
// and its variations.
std::string headline(const Instance& root, const std::vector<Choice>& choices);

}  // namespace mlpgen

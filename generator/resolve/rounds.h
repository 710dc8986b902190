// The round that a request takes part in, and the keys that it gives.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "recipe/library.h"
#include "resolve/frame.h"
#include "round/round.h"

namespace mlpgen {

class Rounds {
 public:
  Rounds(Library& library, Sink& sink) : library_(library), sink_(sink) {}

  // Sets CM_MLPERF_ROUND and CM_MLPERF_ROUND_*, after checking that the round has the model in the category and
  // scenario. Reports unknown-round, unsupported-combination; false after an error.
  bool bind(Frame& frame, const RoundUse& use);

 private:
  struct Wish {
    std::string round, model, category, scenario;  // round "": the newest that has the model in its category
    Span model_at, round_at;
  };

  Wish wish_of(Frame& frame, const RoundUse& use) const;
  const Round* choose(const Wish& wish, std::string& path);
  const Round* read(const std::string& path);  // each file once
  void report_none(const Wish& wish, const std::vector<std::string>& names);

  Library& library_;
  Sink& sink_;
  std::map<std::string, std::optional<Round>> read_;
};

}  // namespace mlpgen

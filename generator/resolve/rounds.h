// The round that a request takes part in, and the keys that it gives.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "recipe/library.h"
#include "resolve/frame/frame.h"
#include "resolve/run_settings.h"
#include "round/round.h"

namespace mlpgen {

class Rounds {
 public:
  Rounds(Library& library, Sink& sink) : library_(library), sink_(sink), settings_(library, sink) {}

  // Sets the round's key, CM_MLPERF_ROUND and CM_MLPERF_ROUND_*, after checking that the round has
  // each model in the category and each scenario; for one model also CM_MLPERF_COMPLIANCE_TESTxx,
  // yes for the compliance tests that its result has in this division. The scenario `all` becomes
  // all that the round has for the models. Reports unknown-round, unsupported-combination, and as a
  // warning older-round, where newer rounds than the one that is taken lack a model; false after an
  // error.
  bool bind(Frame& frame, const RoundUse& use);

 private:
  struct Wish {
    std::string round;  // "": the newest that has all models in the category
    std::vector<std::string> models;
    std::string category, division;
    std::vector<std::string> scenarios;
    Span model_at, round_at;
  };

  Wish wish_of(Frame& frame, const RoundUse& use) const;
  // Where the request names no round, that newer ones than `taken` lack a model.
  void warn_older(const Frame& frame, const RoundUse& use, const Wish& wish, const Round& taken);
  bool check(const Round& round, const Wish& wish);
  void expand_scenarios(Frame& frame, const RoundUse& use, const Round& round, const Wish& wish);
  const Round* choose(const Wish& wish, std::string& path);
  const Round* read(const std::string& path);  // each file once
  // Whether each model stands before a colon in a round's file, as a model or an alias must, with
  // the category; else the file need not be parsed.
  bool may_have(const std::string& path, const Wish& wish);
  void report_none(const Wish& wish, const std::vector<std::string>& names);
  // "rounds that have it: v5.1, v6.0", newest first; "" where none has it.
  std::string rounds_with(const RoundRequest& request);

  Library& library_;
  Sink& sink_;
  std::map<std::string, std::optional<Round>> read_;
  RunSettings settings_;
};

}  // namespace mlpgen

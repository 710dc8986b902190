// A small project input: what the tests of picture ask about.
#pragma once

#include <nlohmann/json.hpp>

#include "picture/picture.h"
#include "plan/test_bench.h"

namespace mlpgen {

class PictureBench : public PlanBench {
 public:
  // A rule of each kind that the tests use: fetch-it, compile-it, measure-it, refuse-it, ...
  PictureBench() {
    for (const char* kind : {"fetch", "extract", "compile", "preprocess", "measure", "score",
                             "check", "refuse", "write"})
      rule(std::string(kind) + "-it", "kind: " + std::string(kind) + "\nmode: " +
                                          (std::string(kind) == "measure" ? "measure" : "work") +
                                          "\nparams:\n  from: {type: list, about: f, default: "
                                          "[]}\n  word: {type: text, about: w, default: hello}\n"
                                          "edges:\n  - {id: e, argv: [run, '${word}', '${from}', "
                                          "'${out}/file'], outputs: {file: file}}");
  }

  // Draws the request; `made`: edges whose artifact is there.
  const Picture& draw(const std::string& words, const std::vector<std::string>& made = {}) {
    REQUIRE_MESSAGE(plan(words), diagnostics());
    std::vector<RunState> states(planned->plan.edges.size(), RunState::kNotYet);
    for (const std::string& name : made) states[number(name)] = RunState::kMade;
    input = std::make_unique<PictureInput>(
        PictureInput{*result, *planned, *sources, states, split(words, ' ')});
    picture = std::make_unique<Picture>(make_picture(*input));
    return *picture;
  }
  size_t number(const std::string& edge_name) const {
    return static_cast<size_t>(&edge(edge_name) - planned->plan.edges.data());
  }
  const DrawnInstance& node(const std::string& name) const {
    for (const DrawnInstance& n : picture->nodes)
      if (n.name == name) return n;
    FAIL("no node " << name);
    return picture->nodes.front();
  }
  std::string stage(const std::string& name) const { return to_word(node(name).stage); }
  std::string state(const std::string& name) const { return to_word(node(name).state); }

  std::unique_ptr<PictureInput> input;
  std::unique_ptr<Picture> picture;
};

}  // namespace mlpgen

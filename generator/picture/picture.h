// A graph to be looked at: the instances of a resolution with their stage, their state and what
// they use of each other.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "picture/stage.h"
#include "plan/planner.h"

namespace mlpgen {

enum class RunState {
  kNothing,    // there is nothing to run: it chooses, or looks for something on this machine
  kMade,       // made from exactly the inputs of this plan
  kNotYet,     // not made
  kOutOfDate,  // not made from these inputs; an earlier one, of other inputs, is there
  kStopped,    // it began and did not finish
  kRefused,    // it, or something that it needs, refuses to run
};
const char* to_word(RunState state);

// What the pictures are made of; the run directory is looked at by whoever fills `edges`.
struct PictureInput {
  const Resolution& resolution;
  const Planned& planned;
  const Sources& sources;
  std::vector<RunState> edges;       // of each edge of the plan, by what lies in the run directory
  std::vector<std::string> request;  // the words that were asked
};

struct DrawnInstance {
  const Instance* instance = nullptr;
  std::string name;  // unique: the recipe's id; from the second on with a number, "get-uv:2"
  std::string
      label;  // what tells it from others of its recipe: "_submission", "CM_MODE=accuracy"; or ""
  Stage stage = Stage::kRequest;
  RunState state = RunState::kNothing;
  bool helper =
      false;  // it has no steps, is no root and calls nobody in order: a probe or a choice
  std::vector<EdgeId> edges;         // of its steps, in their order, each once
  std::vector<uint32_t> uses;        // numbers of those whose artifacts its edges read, sorted
  std::vector<std::string> targets;  // for which it is the root
};

struct Picture {
  Picture(const PictureInput& input_) : input(input_) {}  // NOLINT: implicit on purpose

  const PictureInput& input;         // must outlive the picture
  std::vector<DrawnInstance> nodes;  // as the instances
  std::vector<RunState> edges;       // of each edge of the plan, those that refuse as well
  std::vector<uint32_t> edge_nodes;  // of each edge of the plan: the first instance that has it
};

Picture make_picture(const PictureInput& input);

// Graphviz and Mermaid. An arrow leads from what is needed to what needs it, so they read in the
// order in which things happen. Of the instances by default: an arrow for each dep; with
// `build_edges` of the edges of the plan: an arrow for each artifact that is read (solid), and for
// each edge that only comes before (dashed).
std::string to_dot(const Picture& picture, bool build_edges);
std::string to_mermaid(const Picture& picture, bool build_edges);

// All of it; the keys are listed in docs/graph.md. No value of a secret is known here, so none is
// in it.
nlohmann::ordered_json to_json(const Picture& picture);

// One HTML page that shows all of to_json() and asks nothing of the network. `written`: when the
// states were looked at, for people.
std::string to_page(const Picture& picture, const std::string& written);

}  // namespace mlpgen

// Every edge of the graph: its command, what goes in, what comes out, and the identity that names
// its directory.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "recipe/template.h"
#include "text/interned.h"

namespace mlpgen {

struct EdgeInput {
  Interned
      path;  // relative to the run directory, or absolute for a file of the project or of the user
  bool fetched = false;  // comes from outside: verified again when it changed on disk
};

// Edges have most of their words in common, so these are shared: a plan may hold 100,000 edges.
struct Edge {
  std::string identity;  // 64 hexadecimal digits
  std::string name;      // RECIPE/STEP, unique in the plan
  Interned about;
  std::string directory;  // out/RECIPE/IDENTITY12
  Interned mode;          // work | measure | fetch
  Interned rule;          // name of the rule, and its kind
  Interned kind;
  std::vector<Interned> argv;
  std::vector<std::pair<Interned, Interned>> env;
  std::vector<Interned> pass_env;
  std::vector<Interned> secrets;
  std::vector<EdgeInput> inputs;
  std::vector<Interned> outputs;  // relative to the directory; a folder ends in '/'
  std::vector<std::pair<Interned, Interned>> links;  // name in the run directory, output
  std::vector<EdgeId> needs;                         // edges whose outputs are inputs, each once
  std::vector<EdgeId>
      after;  // edges that are done before, by the phases of the deps; no part of the identity
  Interned target;  // the Ninja target that it belongs to, or ""
  Span step;        // the recipe line that it comes from
  std::vector<std::pair<std::string, std::string>>
      parts;                // what the identity was made of: "word", "env", ... and its text
  std::string attempt_key;  // of a measurement: the name under which reruns are counted
};

struct PlanTarget {
  std::string name;
  std::string about;
  std::vector<EdgeId> edges;  // empty: there is nothing to do for this request
  bool is_default = false;
  std::string nothing;   // what it says when it has no edges
  bool not_yet = false;  // nothing is written for it yet: it fails
};

struct Plan {
  std::vector<Edge> edges;  // what an edge needs stands before it
  std::vector<PlanTarget> targets;
  std::vector<std::string> inputs;  // files and folders that configure read, sorted, each once

  const Edge& at(EdgeId id) const { return edges[static_cast<uint32_t>(id)]; }
};

}  // namespace mlpgen

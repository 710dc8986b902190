// The answers of `mlpgen explain`, as JSON from which the text is made.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "command/session.h"

namespace mlpgen {

struct Asked {
  const Session& session;
  const Resolution& resolution;
  const Plan& plan;
};

using Answer = nlohmann::ordered_json;

// Each gives null where `what` is no such thing.
Answer explain_key(const Asked& asked, const std::string& what);  // an env key, or --FLAG
Answer explain_recipe(const Asked& asked,
                      const std::string& what);  // the id of a recipe that the request uses
Answer explain_target(const Asked& asked, const std::string& what);  // a Ninja target
Answer explain_edge(const Asked& asked, const Edge& edge);

std::string key_text(const Answer& answer);
std::string recipe_text(const Answer& answer);
std::string target_text(const Answer& answer);
std::string edge_text(const Answer& answer);

}  // namespace mlpgen

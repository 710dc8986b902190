// mlpgen dump: what a stage makes of the request.
#include <iostream>

#include "command/questions.h"
#include "command/session.h"
#include "manifest/ninja.h"

namespace mlpgen {

int run_dump(const CommandLine& line) {
  Session s(line);
  std::string stage = line.option("--stage", "resolve");
  if (stage != "resolve" && stage != "plan" && stage != "ninja") {
    std::cerr << "error: there is no stage '" << stage << "'  [unknown-option]\nhelp: stages: resolve, plan, ninja\n";
    return kUsage;
  }
  if (!s.open(line.words)) return s.finish();
  std::optional<Resolution> resolution = s.resolve_request();
  if (!resolution) return s.finish();
  if (stage == "resolve") {
    std::cout << resolution_json(*resolution, s.sources).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return s.finish();
  }
  std::optional<Planned> planned = s.plan(*resolution, true);
  if (!planned) return s.finish();
  std::cout << (stage == "plan" ? to_plan_file(planned->plan) : to_ninja(planned->plan, {s.installation.mlpgen, s.installation.edge}));
  return s.finish();
}

}  // namespace mlpgen

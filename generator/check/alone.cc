// Each recipe resolved and planned as a request of its id alone has it, without this machine's
// tools.
#include <algorithm>

#include "check/pieces.h"
#include "plan/planner.h"
#include "resolve/resolver.h"

namespace mlpgen {
namespace {

// What no word of a request and no lock cures: where else configure stops, a flag, a caller's key
// or a tool may be all that is missing.
constexpr const char* kCertain[] = {"dep-cycle",      "duplicate-output", "env-cycle",
                                    "late-condition", "leads-outside",    "order-cycle",
                                    "phase-cycle",    "two-values",       "undeclared-key",
                                    "unknown-output", "unknown-version"};

bool no_request_cures(const Diagnostic& d) {
  return d.severity == Severity::kError && std::any_of(std::begin(kCertain), std::end(kCertain),
                                                       [&](const char* id) { return d.id == id; });
}

void check_alone(const Recipe& recipe, Library& library, Host& host, SourceDigests& digests,
                 Sink& sink) {
  std::vector<ProbedTool> probed;
  Request request;
  request.root.tags = {recipe.id};
  request.root_span = recipe.id.span;
  request.probed = &probed;
  Sink tried;
  PlanSettings settings;
  settings.require_lock = false;
  if (std::optional<Resolution> r = resolve(library, host, request, tried))
    make_plan(*r, library, Lock(), digests, settings, tried);
  for (const Diagnostic& d : tried.all())
    if (no_request_cures(d)) sink.take(d);
}

}  // namespace

void check_alone(Library& library, Sink& sink) {
  Host host("", "");
  SourceDigests digests("");
  for (const std::string& id : library.ids())
    if (const Recipe* r = library.recipe(id); r && !r->missing)
      check_alone(*r, library, host, digests, sink);
}

}  // namespace mlpgen

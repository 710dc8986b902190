// mlpgen dump: what a stage makes of the request.
#include <iostream>

#include "command/options.h"
#include "command/request/session.h"
#include "command/request/words.h"
#include "command/text/questions.h"
#include "file/digest.h"
#include "file/file.h"
#include "manifest/ninja.h"
#include "manifest/normalised.h"
#include "resolve/resolver.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string ninja_text(const Session& s, const Plan& plan, bool normalise) {
  std::string text = to_ninja(plan, {s.installation.mlpgen, s.installation.edge}).whole();
  return normalise ? without_identities(plan, text) : text;
}

std::string plan_lines(const Plan& plan, bool normalise) {
  return normalise ? normalised_plan_file(plan) : to_plan_file(plan).whole();
}

// One word for all that a request makes: its edges, its targets, what plain `ninja` builds. Nothing
// where it cannot be planned.
nlohmann::ordered_json graph_of(Session& s, const Resolution& r, bool normalise) {
  std::optional<Planned> planned = s.plan(r, false);
  if (!planned) return nullptr;
  planned->plan.inputs.clear();  // what was read for the requests before this one is among them
  std::string wants;             // what the lock lacks keeps edges from the plan
  for (const LockWant& w : planned->wants) wants += w.key + "\n";
  return sha256(wants + ninja_text(s, planned->plan, normalise) +
                plan_lines(planned->plan, normalise));
}

// One request a line, its words separated by blanks: one JSON object a line. Each recipe is read
// once for all of them.
int dump_all(Session& s, const std::string& path, bool with_graph, bool normalise) {
  Result<std::string> text = read_file(path);
  if (!text) {
    s.sink.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
    return s.finish();
  }
  std::vector<std::string> lines = split(*text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  if (!s.open({"any"})) return s.finish();
  for (const std::string& line : lines) {
    Sink sink;
    Request request = parse_request(split(line, ' '), s.sources, sink);
    request.directory = s.saved.directory;
    request.locked = s.request.locked;
    std::optional<Resolution> r;
    if (sink.ok()) r = resolve(*s.library, *s.host, request, sink);
    nlohmann::ordered_json out = {{"request", line}, {"resolution", nullptr}};
    if (r) out["resolution"] = resolution_json(*r, s.sources);
    if (with_graph) out["graph"] = r ? graph_of(s, *r, normalise) : nullptr;
    out["diagnostics"] = nlohmann::ordered_json::array();
    for (const std::string& d : split(to_json(sink, s.sources), '\n'))
      if (!d.empty()) out["diagnostics"].push_back(nlohmann::ordered_json::parse(d));
    std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  }
  return s.finish();
}

}  // namespace

static int run_dump(const CommandLine& line) {
  Session s(line);
  std::string stage = line.option("--stage", "resolve");
  if (stage != "resolve" && stage != "plan" && stage != "ninja") {
    s.sink.error("unknown-option", {}, "there is no stage '" + stage + "'")
        .with_help("stages: resolve, plan, ninja");
    return s.finish_usage();
  }
  const bool normalise = line.has("--normalise");
  if (line.has("--requests"))
    return dump_all(s, line.option("--requests"), stage != "resolve", normalise);
  if (!s.open(line.words)) return s.finish();
  std::optional<Resolution> resolution = s.resolve_request();
  if (!resolution) return s.finish();
  if (stage == "resolve") {
    std::cout << resolution_json(*resolution, s.sources)
                     .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
              << "\n";
    return s.finish();
  }
  std::optional<Planned> planned = s.plan(*resolution, true);
  if (!planned) return s.finish();
  std::cout << (stage == "plan" ? plan_lines(planned->plan, normalise)
                                : ninja_text(s, planned->plan, normalise));
  return s.finish();
}

CommandEntry dump_entry() {
  return {"dump",
          "[REQUEST]",
          "Print the output of a stage for the request",
          std::string(R"(Without a request: that of this run directory.
)") + kRequestHelp,
          {{"--stage", "resolve|plan|ninja", "which stage (default: resolve)"},
           {"--requests", "FILE",
            "one request a line: each resolved, one JSON object a line; with --stage=plan also a "
            "digest of its graph"},
           {"--normalise", "",
            "numbers in the order of the edges for identities, so that two versions of mlpgen can "
            "be compared"},
           kDirectoryOption,
           kLockFileOption,
           kTrustOption,
           kFormatOption,
           kHelpOption},
          true,
          run_dump};
}

}  // namespace mlpgen

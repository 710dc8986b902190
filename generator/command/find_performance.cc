// mlpgen find-performance: what the searches of this run directory found, also as a file for --sut.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/edges.h"
#include "command/request/session.h"
#include "file/file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using Json = nlohmann::json;

struct FoundTarget {
  std::string edge, model, scenario;
  Json found;  // found.json of mlpgen-tool search
};

// The searches that are done, by model and scenario; `words` are edges, none: all.
std::vector<FoundTarget> found_targets(const std::vector<std::string>& words, Sink& sink) {
  std::vector<FoundTarget> all;
  std::vector<std::string> names;
  for (const std::string& word : words)
    if (std::optional<Step> step = find_edge(word, sink)) names.push_back(step->name);
  Result<std::vector<StepSummary>> steps = list_steps(".");
  if (!steps) {
    sink.error("damaged-plan", {}, steps.error().message).with_help(steps.error().help);
    return all;
  }
  for (const StepSummary& step : *steps) {
    const std::string path = step.directory + "/found.json";
    if (!words.empty() && std::find(names.begin(), names.end(), step.name) == names.end()) continue;
    if (!is_made(step.directory) || !exists(path)) continue;
    Result<std::string> text = read_file(path);
    Json found = text ? Json::parse(*text, nullptr, false) : Json();
    const std::string name = found.is_object() ? found.value("name", "") : "";
    const size_t slash = name.find('/');
    if (slash == std::string::npos)
      sink.error("bad-json", {}, path + " is not what a search writes")
          .with_help("mlpgen rerun " + step.name + " && ninja find-performance");
    else
      all.push_back({step.name, name.substr(0, slash), name.substr(slash + 1), std::move(found)});
  }
  std::sort(all.begin(), all.end(), [](const FoundTarget& a, const FoundTarget& b) {
    return std::tie(a.model, a.scenario, a.edge) < std::tie(b.model, b.scenario, b.edge);
  });
  return all;
}

const char* target_key(const FoundTarget& f) {
  return f.found.contains("target_qps") ? "target_qps" : "target_latency";
}

const char* unit_of(const FoundTarget& f) {
  return f.scenario == "Offline"          ? "samples/s"
         : f.found.contains("target_qps") ? "queries/s"
                                          : "ms";
}

std::string text_of(const FoundTarget& f) {
  char reached[32];
  std::snprintf(reached, sizeof reached, "%.5g", f.found.value("reached", 0.0));
  return f.model + " " + f.scenario + ": " + reached + " " + unit_of(f) + ", " +
         counted(f.found.value("probes", Json::array()).size(), "probe") + "; --" + target_key(f) +
         "=" + f.found.value(target_key(f), Json()).dump() + "\n";
}

// The file of --sut (round/system_targets.h).
std::string system_file(const std::vector<FoundTarget>& all) {
  std::string text =
      "# What `ninja find-performance` found; --sut=FILE reads it.\nformat: 1\ntargets:\n";
  std::string model;
  for (const FoundTarget& f : all) {
    if (f.model != model) text += "  " + f.model + ":\n";
    model = f.model;
    text += "    " + f.scenario + ": {" + target_key(f) + ": " +
            f.found.value(target_key(f), Json()).dump() + "}\n";
  }
  return text;
}

// Two searches of one benchmark, with other implementations for one, would be one line of the file.
void check_one_each(const std::vector<FoundTarget>& all, Sink& sink) {
  for (size_t i = 1; i < all.size(); ++i)
    if (all[i - 1].model == all[i].model && all[i - 1].scenario == all[i].scenario)
      sink.error("ambiguous-edge", {},
                 all[i - 1].edge + " and " + all[i].edge + " both searched " + all[i].model +
                     " in " + all[i].scenario)
          .with_help("name the edge: mlpgen find-performance " + all[i].edge + " --save=FILE");
}

void save(const std::string& path, const std::string& shown, const std::vector<FoundTarget>& all,
          Sink& sink) {
  check_one_each(all, sink);
  if (!sink.ok()) return;
  if (exists(path)) {
    sink.error("unwritable-file", {}, shown + " is there already")
        .with_help("name another file with --save, or remove that one");
    return;
  }
  if (Status s = write_file(path, system_file(all)); !s) {
    sink.error("unwritable-file", {}, s.error().message)
        .with_help("choose another file with --save, or make its folder first");
    return;
  }
  std::cout << "Wrote " << shown << "; --sut=" << shown << " reads it\n";
}

}  // namespace

static int run_find_performance(const CommandLine& line) {
  const std::string shown = line.option("--save"),
                    path = shown.empty() ? "" : std::filesystem::absolute(shown).string();
  Session s(line);
  if (!s.is_configured()) return s.finish();
  const std::vector<FoundTarget> all = found_targets(line.words, s.sink);
  if (all.empty() && s.sink.ok())
    s.sink.error("nothing-measured", {}, "no search is done in this run directory")
        .with_help("run `ninja find-performance` first; the C++ implementations search");
  if (!s.sink.ok()) return s.finish();
  if (s.json) {
    Json list = Json::array();
    for (const FoundTarget& f : all) {
      list.push_back(f.found);
      list.back()["edge"] = f.edge;
    }
    std::cout << list.dump(2) << "\n";
  } else {
    for (const FoundTarget& f : all) std::cout << text_of(f);
  }
  if (!path.empty()) save(path, shown, all, s.sink);
  return s.finish();
}

CommandEntry find_performance_entry() {
  return {
      "find-performance",
      "[EDGE...]",
      "Say what the searches found, and write it for --sut",
      R"(`ninja find-performance` searches for what this system reaches: samples/s in Offline, the
highest rate in Server whose latencies hold, the time of a query in SingleStream and MultiStream.
This prints what was found in this run directory. With --save it writes a file of targets, which
--sut=FILE gives to other requests.

Example:
  ninja find-performance && mlpgen find-performance --save=acme.yaml
  mlpgen configure --model=retinanet --implementation=cpp --execution_mode=valid --sut=acme.yaml)",
      {{"--save", "FILE", "write the targets there; a file that exists stays as it is"},
       kDirectoryOption,
       kFormatOption,
       kHelpOption},
      false,
      run_find_performance};
}

}  // namespace mlpgen

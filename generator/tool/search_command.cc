// mlpgen-tool search: runs a harness again and again, until what the system reaches is known.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/subcommand.h"
#include "file/file.h"
#include "loadgen/target_search.h"
#include "process/process.h"
#include "text/text.h"

namespace mlpgen::submission {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// One search as its command line gives it.
struct SearchRun {
  TargetSearch search;
  std::string name;  // MODEL/SCENARIO as a request names them
  std::string user_conf, kept, out;
  std::vector<std::string> command;
};

Result<double> number_of(const std::string& text, const std::string& name) {
  char* end = nullptr;
  double value = text.empty() ? 0 : std::strtod(text.c_str(), &end);
  if (!text.empty() && (*end || !(value > 0) || !std::isfinite(value)))
    return Error{"'" + text + "' after " + option_of(name) + " is no number above 0",
                 "give a number", 0, "usage"};
  return value;
}

Json to_json(const Probe& p) {
  return {{"target", p.target},
          {"seconds", p.seconds},
          {"confirms", p.confirms},
          {"holds", p.holds},
          {"reached", p.reached}};
}

std::string folder_of(const SearchRun& run, size_t number) {
  return run.kept + "/probe-" + (number < 10 ? "0" : "") + std::to_string(number);
}

// The probes of an earlier run that was stopped: a folder has its name once its run has ended.
Result<std::vector<Probe>> done_before(const SearchRun& run) {
  std::vector<Probe> done;
  for (;;) {
    const std::string path = folder_of(run, done.size() + 1) + "/probe.json";
    if (!exists(path)) return done;
    Result<std::string> text = read_file(path);
    if (!text) return text.error();
    const Json j = Json::parse(*text, nullptr, false);
    if (!j.is_object()) return Error{path + " is no JSON", "rm -r " + run.kept};
    done.push_back({j.value("target", 0.0), j.value("seconds", 0.0), j.value("confirms", false),
                    j.value("holds", true), j.value("reached", 0.0)});
  }
}

std::string unit_of(const std::string& scenario) {
  return scenario == "Offline" ? " samples/s" : scenario == "Server" ? " queries/s" : " ms";
}

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.5g", value);
  return text;
}

// The words of the harness, with the probe's user.conf and folder in place of the edge's.
std::vector<std::string> words_of(const SearchRun& run, const std::string& conf,
                                  const std::string& folder) {
  std::vector<std::string> words;
  for (const std::string& word : run.command)
    words.push_back(replace_all(replace_all(word, run.user_conf, conf), run.out, folder));
  return words;
}

// Runs one probe; its folder appears when it is done.
Status run_probe(const SearchRun& run, size_t number, const std::string& base, Probe& probe) {
  const std::string folder = folder_of(run, number), part = folder + ".part";
  std::error_code why;
  fs::remove_all(part, why);
  if (Status s = make_directories(part); !s) return s;
  const std::string conf = part + "/user.conf";
  if (Status s = write_file(conf, base + probe_conf(run.search, probe)); !s) return s;
  tool::Command command;
  command.argv = words_of(run, conf, part);
  Result<tool::Outcome> ended = tool::run_process(command);
  if (!ended) return ended.error();
  if (ended->code != 0)
    return Error{"the harness ended with " + std::to_string(ended->code) + " in probe " +
                     std::to_string(number),
                 "its words are above"};
  Result<LoadgenLog> log = LoadgenLog::read(part + "/mlperf_log_detail.txt");
  if (!log) return log.error();
  if (Status s = read_probe(run.search, *log, probe); !s) return s;
  if (Status s = write_file(part + "/probe.json", to_json(probe).dump(2) + "\n"); !s) return s;
  fs::rename(part, folder, why);
  if (why) return Error{part + " cannot be renamed: " + why.message(), ""};
  return Done{};
}

// The logs of the last probe are the search's own; all of them stand below probes/.
Status fill_out(const SearchRun& run, const std::vector<Probe>& done, const SearchStep& result) {
  std::error_code why;
  const auto links = fs::copy_options::recursive | fs::copy_options::create_hard_links;
  fs::copy(run.kept, run.out + "/probes", links, why);
  if (!why) fs::copy(folder_of(run, done.size()), run.out, links, why);
  if (why) return Error{"the probes cannot be linked to " + run.out + ": " + why.message(), ""};
  const bool rate = !run.search.scenario.ends_with("Stream");
  Json found = {{"format", 1},
                {"name", run.name},
                {"model", run.search.model},
                {"scenario", run.search.scenario},
                {rate ? "target_qps" : "target_latency", result.target},
                {"reached", result.reached},
                {"probes", Json::array()}};
  for (const Probe& p : done) found["probes"].push_back(to_json(p));
  return write_file(run.out + "/found.json", found.dump(2) + "\n");
}

void say(const SearchRun& run, size_t number, const std::string& why, const Probe& p) {
  std::cout << "probe " << number << " of at most " << kMostProbes << ", " << why << ": "
            << (p.target > 0 ? shown(p.target) + unit_of(run.search.scenario) : "a few samples")
            << " for " << shown(p.seconds) << " s: reached " << shown(p.reached)
            << unit_of(run.search.scenario)
            << (run.search.scenario != "Server" ? ""
                : p.holds                       ? ", holds"
                                                : ", does not hold")
            << std::endl;
}

Result<int> search_to_end(const SearchRun& run) {
  Result<std::string> base = read_file(run.user_conf);
  if (!base) return base.error();
  Result<std::vector<Probe>> done = done_before(run);
  if (!done) return done.error();
  if (!done->empty()) std::cout << "goes on after " << done->size() << " probes" << std::endl;
  for (;;) {
    Result<SearchStep> step = next_probe(run.search, *done);
    if (!step) return step.error();
    if (!step->next) {
      if (Status s = fill_out(run, *done, *step); !s) return s.error();
      std::cout << run.search.model << " in " << run.search.scenario << ": " << shown(step->reached)
                << unit_of(run.search.scenario) << " after " << done->size() << " probes"
                << std::endl;
      return 0;
    }
    Probe probe = *step->next;
    if (Status s = run_probe(run, done->size() + 1, *base, probe); !s) return s.error();
    done->push_back(probe);
    say(run, done->size(), step->why, probe);
  }
}

Result<int> search(const Arguments& a) {
  if (a.command.empty())
    return Error{"no harness is given", "write its command behind --", 0, "usage"};
  SearchRun run{{a.text("model"), a.text("scenario")},
                a.text("name"),
                a.text("user_conf"),
                a.text("kept"),
                a.text("out"),
                a.command};
  Result<double> start = number_of(a.text("start"), "start"),
                 probe = number_of(a.text("probe_s"), "probe_s"),
                 confirm = number_of(a.text("confirm_s"), "confirm_s");
  for (const Result<double>* value : {&start, &probe, &confirm})
    if (!*value) return value->error();
  run.search.start = *start;
  if (*probe > 0) run.search.probe_s = *probe;
  run.search.confirm_s = *confirm > 0 ? *confirm : run.search.probe_s;
  return search_to_end(run);
}

const Registered kSearch(
    {"search",
     search,
     "The command behind -- is that of one run: the path of --user-conf and that of --out in its "
     "words become those of a probe. Each probe that is done stays in --kept, so that a search "
     "that "
     "was stopped goes on after it.",
     {{"name", Parameter::Type::kText, "MODEL/SCENARIO as a request names them", true},
      {"model", Parameter::Type::kText, "LoadGen's name of the model", true},
      {"scenario",
       Parameter::Type::kText,
       "LoadGen's scenario",
       true,
       {},
       {"Offline", "Server", "SingleStream", "MultiStream"}},
      {"user_conf", Parameter::Type::kText, "settings of every probe", true},
      {"start", Parameter::Type::kText, "what is expected: 1/s, or ms of a query"},
      {"probe_s", Parameter::Type::kText, "seconds of queries in a probe; 10"},
      {"confirm_s", Parameter::Type::kText,
       "seconds of queries in a probe that confirms a rate of Server; as --probe-s"},
      {"kept", Parameter::Type::kText, "folder of the probes that are done", true},
      {"out", Parameter::Type::kText, "folder to fill", true}},
     "Search for what a system reaches in one scenario"});

}  // namespace

}  // namespace mlpgen::submission

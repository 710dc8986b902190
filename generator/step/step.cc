// A line of the plan -> Step.
#include "step/step.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "file/inside_name.h"
#include "file/sealed.h"
#include "step/plan_file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using Json = nlohmann::json;

constexpr const char* kPlanPath = "/.mlpgen/plan";

Mode mode_of(const std::string& word) {
  if (word == "work") return Mode::kWork;
  if (word == "measure") return Mode::kMeasure;
  if (word == "fetch") return Mode::kFetch;
  throw std::invalid_argument("mode '" + word + "'");
}

// Whatever the plan says, an edge writes below its own directory, and its links stay in the run
// directory.
void check_names(const Step& s) {
  auto refuse = [](const std::string& what) { throw std::invalid_argument(what); };
  if (artifact_of(s.directory) != s.directory || !s.directory.ends_with("/" + s.identity12()) ||
      !is_inside_name(s.directory))
    refuse("the directory '" + s.directory + "' of " + s.name + " is not out/RECIPE/IDENTITY12");
  for (const std::string& output : s.outputs)
    if (!is_inside_name(output))
      refuse("the output '" + output + "' of " + s.name + " leaves its directory");
  for (const StepLink& link : s.links)
    if (!is_inside_name(link.name) || link.name.ends_with('/') ||
        link.name.starts_with(".mlpgen/") || (!link.to.empty() && !is_inside_name(link.to)))
      refuse("the link '" + link.name + "' of " + s.name + " leaves the run directory");
}

Step step_of(const Json& j) {
  Step s;
  s.identity = j.at("identity");
  s.name = j.at("name");
  s.about = j.value("about", "");
  s.directory = j.at("directory");
  s.mode = mode_of(j.at("mode"));
  s.argv = j.at("argv");
  if (s.argv.empty()) throw std::invalid_argument("an empty argv");
  s.env = j.value("env", std::map<std::string, std::string>());
  s.pass_env = j.value("pass_env", std::vector<std::string>());
  s.secrets = j.value("secrets", std::vector<std::string>());
  for (const Json& i : j.value("inputs", Json::array()))
    s.inputs.push_back({i.at("path"), i.value("fetched", false)});
  s.outputs = j.value("outputs", std::vector<std::string>());
  for (const Json& l : j.value("links", Json::array()))
    s.links.push_back({l.at("name"), l.value("to", "")});
  check_names(s);
  return s;
}

Error damaged(const std::string& why) {
  return {".mlpgen/plan is damaged: " + why,
          "run `mlpgen configure` again: it writes the plan again"};
}

bool could_be_identity(std::string_view text) {
  return text.size() >= 6 && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// Calls `visit` with each line of the plan until it says true.
template <class Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    if (end > 0 && visit(text.substr(0, end))) return;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::string_view to_word(Mode mode) {
  return mode == Mode::kMeasure ? "measure" : mode == Mode::kFetch ? "fetch" : "work";
}

Result<Step> parse_step(std::string_view line) {
  if (!is_sealed_line(line)) return damaged("this line is not as configure wrote it");
  try {
    return step_of(Json::parse(line));
  } catch (const std::exception& e) {
    return damaged(e.what());
  }
}

Result<Step> find_step(const std::string& run_directory, const std::string& identity_or_name) {
  Result<PlanFile> plan = PlanFile::open(run_directory + kPlanPath);
  if (!plan) return plan.error();
  if (could_be_identity(identity_or_name))
    if (std::string_view line = plan->find(identity_or_name); !line.empty())
      return parse_step(line);
  std::string_view found;
  std::string quoted = "\"name\":" + Json(identity_or_name).dump();
  each_line(plan->text(), [&](std::string_view line) {
    if (line.find(quoted) == std::string_view::npos) return false;
    Result<Step> s = parse_step(line);  // the text may stand in an argument: only the field counts
    if (s && s->name == identity_or_name) found = line;
    return !found.empty();
  });
  if (!found.empty()) return parse_step(found);
  return Error{"the plan has no edge '" + identity_or_name + "'", "`mlpgen log` lists the edges"};
}

Result<std::vector<StepSummary>> list_steps(const std::string& run_directory) {
  Result<PlanFile> plan = PlanFile::open(run_directory + kPlanPath);
  if (!plan) return plan.error();
  std::vector<StepSummary> steps;
  Status status = Done{};
  each_line(plan->text(), [&](std::string_view line) {
    Result<Step> s = parse_step(line);
    if (!s) {
      status = s.error();
      return true;
    }
    steps.push_back({s->identity, s->name, s->about, s->directory, s->mode});
    return false;
  });
  if (!status) return status.error();
  return steps;
}

std::string artifact_of(std::string_view path) {
  if (!path.starts_with("out/")) return "";
  size_t recipe_end = path.find('/', 4);
  if (recipe_end == std::string_view::npos) return "";
  size_t end = std::min(path.find('/', recipe_end + 1), path.size());
  std::string_view identity = path.substr(recipe_end + 1, end - recipe_end - 1);
  return identity.size() == 12 && could_be_identity(identity) ? std::string(path.substr(0, end))
                                                              : "";
}

std::string maker_of(const std::string& run_directory, const std::string& path) {
  std::string artifact = artifact_of(path);
  if (artifact.empty()) return "";
  Result<Step> step = find_step(run_directory, artifact.substr(artifact.rfind('/') + 1));
  return step && step->directory == artifact ? step->name : "";
}

std::string log_path(const Step& step) {
  return ".mlpgen/log/" + replace_all(step.name, "/", ",") + "/" + step.identity12() + ".log";
}

}  // namespace mlpgen

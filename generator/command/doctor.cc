// mlpgen doctor: what this machine lacks for a request, with one command that installs it.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/cannot_run.h"
#include "command/request/session.h"
#include "command/request/submission_lacks.h"
#include "command/request/words.h"
#include "command/run_directory/needed_edges.h"
#include "command/run_directory/room.h"
#include "doctor/findings.h"
#include "host/distribution.h"
#include "machine/machine_lock.h"
#include "process/output.h"
#include "resolve/resolver.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using DoctorJson = nlohmann::ordered_json;

constexpr const char* kToolsOfMlpgen = "detect-tools-of-mlpgen";  // a recipe
constexpr unsigned kShortestMeasurement =
    600;  // seconds: min_duration of the rounds' rules (submission.md §6)

class Doctor {
 public:
  Doctor(Session& session, bool of_submission)
      : s_(session), of_submission_(of_submission), ids_(read_distribution_ids()) {}

  void examine();
  void tell() const;
  size_t missing() const;

 private:
  bool resolve_all();
  void look_at_request();
  void look_at_submission();
  bool runs(const std::vector<std::string>& argv);  // whether it ends with exit status 0
  void look_at_package_client();
  void look_at_places();
  std::string install() const;
  void add(std::vector<Finding> more) {
    for (Finding& one : more) findings_.push_back(std::move(one));
  }

  Session& s_;
  bool of_submission_;
  std::vector<std::string> ids_;
  std::vector<ProbedTool> tools_;
  std::optional<RequestPlan> made_;  // with stand-ins for what is missing: only to be looked at
  EdgeBits needed_;
  std::vector<Finding> findings_;
};

bool Doctor::resolve_all() {
  s_.request.probed = &tools_;
  std::optional<Resolution> resolution = s_.resolve_request();
  if (!resolution) return false;
  std::optional<Planned> planned = s_.plan(*resolution, false);
  if (!planned) return false;
  made_ = {std::move(*resolution), std::move(*planned)};
  const Plan& plan = made_->planned.plan;
  needed_ = needed_edges(plan);
  bool uses_git = false;
  for (size_t i = 0; i < needed_.size(); ++i)
    uses_git = uses_git || (needed_[i] && plan.edges[i].rule == "git");
  std::vector<ProbedTool> own;
  Request request = parse_request({kToolsOfMlpgen}, s_.sources, s_.sink);
  request.probed = &own;
  if (!resolve(*s_.library, *s_.host, request, s_.sink)) return false;
  for (const ProbedTool& tool : own)
    if (tool.names.front() != "git" || uses_git) tools_.push_back(tool);
  return s_.sink.ok();
}

// What the tree will lack; only where it is asked, as the runs can be made without it.
void Doctor::look_at_submission() {
  std::vector<Lack> lacks = what_submission_lacks(s_, made_->resolution);
  for (const Lack& lack : lacks)
    findings_.push_back({Health::kMissing, "submission",
                         (lack.topic == "system" ? "unknown of the system: " : "") + lack.what,
                         lack.help, ""});
  if (lacks.empty() && s_.sink.ok())
    findings_.push_back({Health::kGood, "submission", "names, system keys and scenarios", "", ""});
}

// What no machine can do.
void Doctor::look_at_request() {
  for (const CannotRun& one : what_cannot_run(s_.sources, made_->resolution, made_->planned))
    if (one.by_default)
      findings_.push_back({Health::kMissing, "request", one.reason, one.help, ""});
}

bool Doctor::runs(const std::vector<std::string>& argv) {
  Result<Output> out = run_command(argv);
  if (!out) s_.sink.error("unreadable-file", {}, out.error().message).with_help(out.error().help);
  return out && out->status == 0;
}

// Packages come through pip; a Python without it makes an environment that has it.
void Doctor::look_at_package_client() {
  for (const ProbedTool& tool : tools_) {
    if (tool.recipe != "get-python3" || !tool.found) continue;
    if (runs({tool.path, "-I", "-c", "import venv, ensurepip"})) continue;
    if (runs({tool.path, "-I", "-m", "pip", "--version"})) continue;
    if (!s_.sink.ok()) return;
    ProbedTool client = tool;
    client.found = false;
    client.names = {"pip, or venv with ensurepip, of " + tool.path};
    client.refused.clear();
    tools_.push_back(client);
    return;
  }
}

void Doctor::look_at_places() {
  add(place_findings(
      places_of(room_needed_by(needed_work(s_, made_->resolution, made_->planned)))));
  Result<std::string> lock = machine_lock_path();
  if (lock)
    findings_.push_back({Health::kGood, "places", "the machine lock: " + *lock, "", ""});
  else
    findings_.push_back({Health::kMissing, "places", lock.error().message, lock.error().help, ""});
}

void Doctor::examine() {
  if (!resolve_all()) return;
  look_at_request();
  if (of_submission_) look_at_submission();
  look_at_package_client();
  add(tool_findings(tools_, ids_));
  look_at_places();
  Machine machine = read_machine("");
  add(limit_findings(machine, kShortestMeasurement));
  add(measuring_findings(machine));
}

size_t Doctor::missing() const {
  return static_cast<size_t>(
      std::count_if(findings_.begin(), findings_.end(),
                    [](const Finding& f) { return f.health == Health::kMissing; }));
}

std::string Doctor::install() const {
  std::vector<std::string> packages;
  for (const Finding& f : findings_) packages.push_back(f.package);
  return install_command(packages, ids_);
}

void Doctor::tell() const {
  DoctorJson all = DoctorJson::array();
  std::string topic;
  for (const Finding& f : findings_) {
    all.push_back({{"health", to_word(f.health)},
                   {"topic", f.topic},
                   {"what", f.what},
                   {"mend", f.mend},
                   {"package", f.package}});
    if (s_.json) continue;
    if (f.topic != topic) std::cout << (topic.empty() ? "" : "\n") << f.topic << "\n";
    topic = f.topic;
    std::string word = to_word(f.health);
    std::cout << "  " << word << std::string(9 - word.size(), ' ') << f.what << "\n";
    if (!f.mend.empty() && f.package.empty()) std::cout << "           " << f.mend << "\n";
  }
  std::string command = install();
  if (s_.json) {
    std::cout << DoctorJson{{"format", 1},
                            {"distribution", ids_},
                            {"missing", missing()},
                            {"install", command},
                            {"findings", all}}
                     .dump(2)
              << "\n";
    return;
  }
  std::cout << "\n"
            << (missing() ? std::to_string(missing()) + " missing" : "Nothing is missing")
            << " for this request.";
  std::cout << (command.empty() ? "" : " One command installs what a package has:\n  " + command)
            << "\n";
}

}  // namespace

static int run_doctor(const CommandLine& line) {
  Session s(line);
  if (!s.open(line.words)) return s.finish();
  Doctor doctor(s, line.has("--submission"));
  doctor.examine();
  if (!s.sink.ok()) return s.finish();
  doctor.tell();
  s.finish();
  return doctor.missing() ? kMendable : kDone;
}

CommandEntry doctor_entry() {
  return {
      "doctor",
      "[REQUEST]",
      "List what this machine lacks for the request, with one command that installs it",
      std::string(
          R"(It installs nothing and opens no socket. It checks programs and libraries, disk space
and rights, limits, and what makes a measurement less accurate (hints). Exit code 1 if something
that the request needs is missing. Without a request: that of this run directory.
)") + kRequestHelp +
          R"(

Examples:
  mlpgen doctor --preset=demo
  mlpgen doctor --model=retinanet --backend=onnxruntime
  mlpgen doctor --submission --preset=demo --system=acme.json)",
      {kDirectoryOption,
       kLockFileOption,
       kTrustOption,
       {"--submission", "", "also list what the submission tree will lack: names, keys, scenarios"},
       kFormatOption,
       kHelpOption},
      true,
      run_doctor};
}

}  // namespace mlpgen

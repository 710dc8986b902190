// mlpgen configure: the request becomes build.ninja.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/file.h"
#include "base/text.h"
#include "command/identities.h"
#include "command/session.h"
#include "command/summary.h"
#include "manifest/ninja.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

bool keep(Session& s, const Result<bool>& written) {
  if (written) return true;
  s.sink.error("unwritable-directory", {}, written.error().message)
      .with_help(written.error().help.empty() ? "choose another run directory with -C, or check its owner and mode" : written.error().help);
  return false;
}

// Links of artifacts that exist are set right; a link to what is not there yet is removed, so that it never shows another request's result.
void set_links(const Plan& plan) {
  for (const Edge& e : plan.edges)
    for (const auto& [name, to] : e.links) {
      std::error_code ignored;
      std::string target = e.directory + "/" + to;
      while (target.ends_with('/')) target.pop_back();
      std::string up;
      for (char c : name)
        if (c == '/') up += "../";
      bool done = exists(e.directory + "/.done");
      bool is_link = fs::is_symlink(name, ignored);
      if (is_link && fs::read_symlink(name, ignored) == up + target && done) continue;
      if (is_link) fs::remove(name, ignored);
      if (!done || fs::exists(name, ignored)) continue;
      fs::create_directories(fs::path(name).parent_path(), ignored);
      fs::create_symlink(up + target, name, ignored);
    }
}

bool write_all(Session& s, const Plan& plan) {
  std::string state = kStateFolder;
  Programs programs{s.installation.mlpgen, s.installation.edge};
  for (const PlanTarget& t : plan.targets) {
    if (!t.edges.empty()) continue;
    std::string why = !t.nothing.empty() ? t.nothing : t.not_yet ? "this target is not written yet [not-yet]" : "there is nothing to do for this request";
    if (!keep(s, write_file_if_changed(state + "/say/" + t.name, t.name + ": " + why + "\n"))) return false;
  }
  if (!keep(s, write_file_if_changed(state + "/say/help", to_target_list(plan)))) return false;
  Result<bool> changed = write_file_if_changed(state + "/plan", to_plan_file(plan));
  if (!keep(s, changed)) return false;
  if ((*changed || !exists(state + "/identities.json")) && !keep(s, update_identities(plan))) return false;
  if (Status saved = s.save_request(); !saved) return keep(s, saved.error());
  return keep(s, write_file_if_changed("build.ninja", to_ninja(plan, programs)));
}

bool check_ninja(Session& s) {
  ToolQuery ninja{{"ninja", "samu"}, {"--version"}, "([0-9]+[0-9.]*)", {}, {}};
  std::vector<std::string> refused;
  if (s.host->find(ninja, [](const Tool&) { return true; }, refused)) return true;
  s.sink.error("no-ninja", {}, "there is no Ninja on PATH").with_help("install it: apt-get install ninja-build");
  return false;
}

}  // namespace

int run_configure(const CommandLine& line) {
  Session s(line);
  bool again = line.has("--again");
  if (again) {
    std::optional<SavedRequest> saved = Session::saved_request();
    if (!saved) {
      s.sink.error("no-run-directory", {}, "this directory was not configured yet").with_help("type: mlpgen configure --preset=demo");
      return s.finish();
    }
    s.saved = *saved;
  } else {
    s.saved.words = line.words;
  }
  if (!s.usable) return s.finish();
  for (const char* folder : {"say", "log", "lock"})
    if (Status made = make_directories(std::string(kStateFolder) + "/" + folder); !made) {
      keep(s, made.error());
      return s.finish();
    }
  // It is an input of build.ninja, so it is there before the plan is made.
  std::string attempts = std::string(kStateFolder) + "/attempts.json";
  if (!exists(attempts) && !keep(s, write_file_if_changed(attempts, "{\"format\": 1, \"attempts\": {}}\n"))) return s.finish();
  std::vector<std::string> words = s.saved.words;
  if (!s.open(words) || !check_ninja(s)) return s.finish();
  std::optional<Resolution> resolution = s.resolve_request();
  if (!resolution) return s.finish();
  std::optional<Planned> planned = s.plan(*resolution, true);
  if (!planned || !write_all(s, planned->plan)) return s.finish();
  set_links(planned->plan);
  s.host->save();
  s.digests->save();
  if (!again) std::cout << (s.json ? summary_json(s, *resolution, planned->plan) : summary_text(s, *resolution, planned->plan));
  return s.finish();
}

}  // namespace mlpgen

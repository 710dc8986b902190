// mlpgen configure: the request becomes build.ninja.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "command/options.h"
#include "command/request/cannot_run.h"
#include "command/request/rerun.h"
#include "command/request/session.h"
#include "command/request/summary.h"
#include "command/run_directory/askers.h"
#include "command/run_directory/attempts.h"
#include "command/run_directory/configured.h"
#include "command/run_directory/identities.h"
#include "command/run_directory/links.h"
#include "command/run_directory/room.h"
#include "command/run_directory/state_lock.h"
#include "command/vendor.h"
#include "file/file.h"
#include "file/mirror.h"
#include "manifest/ninja.h"
#include "store/store.h"
#include "store/uses.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen {
namespace {

bool keep(Session& s, const Result<bool>& written) {
  if (written) return true;
  s.sink.error("unwritable-directory", {}, written.error().message)
      .with_help(written.error().help.empty()
                     ? "choose another run directory with -C, or check its owner and mode"
                     : written.error().help);
  return false;
}

// The line that asks for this again, for a README; --rerun asks for one more attempt and belongs to
// this once alone.
std::string command_of(const std::vector<std::string>& words) {
  std::string line = "mlpgen configure";
  for (const std::string& word : words)
    if (word != "--rerun" && !word.starts_with("--rerun=")) line += " " + shell_quote(word);
  return line + "\n";
}

bool write_all(Session& s, const Resolution& resolution, const Planned& planned) {
  const Plan& plan = planned.plan;
  std::string state = kStateFolder;
  Programs programs{s.installation.mlpgen, s.installation.edge};
  for (const PlanTarget& t : plan.targets) {
    if (!t.edges.empty()) continue;
    std::string why = !t.nothing.empty() ? t.nothing
                      : t.not_yet        ? "this target is not written yet [not-yet]"
                                         : "there is nothing to do for this request";
    if (Status made =
            make_directories(std::filesystem::path(state + "/say/" + t.name).parent_path());
        !made)
      return keep(s, made.error());
    if (!keep(s, write_file_if_changed(state + "/say/" + t.name, t.name + ": " + why + "\n")))
      return false;
  }
  if (!keep(s, write_file_if_changed(state + "/say/help", to_target_list(plan)))) return false;
  Result<bool> changed = write_file_if_changed(state + "/plan", to_plan_file(plan));
  if (!keep(s, changed)) return false;
  if ((*changed || !exists(state + "/identities.json")) && !keep(s, update_identities(plan)))
    return false;
  if (!keep(s, write_file_if_changed(kAskersFile, askers_of_plan(resolution, planned))))
    return false;
  if (Status saved = write_saved_request(s.saved); !saved) return keep(s, saved.error());
  if (!keep(s, write_file_if_changed(kRequestFile, command_of(s.saved.words))) ||
      !keep(s, write_file_if_changed(kRequestLockFile, s.lock.used_text())))
    return false;
  return keep(s, write_file_if_changed("build.ninja", to_ninja(plan, programs)));
}

bool check_ninja(Session& s) {
  ToolQuery ninja{{"ninja", "samu"}, {"--version"}, "([0-9]+[0-9.]*)", {}, {}};
  std::vector<std::string> refused;
  if (s.host->find(
          ninja, [](const Tool&) { return true; }, refused))
    return true;
  if (const std::optional<Error>& why = s.host->unreadable()) {
    s.sink.error("unreadable-file", {}, why->message).with_help(why->help);
    return false;
  }
  s.sink.error("no-ninja", {}, "there is no Ninja on PATH")
      .with_help("install it: apt-get install ninja-build");
  return false;
}

// What the next configure looks at before it does anything: the inputs of build.ninja, and what may
// appear later.
std::vector<std::string> watched(const Session& s, const Plan& plan, const PlanAnswer& needed) {
  std::vector<std::string> all = plan.inputs;
  // What is fetched and measured already is in the summary.
  for (const Edge& e : plan.edges)
    if (e.kind == "fetch" || e.kind == "install" || e.mode == "measure")
      all.push_back(e.directory + "/.done");
  if (Result<std::string> store = Store::default_root())
    for (const Fetch& f : needed.fetches)
      if (!f.done && !f.sha256.empty()) all.push_back(Store::object_folder(*store, f.sha256));
  std::erase(all, attempts_file());
  for (std::string& file : s.lock.files()) all.push_back(std::move(file));
  for (std::string& folder : split(s.saved.path, ':')) all.push_back(std::move(folder));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// The request of the command line or, with --again, of last time; false after an error.
bool choose_request(Session& s, const CommandLine& line) {
  if (!s.usable) return false;
  if (line.has("--again")) return s.open_requested();
  s.saved.words = line.words;
  return true;
}

bool make_state(Session& s) {
  for (const char* folder : {"say", "log", "lock"})
    if (Status made = make_directories(std::string(kStateFolder) + "/" + folder); !made)
      return keep(s, made.error());
  if (Status saved = s.save_fetch_settings(); !saved) return keep(s, saved.error());
  // It is an input of build.ninja, so it is there before the plan is made.
  Status attempts = prepare_attempts(s.sink);
  return attempts || keep(s, attempts.error());
}

// What can never run is reported in place of what the lock lacks for it: to lock that would be in
// vain.
std::optional<Planned> plan_what_can_run(Session& s, const Resolution& r,
                                         std::vector<CannotRun>& cannot) {
  Sink before = s.sink;
  std::optional<Planned> planned = s.plan(r, true);
  if (planned) {
    cannot = what_cannot_run(s.sources, r, *planned);
    return check_can_run(s, cannot) ? std::move(planned) : std::nullopt;
  }
  Sink of_lock = std::exchange(s.sink, std::move(before));
  std::optional<Planned> unlocked = s.plan(r, false);
  bool can = !unlocked || check_can_run(s, what_cannot_run(s.sources, r, *unlocked));
  if (can) s.sink = std::move(of_lock);
  return std::nullopt;
}

// Where bytes are to come from.
bool check_sources(Session& s) {
  for (const std::string& m : s.saved.mirrors) {
    if (has_url_secret(m))
      s.sink
          .error("secret-given", {},
                 "'--mirror " + without_secrets(m) +
                     "' has a password or token in it, which would be written to files")
          .with_help(kUrlSecretHelp);
    if (read_mirror(m)) continue;
    s.sink.error("wrong-word", {}, "'--mirror " + m + "' names no mirror")
        .with_help(std::string("write --mirror PREFIX=URL, for example --mirror "
                               "https://zenodo.org/=http://localhost:8000/zenodo/; ") +
                   kMirrorForm);
  }
  if (!s.saved.vendor.empty() && !is_complete_vendor(s.saved.vendor))
    s.sink
        .error("not-vendored", {},
               s.saved.vendor + " is no directory that `mlpgen vendor` has filled to the end")
        .with_help("type: mlpgen vendor " + s.saved.vendor + " " + join(s.saved.words, " "));
  return s.sink.ok();
}

}  // namespace

static int run_configure(const CommandLine& line) {
  int64_t began = now_ns();
  Session s(line);
  bool again = line.has("--again");
  // Taken before the request of last time is read.
  LockFile alone = s.usable && (!again || exists(kStateFolder)) ? lock_state() : LockFile();
  if (!choose_request(s, line) || !check_sources(s)) return s.finish();
  bool rerun = !again && asks_rerun(s.saved.words);
  if (std::optional<Configured> last = again || rerun ? std::nullopt : unchanged(s)) {
    set_links(last->links);
    register_here();
    print_summary(last->summary);
    std::cerr << last->warnings;
    return kDone;
  }
  std::vector<std::string> words = s.saved.words;
  if (!make_state(s) || !s.open(words) || !check_ninja(s)) return s.finish();
  std::optional<Resolution> resolution = s.resolve_request();
  if (!resolution) return s.finish();
  std::vector<CannotRun> cannot;
  std::optional<Planned> planned = plan_what_can_run(s, *resolution, cannot);
  if (planned && rerun && measure_again(s, planned->plan)) planned = s.plan(*resolution, true);
  if (!planned || !write_all(s, *resolution, *planned)) return s.finish();
  register_here();
  PlanAnswer needed = needed_work(s, *resolution, *planned);
  bool enough_room = check_room(s, needed);
  s.host->save();
  s.digests->save();
  Configured now{watched(s, planned->plan, needed), links_of(planned->plan), "", s.diagnostics()};
  now.summary = summary(s, *resolution, planned->plan, needed,
                        {cannot, what_submission_lacks(s, *resolution)});
  set_links(now.links);
  if (enough_room)
    keep_configured(s, now, began);  // else the next configure looks at the disk again
  if (!again) print_summary(now.summary);
  return s.finish();
}

CommandEntry configure_entry() {
  return {"configure",
          "[TAGS] [_VARIATION] [--FLAG=VALUE] ...",
          "Resolve a request and write build.ninja here",
          kRequestHelp + R"(

Examples:
  mlpgen configure --preset=demo
  mlpgen configure --preset=demo --num_threads=1 -C run1
  mlpgen configure --preset=demo --scenario=SingleStream --adr.compiler.tags=gcc)",
          {kDirectoryOption,
           kLockFileOption,
           kLockedOption,
           kFrozenOption,
           kTrustOption,
           kMirrorOption,
           kOfflineOption,
           kVendorOption,
           kQuietOption,
           kVerboseOption,
           {"--again", "", "with the request of last time (this is what Ninja calls)"},
           kFormatOption,
           kHelpOption},
          true,
          run_configure};
}

}  // namespace mlpgen

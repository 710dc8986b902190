// From words to a plan.
#include "command/request/session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/lock/locked_versions.h"
#include "command/request/words.h"
#include "command/run_directory/attempts.h"
#include "command/version.h"
#include "file/file.h"
#include "file/sealed.h"
#include "file/terminal.h"
#include "recipe/load/place_name.h"
#include "resolve/resolver.h"
#include "text/bad_byte.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

std::string environment(const char* name) {
  const char* v = std::getenv(name);
  return v ? v : "";
}

// Where a user keeps presets of their own: the usual folder for settings.
std::string user_presets() {
  std::string folder = environment("XDG_CONFIG_HOME"), home = environment("HOME");
  if (folder.empty() && !home.empty()) folder = home + "/.config";
  return folder.empty() ? "" : folder + "/mlpgen/presets.yaml";
}

// Ninja takes a/b, a//b and a/b/ for one file, which may be named once.
std::string as_ninja_reads(const std::string& path) {
  std::string normal = fs::path(path).lexically_normal();
  while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

}  // namespace

Installation find_installation() {
  Installation in;
  std::error_code why;
  fs::path self = fs::read_symlink("/proc/self/exe", why);
  if (why)
    in.fault =
        "/proc/self/exe, which says where mlpgen is installed, cannot be read: " + why.message();
  fs::path dir = self.parent_path();
  in.mlpgen = self;
  in.edge = dir / "mlpgen-edge";
  in.tool = dir / "mlpgen-tool";
  in.root = environment("MLPGEN_HOME");
  if (!in.root.empty()) in.root = fs::absolute(in.root).lexically_normal();
  if (in.root.empty()) {
    for (const fs::path& p : {dir.parent_path(), (dir / kDataFolder).lexically_normal()})
      if (may_be_there((p / "recipes").string()) && may_be_there((p / "rules").string()))
        in.root = p;
    if (in.root.empty()) in.root = dir.parent_path();
  }
  return in;
}

Session::Session(const CommandLine& line)
    : installation(find_installation()),
      json(line.option("--format") == "json"),
      quiet(line.has("--quiet")),
      verbose(line.has("--verbose")) {
  for (const auto& [name, value] : line.options)
    if (name == "--trust") saved.trusted.push_back(fs::absolute(value).lexically_normal());
  typed_trusted_ = saved.trusted;
  for (const auto& [name, value] : line.options)
    if (name == "--mirror") saved.mirrors.push_back(value);
  saved.offline = line.has("--offline");
  saved.lock_use = line.has("--locked")   ? LockUse::kLocked
                   : line.has("--frozen") ? LockUse::kFrozen
                                          : LockUse::kAsNeeded;
  if (line.has("--locked") && line.has("--frozen"))
    sink.error("wrong-word", {}, "--locked and --frozen exclude each other")
        .with_help("--locked stops at a stale lock, --frozen takes it as it is: keep one");
  if (line.has("--vendor")) saved.vendor = fs::absolute(line.option("--vendor")).lexically_normal();
  if (line.has("--lock")) saved.lock = fs::absolute(line.option("--lock")).lexically_normal();
  for (const auto& [name, value] : line.options)
    if (name != "--mirror" && has_url_secret(value)) {
      sink.error("secret-given", {}, name + " has a password or token in a URL")
          .with_help("give a file or a folder of this machine");
      usable = false;
    }
  std::error_code why;
  saved.directory = fs::current_path(why);
  bool writes = line.entry && (line.entry->name == "configure" || line.entry->name == "lock");
  again_ = line.has("--again");
  entered_ = line.option("-C");
  enter(entered_, writes);
  // A run directory that is trusted holds no recipes, unless it is a project as well.
  if (may_be_there(kStateFolder) && !may_be_there("recipes"))
    std::erase(saved.trusted, fs::current_path(why).string());
  saved.path = environment("PATH");
  saved.presets = user_presets();
  check_texts();
  if (!installation.fault.empty())
    sink.error("unreadable-file", {}, installation.fault)
        .with_help("mount /proc, or allow it to be read");
  usable = usable && installation.fault.empty();
}

// What the environment and the options say goes into files and messages of one line.
void Session::check_texts() {
  std::vector<std::pair<std::string, std::string>> texts = {
      {"PATH", saved.path},
      {"the name of this directory", saved.directory},
      {"the folder of your settings", saved.presets},
      {"the folder of mlpgen", installation.root},
      {"--lock", saved.lock},
      {"--vendor", saved.vendor}};
  for (const std::string& folder : saved.trusted) texts.emplace_back("--trust", folder);
  for (const std::string& mirror : saved.mirrors) texts.emplace_back("--mirror", mirror);
  for (const auto& [what, text] : texts)
    if (std::optional<BadByte> bad = find_bad_byte(text)) {
      sink.error("not-text", {}, what + " has " + bad->what + ": " + printable(text))
          .with_help("use names of printable UTF-8");
      usable = false;
    }
}

void Session::enter(const std::string& dir, bool make) {
  if (dir.empty()) return;
  std::error_code why;
  if (make) fs::create_directories(dir, why);
  bool entered = chdir(dir.c_str()) == 0;
  if (entered) return;
  usable = false;
  if (make)
    sink.error("unwritable-directory", {},
               "the run directory " + dir + " cannot be made or entered")
        .with_help("choose another one with -C, or check its owner and mode");
  else
    sink.error("no-run-directory", {}, "there is no run directory " + dir)
        .with_help("check the word after -C; `mlpgen configure -C " + dir + " ...` makes it");
}

bool Session::take_saved_request() {
  Result<std::optional<SavedRequest>> s = read_saved_request();
  if (!s) {
    sink.error(s.error().number ? "unreadable-file" : "damaged-request", {}, s.error().message)
        .with_help(s.error().help);
    return false;
  }
  if (!*s) return true;
  std::error_code why;
  std::string here = fs::current_path(why);
  bool trusted =
      std::find(typed_trusted_.begin(), typed_trusted_.end(), here) != typed_trusted_.end();
  if (std::optional<uid_t> owner = trusted ? std::nullopt : (*s)->foreign_owner) {
    sink.error("foreign-run-directory", {},
               "this run directory belongs to another user (uid " + std::to_string(*owner) +
                   "), and its request names programs that would run as you")
        .with_help(
            "give the request yourself; or, if you trust that user with your account, add "
            "--trust=" +
            shell_quote(here));
    return false;
  }
  saved = std::move(**s);
  check_texts();
  return usable;
}

// Where bytes come from is no part of the graph: the steps that fetch read this file when they run.
Status Session::save_fetch_settings() const {
  nlohmann::json j = {{"format", 1}, {"mirrors", saved.mirrors}, {"offline", saved.offline}};
  if (!saved.vendor.empty()) j["vendor"] = saved.vendor;
  Result<bool> r =
      write_file_if_changed(std::string(kStateFolder) + "/fetch.json", sealed(j.dump(1) + "\n"));
  if (!r) return r.error();
  return Done{};
}

bool Session::open_recipes() {
  if (!usable) return false;
  std::vector<std::string> roots = {installation.root};
  roots.insert(roots.end(), saved.trusted.begin(), saved.trusted.end());
  library = std::make_unique<Library>(roots, sources, sink, saved.presets);
  return sink.ok();
}

bool Session::has_state(std::initializer_list<const char*> files) {
  auto lacks = [](const char* file) { return !may_be_there(std::string(kStateFolder) + file); };
  if (usable && std::any_of(files.begin(), files.end(), lacks))
    sink.error("no-run-directory", {}, "this directory was not configured yet")
        .with_help(
            "type: mlpgen configure --preset=demo; or go to a run directory, or name it with -C");
  return usable && sink.ok();
}

bool Session::is_configured() { return has_state({"/request.json", "/plan"}); }

bool Session::open_configured() { return is_configured() && take_saved_request(); }

bool Session::open_requested() { return has_state({"/request.json"}) && take_saved_request(); }

bool Session::open(const std::vector<std::string>& words) {
  if (!usable) return false;
  if (!again_) asked_ = words;
  if (words.empty() && !take_saved_request()) return false;
  if (!words.empty()) saved.words = words;
  request = parse_request(saved.words, sources, sink);
  request.directory = saved.directory;
  open_recipes();
  bool keep = exists(kStateFolder);
  host = std::make_unique<Host>(keep ? std::string(kStateFolder) + "/host.json" : "", saved.path);
  if (Status facts = host->read(); !facts)
    sink.error("unreadable-file", {}, facts.error().message).with_help(facts.error().help);
  digests =
      std::make_unique<SourceDigests>(keep ? std::string(kStateFolder) + "/sources.json" : "");
  lock.read(installation.root + "/recipes/mlpgen.lock", sources, sink);
  if (!saved.vendor.empty()) lock.read(saved.vendor + "/mlpgen.lock", sources, sink);
  lock.read("mlpgen.lock", sources, sink);
  if (!saved.lock.empty()) {
    if (!may_be_there(saved.lock))
      sink.error("no-such-path", {}, "there is no lock file " + saved.lock)
          .with_help("check the word after --lock=");
    lock.read(saved.lock, sources, sink);
  }
  // Large, and most requests need nothing of it.
  if (std::string path = installation.root + "/recipes/python/get-python-environment/mlpgen.lock";
      may_be_there(path))
    lock.otherwise("python-environment ", [this, path] {
      Lock environments;
      environments.read(path, sources, sink);
      return environments;
    });
  request.locked = locked_versions(lock);
  return sink.ok();
}

std::optional<Resolution> Session::resolve_request() {
  return resolve(*library, *host, request, sink);
}

std::optional<Planned> Session::plan(const Resolution& resolution, bool require_lock) {
  PlanSettings settings;
  settings.tool = installation.tool;
  settings.machine = machine_of(host->facts());
  settings.attempts = read_attempts(sink);
  if (!sink.ok()) return std::nullopt;
  settings.require_lock = require_lock;
  settings.lock_use = saved.lock_use;
  settings.lock_command = lock_command();
  std::optional<Planned> planned = make_plan(resolution, *library, lock, *digests, settings, sink);
  if (planned) {
    // Relative paths stay inside the run directory, so that two directories get the same bytes.
    std::vector<std::string> host_inputs = host->inputs();
    auto& in = planned->plan.inputs;
    in.insert(in.end(), host_inputs.begin(), host_inputs.end());
    in.push_back(attempts_file());
    // What is not there would be out of date for ever; `mlpgen lock` configures again after it made
    // mlpgen.lock.
    std::erase_if(in, [](const std::string& path) { return !may_be_there(path); });
    for (std::string& path : in) path = as_ninja_reads(path);
    std::sort(in.begin(), in.end());
    in.erase(std::unique(in.begin(), in.end()), in.end());
    for (const std::string& path : in)
      if (!is_name_for_ninja(path))
        sink.error("not-text", {}, path + " has the character '|', which Ninja reads as its own")
            .with_help("give that file or folder another name, or take it out of PATH");
    if (!sink.ok()) return std::nullopt;
  }
  return planned;
}

std::optional<RequestPlan> Session::plan_of(const std::vector<std::string>& words) {
  if ((words.empty() && !open_configured()) || !open(words)) return std::nullopt;
  std::optional<Resolution> resolution = resolve_request();
  if (!resolution) return std::nullopt;
  std::optional<Planned> planned = plan(*resolution, false);
  if (!planned) return std::nullopt;
  return RequestPlan{std::move(*resolution), std::move(*planned)};
}

std::string Session::lock_command() const {
  std::string command = "mlpgen lock";
  std::error_code why;
  if (asked_.empty()) return command + " -C " + shell_quote(fs::current_path(why).string());
  command += in_directory();
  for (const std::string& folder : saved.trusted) command += " --trust=" + shell_quote(folder);
  if (!saved.lock.empty()) command += " --lock=" + shell_quote(saved.lock);
  for (const std::string& word : asked_) command += " " + shell_quote(word);
  return command;
}

std::string Session::in_directory() const {
  return entered_.empty() ? "" : " -C " + shell_quote(entered_);
}

std::string Session::diagnostics() const {
  return json ? to_json(sink, sources) : to_text(sink, sources);
}

int Session::finish() {
  std::cerr << (json ? to_json(sink, sources)
                     : to_text(sink, sources, 20, terminal_at(STDERR_FILENO).colour()));
  return sink.ok() ? kDone : kMendable;
}

int Session::finish_usage() {
  finish();
  return kUsage;
}

std::string machine_of(const std::map<std::string, std::string>& facts) {
  std::vector<std::string> parts;
  for (const char* name : {"cpu_model", "cpu_count", "memory_gib", "kernel", "governor"}) {
    auto it = facts.find(name);
    parts.push_back(std::string(name) + "=" + (it == facts.end() ? "" : it->second));
  }
  return join(parts, "; ");
}

}  // namespace mlpgen

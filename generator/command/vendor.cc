// mlpgen vendor DIR: all that a request takes from outside into one directory, which is a store of
// its own with a lock. It is filled by the request's own edges: those that fetch, and what they
// need.
#include "command/vendor.h"

#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <set>

#include "command/lock.h"
#include "command/options.h"
#include "command/request/session.h"
#include "command/run_directory/needed_edges.h"
#include "command/text/store_text.h"
#include "process/output.h"
#include "text/text.h"

namespace mlpgen {
namespace fs = std::filesystem;
namespace {

using VendorJson = nlohmann::ordered_json;

std::string without_slash(const fs::path& path) {
  std::string text = path.lexically_normal();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

// However it is written.
bool is_own_store(const std::string& directory) {
  Result<std::string> own = Store::default_root();
  std::error_code why;
  return own && (without_slash(*own) == directory || fs::equivalent(*own, directory, why));
}

// What stays outside, and why.
struct LeftOut {
  std::string edge, why;
};

class Vendor {
 public:
  Vendor(Session& session, std::string directory, std::vector<std::string> words)
      : s_(session), directory_(std::move(directory)), words_(std::move(words)) {}

  void run();

 private:
  bool choose();
  bool gather();
  bool write_lock();
  void clean() const;
  void tell(const Store& store) const;
  bool fail(const Error& error) {
    add_error(error, s_.sink);
    return false;
  }
  std::vector<std::string> configure_words() const;
  int call(std::vector<std::string> argv, const std::string& where, bool quiet) const;
  std::string run_directory() const { return directory_ + "/run"; }

  Session& s_;
  std::string directory_;
  std::vector<std::string> words_;
  std::optional<Planned> planned_;
  std::vector<std::string> targets_;  // of Ninja
  std::vector<LeftOut> left_out_;
  size_t locked_ = 0;  // entries of its lock
};

// Why an edge cannot run here, or "".
std::string why_not(const Plan& plan, EdgeId id, std::map<EdgeId, std::string>& known) {
  if (auto it = known.find(id); it != known.end()) return it->second;
  const Edge& edge = plan.at(id);
  std::string why;
  if (edge.rule == "local-copy") why = "you provide it, and it stays in place";
  if (edge.rule == "refuse") why = "it is not available here";
  for (size_t i = 0; why.empty() && i < edge.needs.size(); ++i)
    if (!why_not(plan, edge.needs[i], known).empty())
      why = "it needs " + plan.at(edge.needs[i]).name;
  return known[id] = why;
}

// The edges that fetch.
bool Vendor::choose() {
  std::optional<Resolution> resolution = s_.resolve_request();
  if (resolution) planned_ = s_.plan(*resolution, true);
  if (!planned_) return false;
  std::map<EdgeId, std::string> known;
  std::vector<bool> needed = needed_edges(planned_->plan);
  for (size_t i = 0; i < planned_->plan.edges.size(); ++i) {
    const Edge& edge = planned_->plan.edges[i];
    if (edge.mode != "fetch" || !needed[i]) continue;
    std::string why = why_not(planned_->plan, static_cast<EdgeId>(i), known);
    if (why.empty())
      targets_.push_back(edge.directory + "/.done");
    else
      left_out_.push_back({edge.name, why});
  }
  return true;
}

int Vendor::call(std::vector<std::string> argv, const std::string& where, bool quiet) const {
  Command command{std::move(argv),
                  environment_with({{"MLPGEN_STORE", directory_}, {"PATH", s_.saved.path}}),
                  {},
                  where};
  Result<Outcome> done = quiet ? run_program(
                                     command, [](std::string_view) {}, STDERR_FILENO)
                               : run_program(command, STDERR_FILENO, STDERR_FILENO);
  return done ? exit_code(done->wait_status) : -1;
}

std::vector<std::string> Vendor::configure_words() const {
  std::vector<std::string> argv = {s_.installation.mlpgen, "configure", "-C", run_directory()};
  argv.insert(argv.end(), s_.saved.words.begin(), s_.saved.words.end());
  for (const std::string& folder : s_.saved.trusted) argv.push_back("--trust=" + folder);
  for (const std::string& mirror : s_.saved.mirrors) argv.push_back("--mirror=" + mirror);
  if (!s_.saved.lock.empty()) argv.push_back("--lock=" + s_.saved.lock);
  if (s_.saved.lock_use != LockUse::kAsNeeded)
    argv.push_back(std::string("--") + to_word(s_.saved.lock_use));
  // What the user's own store has is copied from there.
  Result<std::string> own = Store::default_root();
  if (!s_.saved.vendor.empty())
    argv.push_back("--vendor=" + s_.saved.vendor);
  else if (own && exists(*own + "/objects"))
    argv.push_back("--vendor=" + *own);
  return argv;
}

// The edges run in a run directory inside, with the directory as their store.
bool Vendor::gather() {
  std::error_code why;
  fs::create_directories(run_directory(), why);
  if (exists(kLockName))
    fs::copy_file(kLockName, run_directory() + "/" + kLockName,
                  fs::copy_options::overwrite_existing, why);
  bool good = call(configure_words(), s_.saved.directory, true) == 0;
  if (good && !targets_.empty()) {
    std::vector<std::string> ninja = {"ninja", "--quiet"};
    ninja.insert(ninja.end(), targets_.begin(), targets_.end());
    good = call(ninja, run_directory(), false) == 0;
  }
  // Digests of what was trusted on first use.
  if (good)
    good = call({s_.installation.mlpgen, "lock", "-C", run_directory()}, directory_, true) == 0 ||
           s_.saved.lock_use == LockUse::kFrozen;
  if (good) return true;
  s_.sink
      .error("not-gathered", {},
             "not everything that the request needs could be gathered in " + directory_)
      .with_help("run the same command again: it continues where it stopped");
  return false;
}

bool Vendor::write_lock() {
  Lock all, own = s_.lock;
  own.read(run_directory() + "/" + kLockName, s_.sources, s_.sink);
  if (!s_.saved.lock.empty()) own.read(s_.saved.lock, s_.sources, s_.sink);
  for (const LockWant& want : planned_->wants)
    if (const LockEntry* entry = own.find(want.key); entry && !entry->stand_in)
      all.add(want.key, *entry);
  locked_ = all.entries().size();
  Status written = write_file(directory_ + "/" + kLockName, all.to_text());
  return written || fail(written.error());
}

// What only filling needed.
void Vendor::clean() const {
  std::error_code ignored;
  for (const char* part :
       {"/run", "/tmp", "/partial", "/trash", "/uv-cache", "/runs", "/uses.jsonl", "/locks"})
    fs::remove_all(directory_ + part, ignored);
}

void Vendor::tell(const Store& store) const {
  Result<Inventory> inventory = take_inventory(store);
  if (!inventory) return add_error(inventory.error(), s_.sink);
  const std::vector<Thing>& things = inventory->things;
  size_t repositories = 0;
  for (const Thing& thing : things) repositories += thing.kind == ThingKind::kGit;
  size_t files = things.size() - repositories;
  if (s_.json) {
    VendorJson left = VendorJson::array();
    for (const LeftOut& one : left_out_) left.push_back({{"edge", one.edge}, {"why", one.why}});
    std::cout << VendorJson{{"format", 1},
                            {"directory", directory_},
                            {"files", files},
                            {"repositories", repositories},
                            {"bytes", bytes_of(things)},
                            {"lock_entries", locked_},
                            {"left_out", left},
                            {"objects", things_json(things)}}
                     .dump(2)
              << "\n";
    return;
  }
  std::cout << directory_ << ": " << files << " files and " << repositories << " repositories ("
            << readable_bytes(bytes_of(things)) << "), a lock with " << locked_ << " entries\n";
  for (const LeftOut& one : left_out_)
    std::cout << "not in it: " << one.edge << ": " << one.why << "\n";
  std::cout << "Next, also without a network: mlpgen configure " << join(s_.saved.words, " ")
            << " --offline --vendor=" << directory_ << "\n";
}

void Vendor::run() {
  Result<Store> store = Store::open(directory_);
  if (!store) return void(fail(store.error()));
  Result<LockFile> alone = lock_in_store(directory_ + "/locks/vendor", directory_);
  if (!alone) return void(fail(alone.error()));
  if (Status s = write_file(directory_ + "/" + kVendorNote, vendor_note(false)); !s)
    return void(fail(s.error()));
  if (!s_.open(words_) || !choose() || !gather() || !write_lock()) return;
  clean();
  if (Status s = write_file(directory_ + "/" + kVendorNote, vendor_note(true)); !s)
    return void(fail(s.error()));
  tell(*store);
}

}  // namespace

std::string vendor_note(bool complete) {
  return VendorJson{{"format", 1}, {"complete", complete}}.dump() + "\n";
}

bool is_complete_vendor(const std::string& directory) {
  if (!exists(directory + "/objects/sha256")) return false;
  Result<std::string> note = read_file(directory + "/" + kVendorNote);
  if (!note) return !exists(directory + "/" + kVendorNote);  // a plain store serves as well
  VendorJson json = VendorJson::parse(*note, nullptr, false);
  return json.is_object() && json.value("complete", false);
}

static int run_vendor(const CommandLine& line) {
  Session s(line);
  if (!s.usable) return s.finish();
  if (line.words.empty() || line.words[0].starts_with("-")) {
    s.sink.error("missing-word", {}, "gather in which directory?")
        .with_help("write: mlpgen vendor DIR [REQUEST]");
    return s.finish_usage();
  }
  std::string directory = without_slash(fs::path(s.saved.directory) / line.words[0]);
  if (is_own_store(directory))
    s.sink
        .error("not-gathered", {},
               directory + " is your own store, whose notes of uses would be lost")
        .with_help("name another directory, which takes what your store has: mlpgen vendor bundle");
  else
    Vendor(s, directory, {line.words.begin() + 1, line.words.end()}).run();
  return s.finish();
}

CommandEntry vendor_entry() {
  return {
      "vendor",
      "DIR [REQUEST]",
      "Gather in DIR everything that the request takes from outside, to build it without a network",
      std::string(
          R"(DIR gets files, repositories and packages by digest (it is a store), and a lock.
Objects in your own store are copied from there. Without a request: that of this run directory.
An interrupted run continues where it stopped.
)") + kRequestHelp +
          R"(

Example:
  mlpgen vendor bundle --preset=demo
  mlpgen configure --preset=demo --offline --vendor=bundle -C run1)",
      {kDirectoryOption, kLockFileOption, kLockedOption, kFrozenOption, kTrustOption, kMirrorOption,
       kVendorOption, kFormatOption, kHelpOption},
      true,
      run_vendor};
}

}  // namespace mlpgen

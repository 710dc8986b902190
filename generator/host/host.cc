// Tools on PATH, their versions and digests, with a cache keyed by the program's stamp.
#include "host/host.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>

#include "file/digest.h"
#include "file/file.h"
#include "file/sealed.h"
#include "process/output.h"
#include "text/bad_byte.h"
#include "text/pattern.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr int kCannotExecute =
    126;  // the exit status of shells and env where a program is there and cannot be executed
constexpr rlim_t kLeastOpenFiles =
    32;  // a shell uses numbers from 10 on for itself, and configure has up to 8 open

// The names in a folder, which tell its devices; in /proc and /sys a folder's own time tells
// nothing.
Result<std::string> entries_of(const std::string& folder) {
  Result<std::vector<std::string>> names = folder_names(folder);
  if (!names) return names.error();
  return folder + ":" + join(*names, ",");
}

Result<std::string> stamp_key(const std::string& path, const ToolQuery& q) {
  Result<FileStamp> s = stamp_of(path);
  if (!s) return s.error();
  std::string key = path + "|" + std::to_string(s->size) + "|" + std::to_string(s->mtime_ns) + "|" +
                    std::to_string(s->inode) + "|" + join(q.version_args, " ") + "|" +
                    q.version_regex + "|" + join(q.path_args, " ");
  for (const std::string& folder : q.watch) {
    Result<std::string> entries = entries_of(folder);
    if (!entries) return entries.error();
    key += "|" + *entries;
  }
  return key;
}

// Signals that a program gives itself; every other one comes from outside.
bool is_own_fault(int signal) {
  for (int one : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGPIPE, SIGSEGV, SIGSYS, SIGTRAP})
    if (signal == one) return true;
  return false;
}

// What kept the program from answering, and is not its answer; "": nothing.
std::string what_stopped(const Output& out) {
  if (out.too_long) return "did not end within " + std::to_string(kMostSeconds) + " s";
  if (out.signal != 0 && !is_own_fault(out.signal))
    return std::string("was ended by a signal: ") + strsignal(out.signal);
  if (out.status == kCannotExecute)
    return "could not execute a program: " + std::string(trim(printable(out.text)));
  return "";
}

// What a program prints; nothing where it fails: `why` then says what happened, unless it is that
// it fails. Whatever keeps a program that is there from being asked is an error: else the next one
// would be taken for it without a word.
Result<std::optional<std::string>> printed_by(const std::string& path,
                                              const std::vector<std::string>& args,
                                              std::string& why) {
  std::vector<std::string> argv = {path};
  argv.insert(argv.end(), args.begin(), args.end());
  Result<Output> out = run_command(argv);
  if (!out && out.error().number == ENOENT && !may_be_there(path))
    return std::optional<std::string>();  // removed meanwhile
  if (!out) return out.error();
  if (std::string stopped = what_stopped(*out); !stopped.empty())
    return Error{path + " " + stopped, "try it: `" + join(argv, " ") +
                                           "`; where it cannot work, take its folder out of PATH"};
  if (out->text.size() > kMostOutput)
    why = "printed more than " + std::to_string(kMostOutput >> 20) + " MiB";
  if (out->status != 0) return std::optional<std::string>();
  return std::optional(std::move(out->text));
}

// What the tool prints, or what stands in the file; nothing where no version is found in it.
Result<std::optional<std::string>> version_of(const std::string& path, const ToolQuery& q,
                                              std::string& why) {
  std::optional<std::string> text;
  if (q.files.empty()) {
    Result<std::optional<std::string>> printed = printed_by(path, q.version_args, why);
    if (!printed) return printed.error();
    text = std::move(*printed);
  } else {
    Result<std::string> read = read_file(path);
    if (!read && read.error().number == 0)
      return std::optional<std::string>();  // a FIFO, a device: it does not answer
    if (!read) return read.error();
    text = std::move(*read);
  }
  std::optional<std::vector<std::string>> parts =
      text ? search_groups(q.version_regex, *text) : std::nullopt;
  if (!parts) return std::optional<std::string>();
  std::string version = join(*parts, ".");
  if (std::optional<BadByte> bad = find_bad_byte(version))
    return Error{
        "the version that " + path + " prints has " + bad->what + ": " + printable(version),
        "look at what it prints, or at its `version_regex`"};
  return std::optional(std::move(version));
}

}  // namespace

Host::Host(std::string cache_file, std::string path)
    : cache_file_(std::move(cache_file)), folders_(split(path, ':')) {
  std::optional<std::string> text = cache_file_.empty() ? std::nullopt : read_sealed(cache_file_);
  if (!text) return;
  try {
    auto j = nlohmann::json::parse(*text);
    if (j.at("format") != 1) return;
    for (const auto& [key, t] : j.at("tools").items())
      known_[key] = {t.at("path").get<std::string>(), t.at("version").get<std::string>(),
                     t.at("digest").get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    known_.clear();  // of another shape: every tool is asked again
  }
}

Status Host::read() {
  // A probed program that cannot open its files fails like one that does not fit.
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < kLeastOpenFiles)
    return Error{"this shell allows " + std::to_string(files.rlim_cur) +
                     " open files, and mlpgen and the programs that it asks need " +
                     std::to_string(kLeastOpenFiles),
                 "type `ulimit -n 1024`, then the same command again", EMFILE};
  // Never from the cache: reading them costs less than a millisecond, and a run directory may have
  // moved to another machine.
  Result<std::map<std::string, std::string>> facts = read_facts();
  if (!facts) return facts.error();
  facts_ = std::move(*facts);
  return Done{};
}

const std::map<std::string, std::string>& Host::facts() {
  if (facts_.empty()) (void)read();
  return facts_;
}

Host::Found Host::probe(const std::string& path, const ToolQuery& q) {
  Result<std::string> key = stamp_key(path, q);
  if (!key) return key.error();
  if (auto it = known_.find(*key); it != known_.end() && exists(it->second.path))
    return std::optional(it->second);
  std::string why = "was found, but its version could not be read";
  Found tool = ask(path, q, why);
  if (!tool) return tool;
  if (!*tool) {
    mute_.push_back(path + " " + why);
    return tool;
  }
  known_[*key] = **tool;
  changed_ = true;
  return tool;
}

Host::Found Host::ask(const std::string& path, const ToolQuery& q, std::string& why) {
  Tool tool{path, "", ""};
  // A script that may be run and not read fails like one that does not fit, and the next one would
  // be taken for it.
  if (access(path.c_str(), R_OK) != 0)
    return Error{path + " cannot be read: " + std::strerror(errno),
                 "check its owner and mode: `ls -l " + path + "`", errno};
  struct stat st {};
  if (stat(path.c_str(), &st) != 0)
    return Error{path + " cannot be looked at: " + std::strerror(errno),
                 "look at the disk with `dmesg`", errno};
  if (!S_ISREG(st.st_mode)) return std::optional<Tool>();  // a FIFO, a device: it does not answer
  if (!q.path_args.empty()) {
    Result<std::optional<std::string>> printed = printed_by(path, q.path_args, why);
    if (!printed) return printed.error();
    std::string real(printed->has_value() ? trim((*printed)->substr(0, (*printed)->find('\n')))
                                          : "");
    if (!may_be_there(real)) return std::optional<Tool>();
    if (std::optional<BadByte> bad = find_bad_byte(real))
      return Error{"the path that " + path + " prints has " + bad->what + ": " + printable(real),
                   ""};
    tool.path = real;
  }
  if (!q.version_args.empty() || !q.files.empty()) {
    Result<std::optional<std::string>> version = version_of(tool.path, q, why);
    if (!version) return version.error();
    if (!*version) return std::optional<Tool>();
    tool.version = **version;
  }
  Result<std::string> digest = sha256_file(tool.path);
  if (!digest && digest.error().number == 0) return std::optional<Tool>();
  if (!digest) return digest.error();
  tool.digest = *digest;
  return std::optional(tool);
}

Host::Found Host::find_file(const ToolQuery& q, const std::function<bool(const Tool&)>& accept,
                            std::vector<std::string>& refused) {
  for (const std::string& path : q.files) {
    inputs_.push_back(path);
    Result<PathKind> kind = look_at(path);
    if (!kind) return kind.error();
    if (*kind == PathKind::kNothing) continue;
    Found found = probe(path, q);
    if (!found) return found;
    if (*found && accept(**found)) return found;
    if (*found) refused.push_back(path + " is " + (*found)->version);
  }
  return std::optional<Tool>();
}

// Whether a file that may be run is at the path.
Result<bool> Host::is_candidate(const std::string& path) {
  Result<PathKind> kind = look_at(path);
  if (!kind && kind.error().number == EACCES)
    return Error{kind.error().message,
                 "you may not search its folder: take that folder out of PATH, or change its mode",
                 EACCES};
  if (!kind) return kind.error();
  if (*kind != PathKind::kOther) return false;
  inputs_.push_back(path);
  if (access(path.c_str(), X_OK) == 0) return true;
  if (errno == EACCES) return false;
  return Error{path + " cannot be looked at: " + std::strerror(errno),
               "look at the disk with `dmesg`", errno};
}

Host::Found Host::find_program(const ToolQuery& q, const std::function<bool(const Tool&)>& accept,
                               std::vector<std::string>& refused) {
  for (const std::string& name : q.names) {
    std::vector<std::string> candidates;
    if (name.find('/') != std::string::npos)
      candidates.push_back(name);
    else
      for (const std::string& folder : folders_)
        if (!folder.empty()) candidates.push_back(folder + "/" + name);
    for (const std::string& path : candidates) {
      Result<bool> may_run = is_candidate(path);
      if (!may_run) return may_run.error();
      if (!*may_run) continue;
      Found tool = probe(path, q);
      if (!tool) return tool;
      if (!*tool) continue;
      if (accept(**tool)) {
        inputs_.push_back((*tool)->path);
        return tool;
      }
      refused.push_back(path + " is " + (*tool)->version);
    }
  }
  return std::optional<Tool>();
}

std::optional<Tool> Host::find(const ToolQuery& q, const std::function<bool(const Tool&)>& accept,
                               std::vector<std::string>& refused) {
  mute_.clear();
  unreadable_.reset();
  Found found = find_file(q, accept, refused);
  if (found && !*found) found = find_program(q, accept, refused);
  if (found) return std::move(*found);
  unreadable_ = found.error();
  return std::nullopt;
}

std::vector<std::string> Host::inputs() const {
  std::vector<std::string> all = inputs_;
  for (const std::string& f : folders_)
    if (!f.empty() && may_be_there(f)) all.push_back(f);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void Host::save() {
  if (!changed_ || cache_file_.empty()) return;
  nlohmann::json tools = nlohmann::json::object();
  for (const auto& [key, t] : known_)
    tools[key] = {{"path", t.path}, {"version", t.version}, {"digest", t.digest}};
  nlohmann::json j = {{"format", 1}, {"tools", tools}};
  write_cache(cache_file_, sealed(j.dump(1) + "\n"));
  changed_ = false;
}

}  // namespace mlpgen

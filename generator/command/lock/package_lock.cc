// mlpgen-tool lock-packages, called for one entry at a time.
#include "command/lock/package_lock.h"

#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error_json.h"
#include "command/request/session.h"
#include "file/file.h"
#include "process/output.h"
#include "store/store.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr int kSeconds = 1800;  // an sdist may be large, and a line slow

// Requirements go on over lines that end in a backslash: one line each here.
std::vector<std::string> requirement_lines(const std::string& text) {
  std::vector<std::string> lines;
  bool goes_on = false;
  for (const std::string& raw : split(text, '\n')) {
    std::string line(trim(raw));
    if (line.empty() || line.starts_with('#')) continue;
    bool more = line.ends_with('\\');
    if (more) line = trim(line.substr(0, line.size() - 1));
    if (goes_on)
      lines.back() += " " + line;
    else
      lines.push_back(line);
    goes_on = more;
  }
  return lines;
}

std::string field(const LockWant& want, const char* name) {
  auto it = want.fields.find(name);
  return it == want.fields.end() ? "" : it->second;
}

}  // namespace

void PackageAsker::report(const LockWant& want, const std::string& output) {
  Error e = error_in(answer_in(output));
  std::string id = e.id.empty()                  ? "package-client"
                   : e.id == "package-not-found" ? "no-such-package-version"
                                                 : e.id;
  auto& d = sink_.error(id, want.at,
                        e.message.empty() ? "the package client gave no answer for " + want.key
                                          : replace_all(e.message, "\n", " "));
  if (e.message.empty() && !output.empty()) d.note({}, std::string(trim(output)));
  d.with_help(e.help.empty() ? "try again; `" + tool_ +
                                   " lock-packages --help` shows the command that was asked"
                             : e.help);
}

std::optional<Output> PackageAsker::answer_of(const LockWant& want,
                                              const std::vector<std::string>& argv) {
  Result<Output> out = run_command(argv, kSeconds);
  if (out) return std::move(*out);
  sink_.error("package-client", want.at, out.error().message).with_help(out.error().help);
  return std::nullopt;
}

bool PackageAsker::obtain_package(const LockWant& want) {
  std::string spec = field(want, "name") + "==" + field(want, "version");
  std::optional<Output> out =
      answer_of(want, {tool_, "lock-packages", "--python", field(want, "python"), "--probe", spec,
                       "--kind", field(want, "kind")});
  if (!out) return false;
  nlohmann::json j = answer_in(out->text);
  if (out->status != 0 || !j.contains("sha256")) {
    report(want, out->text);
    return false;
  }
  LockEntry entry;
  entry.fields = {{"file_name", j.value("file_name", "")},
                  {"sha256", j.value("sha256", "")},
                  {"size", std::to_string(j.value("size", 0ULL))}};
  lock_.add(want.key, entry);
  return true;
}

std::string PackageAsker::locked_wheel(const std::string& name, const std::string& python) {
  for (const auto& [key, entry] : lock_.entries()) {
    if (!key.starts_with("package " + name + "==") || !entry.fields.count("sha256")) continue;
    Result<Store> store = Store::open_default();
    if (!store) return "";
    std::string spec = key.substr(8, key.find(' ', 8) - 8);
    for (int tries = 0; tries < 2; ++tries) {
      Result<std::optional<Object>> object = store->find(entry.fields.at("sha256"));
      if (object && *object) return (*object)->path;
      (void)run_command(
          {tool_, "lock-packages", "--python", python, "--probe", spec, "--kind", "wheel"},
          kSeconds);
    }
  }
  return "";
}

bool PackageAsker::obtain_environment(const LockWant& want) {
  std::string python = field(want, "python"),
              file = std::string(kStateFolder) + "/lock." + std::to_string(getpid()) + ".txt";
  (void)make_directories(kStateFolder);
  std::vector<std::string> argv = {tool_, "lock-packages", "--python", python, "--out", file};
  // Without one uv on PATH serves.
  if (std::string wheel = locked_wheel("uv", python); !wheel.empty())
    argv.insert(argv.end(), {"--uv", wheel});
  for (const std::string& package : split(field(want, "system_packages"), ' '))
    if (!package.empty()) argv.insert(argv.end(), {"--system-packages", package});
  for (const std::string& r : want.requirements) argv.push_back("--require=" + r);
  std::optional<Output> out = answer_of(want, argv);
  Result<std::string> text = read_file(file);
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  if (!out) return false;
  if (out->status != 0 || !text) {
    report(want, out->text);
    return false;
  }
  LockEntry entry;
  entry.lines = requirement_lines(*text);
  lock_.add(want.key, entry);
  return true;
}

// The rule's own script solves: it prints a line URL sha256 size for each package, sorted.
bool PackageAsker::obtain_conda(const LockWant& want) {
  std::string python = field(want, "python"), wheel = locked_wheel("py-rattler", python);
  if (wheel.empty()) {
    sink_
        .error("package-client", want.at,
               "the lock names no py-rattler, which solves conda environments")
        .with_help("run `mlpgen lock` again");
    return false;
  }
  std::vector<std::string> argv = {python,      "-I",  "-B",         field(want, "script"),
                                   "--rattler", wheel, "--platform", field(want, "platform")};
  for (const std::string& channel : split(field(want, "channels"), ' '))
    argv.insert(argv.end(), {"--channel", channel});
  for (const std::string& package : want.requirements)
    argv.insert(argv.end(), {"--package", package});
  std::optional<Output> out = answer_of(want, argv);
  if (!out) return false;
  LockEntry entry;
  for (const std::string& line : split(out->text, '\n'))
    if (line.find("://") != std::string::npos && split(line, ' ').size() == 3)
      entry.lines.push_back(line);
  if (out->status != 0 || entry.lines.empty()) {
    report(want, out->text);
    return false;
  }
  lock_.add(want.key, entry);
  return true;
}

bool PackageAsker::obtain(const LockWant& want) {
  if (want.kind == "package") return obtain_package(want);
  return want.kind == "conda-environment" ? obtain_conda(want) : obtain_environment(want);
}

}  // namespace mlpgen

// Keys of the lock.
#include "plan/lock_keys.h"

#include <algorithm>

#include "recipe/condition.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// "3.11.2" -> "cp311-x86_64": what decides which files of a package fit.
std::string python_tag(const std::string& version) {
  std::vector<std::string> parts = split(version, '.');
  return "cp" + (parts.empty() ? "" : parts[0]) + (parts.size() > 1 ? parts[1] : "") + "-x86_64";
}

// All items with blanks between them, in the order of the text.
std::string items_of(const std::map<std::string, ResolvedParam>& params, const std::string& name) {
  auto it = params.find(name);
  return it == params.end() ? "" : join(readable(it->second.items), " ");
}

}  // namespace

std::string text_of(const std::map<std::string, ResolvedParam>& params, const std::string& name) {
  auto it = params.find(name);
  return it == params.end() || it->second.items.empty() ? "" : readable(it->second.items.front());
}

bool is_off(const std::string& value) { return is_false_word(value); }

LockWant lock_want(const std::string& kind, const std::map<std::string, ResolvedParam>& params) {
  LockWant w;
  w.kind = kind;
  w.fields["python"] = text_of(params, "python");
  std::string tag = python_tag(text_of(params, "python_version"));
  if (kind == "package") {
    for (const char* name : {"name", "version", "kind"}) w.fields[name] = text_of(params, name);
    bool wheel = w.fields["kind"] == "wheel";
    w.key = "package " + w.fields["name"] + "==" + w.fields["version"] + " " + w.fields["kind"] +
            (wheel ? " " + tag : "");
    return w;
  }
  if (kind == "python-environment") {
    if (auto it = params.find("requirements"); it != params.end())
      w.requirements = readable(it->second.items);
    std::sort(w.requirements.begin(), w.requirements.end());
    w.key = "python-environment " + join(w.requirements, " ") + " " + tag;
    w.fields["system_packages"] = items_of(params, "system_packages");
    if (!w.fields["system_packages"].empty())
      w.key += " with the system's " + w.fields["system_packages"];
    return w;
  }
  if (kind == "conda-environment") {
    if (auto it = params.find("packages"); it != params.end())
      w.requirements = readable(it->second.items);
    std::sort(w.requirements.begin(), w.requirements.end());
    for (const char* name : {"script", "platform"}) w.fields[name] = text_of(params, name);
    w.fields["channels"] = items_of(params, "channels");
    w.key = "conda-environment " + join(w.requirements, " ") + " from " + w.fields["channels"] +
            " " + w.fields["platform"];
    return w;
  }
  w.fields = {{"url", text_of(params, "urls")},
              {"md5", lower(text_of(params, "md5"))},
              {"file_name", text_of(params, "name")}};
  w.key = "file " + w.fields["url"];
  return w;
}

}  // namespace mlpgen

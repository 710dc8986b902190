// explain PACKAGE: which version of a package is used, which lock says so, and who asked for it.
#include <algorithm>

#include "command/explain/explain.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// NAME of "NAME[extra]>=1.2; marker".
std::string package_name(const std::string& requirement) {
  return requirement.substr(0, requirement.find_first_of(" =<>!~[;"));
}

bool same_name(const std::string& a, const std::string& b) {
  return replace_all(lower(a), "_", "-") == replace_all(lower(b), "_", "-");
}

// VERSION of the line "NAME==VERSION --hash=..." for this package, or "".
std::string version_in(const std::vector<std::string>& lines, const std::string& name) {
  for (const std::string& line : lines) {
    size_t equals = line.find("==");
    if (equals == std::string::npos || !same_name(line.substr(0, equals), name)) continue;
    return line.substr(equals + 2, line.find_first_of(" ;", equals) - equals - 2);
  }
  return "";
}

// The instances that have the step of the want, and those that call them: where requirements are
// collected.
std::vector<const Instance*> collectors(const Asked& asked, const LockWant& want) {
  std::vector<const Instance*> all;
  for (const Instance& i : asked.resolution.instances) {
    bool has = std::any_of(i.steps.begin(), i.steps.end(),
                           [&](const ResolvedStep& s) { return s.step->span == want.at; });
    if (!has) continue;
    all.push_back(&i);
    for (InstanceId up : i.asked_by) all.push_back(&asked.resolution.at(up));
  }
  return all;
}

bool asks_for(const Setter& s, const LockWant& want, const std::string& name, std::string& as) {
  if (s.rank != Rank::kDepExport) return false;
  for (const std::string& item : readable(s.value.items)) {
    as = item;
    bool wanted = std::find(want.requirements.begin(), want.requirements.end(), item) !=
                  want.requirements.end();
    if (wanted && same_name(package_name(item), name)) return true;
  }
  return false;
}

// The deps whose exports add the package to the environment, each with its place.
Answer asked_json(const Asked& asked, const LockWant& want, const std::string& name) {
  Answer all = Answer::array();
  for (const Instance* i : collectors(asked, want))
    for (const auto& [key, b] : i->env) {
      std::vector<Setter> setters = b.beaten;
      setters.push_back(b.winner);
      std::string as;
      for (const Setter& s : setters) {
        if (!key.starts_with('+') || !asks_for(s, want, name, as)) continue;
        Answer one = {{"requirement", as},
                      {"set_by", s.who},
                      {"place", asked.session.sources.describe(s.span)}};
        if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
      }
    }
  return all;
}

Answer use_json(const Asked& asked, const LockWant& want, const std::string& name) {
  const LockEntry* entry = asked.session.lock.find(want.key);
  std::string version;
  bool by_name = want.kind == "package" && same_name(want.fields.at("name"), name);
  if (by_name) version = want.fields.at("version");
  if (want.kind == "python-environment" && entry) version = version_in(entry->lines, name);
  if (version.empty()) return {};
  Answer j = {{"version", version},
              {"lock", entry ? in_installation(asked, entry->from) : ""},
              {"entry", want.key},
              {"step", asked.session.sources.describe(want.at)},
              {"asked_by", Answer::array()}};
  if (!by_name) j["asked_by"] = asked_json(asked, want, name);
  return j;
}

}  // namespace

Answer explain_package(const Asked& asked, const std::string& what) {
  Answer uses = Answer::array();
  for (const LockWant& w : asked.wants)
    if (Answer use = use_json(asked, w, what);
        !use.is_null() && std::find(uses.begin(), uses.end(), use) == uses.end())
      uses.push_back(std::move(use));
  if (uses.empty()) return {};
  return {{"format", 1}, {"kind", "package"}, {"package", what}, {"uses", uses}};
}

std::string package_text(const Answer& a) {
  std::string name = a["package"], out = "package " + name + "\n";
  for (const Answer& u : a["uses"]) {
    std::string lock = u["lock"], entry = u["entry"];
    out += "  version " + u["version"].get<std::string>() + ", for the step at " +
           u["step"].get<std::string>() + "\n";
    out += lock.empty() ? "    no lock has it yet: " + entry + "\n"
                        : "    the lock " + lock + " says so: " + entry + "\n";
    if (u["asked_by"].empty())
      out += entry.starts_with("package ") ? "    the step names this version\n"
                                           : "    another package of this environment needs it\n";
    for (const Answer& r : u["asked_by"])
      out += "    asked for as " + r["requirement"].get<std::string>() + ": " +
             r["set_by"].get<std::string>() + "  " + r["place"].get<std::string>() + "\n";
  }
  return out + "  `mlpgen lock --update` asks for newer ones\n";
}

}  // namespace mlpgen

// The version of an instance: chosen among those of the recipe, or that of the first tool that is
// probed.
#include "host/distribution.h"
#include "resolve/frame/frame.h"
#include "text/text.h"
#include "text/version.h"

namespace mlpgen {
namespace {

bool fits(const VersionRange& r, const std::string& version) {
  if (r.exact && compare_versions(version, r.exact->value) != 0) return false;
  if (r.min && compare_versions(version, r.min->value) < 0) return false;
  return !r.max || compare_versions(version, r.max->value) <= 0;
}

std::string range_words(const VersionRange& r) {
  std::vector<std::string> w;
  if (r.exact) w.push_back("version " + r.exact->value);
  if (r.min) w.push_back("at least " + r.min->value);
  if (r.max) w.push_back("at most " + r.max->value);
  return join(w, ", ");
}

// {>=1.10, <=2} -> ">=1.10,<=2"
std::string as_requirement(const VersionRange& r) {
  std::vector<std::string> parts;
  if (r.exact) parts.push_back("==" + r.exact->value);
  if (r.min) parts.push_back(">=" + r.min->value);
  if (r.max) parts.push_back("<=" + r.max->value);
  return join(parts, ",");
}

Span first_span(const VersionRange& r) {
  return r.exact ? r.exact->span : r.min ? r.min->span : r.max->span;
}

constexpr const char* kAskedVersion = "CM_VERSION_ASKED";
constexpr const char* kVersionToMake = "CM_VERSION_TO_MAKE";

// In place of a tool that is missing, where only what else is missing is asked for.
Tool stand_in(const ToolQuery& query, const VersionRange& range) {
  const std::vector<std::string>& names = query.files.empty() ? query.names : query.files;
  std::string version = range.exact ? range.exact->value
                        : range.min ? range.min->value
                        : range.max ? range.max->value
                                    : "0";
  return {names.empty() ? "missing" : names.front(), version, std::string(64, '0')};
}

}  // namespace

// `version_max_usable` where the recipe has it and it fits, else the newest that fits; "" when none
// does.
std::string Frame::newest_in(const VersionRange& want) const {
  std::string newest;
  for (const Version& v : call_.recipe->versions) {
    const std::string& name = v.name.value;
    if (!is_version(name) || !fits(want, name)) continue;
    if (want.max_usable && want.max_usable->value == name) return name;
    if (newest.empty() || compare_versions(name, newest) > 0) newest = name;
  }
  return newest;
}

// Why version_ was chosen among those of the recipe.
void Frame::explain_choice() {
  const VersionRange& want = call_.version;
  const std::optional<Text>& fallback = call_.recipe->default_version;
  if (want.exact) {
    version_because_ = "asked for";
    version_at_ = want.exact->span;
  } else if (fallback && fallback->value == version_) {
    std::string asked = range_words(want);
    version_because_ = "default_version" + (asked.empty() ? "" : ", which is " + asked);
    version_at_ = fallback->span;
  } else {
    bool usable = want.max_usable && want.max_usable->value == version_;
    version_because_ =
        (usable ? "version_max_usable: " : "the newest that is ") + range_words(want);
    version_at_ = usable ? want.max_usable->span : want.min ? want.min->span : want.max->span;
  }
}

// A recipe whose versions others know, such as a package index, hands on what is asked for.
bool Frame::take_asked_version() {
  if (!own_keys().count(kAskedVersion)) return false;
  set(kAskedVersion, {Rank::kVersion, 0, first_span(call_.version), "version asked for",
                      Value::text(as_requirement(call_.version))});
  return true;
}

// Where nothing has the exact version that is asked for, the recipe may make it.
bool Frame::make_version(const Probe& probe) {
  const std::optional<Text>& exact = call_.version.exact;
  if (!exact || !own_keys().count(kVersionToMake) || &probe != &call_.recipe->probes.front())
    return false;
  version_ = exact->value;
  version_because_ = "asked for, and nothing here has it";
  version_at_ = exact->span;
  set(kVersionToMake,
      {Rank::kVersion, 0, exact->span, "version asked for", Value::text(exact->value)});
  return true;
}

void Frame::choose_version() {
  const Recipe& r = *call_.recipe;
  const VersionRange& want = call_.version;
  if (r.versions.empty() && r.probes.empty() && !want.empty() && !take_asked_version()) {
    const Text& asked = want.exact ? *want.exact : want.min ? *want.min : *want.max;
    sink_
        .error("unknown-version", asked.span,
               r.id.value + " has no versions, and " + asked.value + " is asked for")
        .with_help("drop the version; `mlpgen show " + r.id.value + "` shows what can be chosen");
  }
  if (r.versions.empty()) return;
  std::string chosen = want.exact          ? want.exact->value
                       : r.default_version ? r.default_version->value
                                           : "";
  bool ranged = want.min || want.max;
  if (want.exact && ranged && !(is_version(chosen) && fits(want, chosen))) {
    sink_
        .error("unknown-version", want.exact->span,
               r.id.value + " is asked for in version " + chosen + ", and that is not " +
                   range_words({std::nullopt, want.min, want.max, std::nullopt}))
        .with_help("drop one of the two");
    return;
  }
  if (!want.exact && ranged && !(is_version(chosen) && fits(want, chosen)))
    chosen = newest_in(want);
  if (chosen.empty() && ranged) {
    std::vector<std::string> names;
    for (const Version& v : r.versions) names.push_back(v.name.value);
    sink_
        .error("unknown-version", want.min ? want.min->span : want.max->span,
               r.id.value + " has no version that is " + range_words(want))
        .with_help("its versions: " + join(names, ", "));
  }
  if (chosen.empty()) return;
  std::vector<std::string> known;
  for (const Version& v : r.versions) {
    known.push_back(v.name.value);
    if (v.name.value != chosen) continue;
    version_ = chosen;
    explain_choice();
    set_all(v.env, Rank::kVersion, "version " + chosen);
    return;
  }
  Span at = want.exact ? want.exact->span : want.min ? want.min->span : call_.asked_at;
  sink_.error("unknown-version", at, r.id.value + " has no version " + chosen)
      .with_help("its versions: " + join(known, ", "));
}

bool Frame::run_probes() {
  bool all = true;
  for (const Probe& p : call_.recipe->probes) {
    ToolQuery q;
    for (const TemplateText& t : p.names)
      for (std::string& n : readable(expand_text(t, InstanceId::kNone)))
        if (!n.empty()) q.names.push_back(std::move(n));
    for (const Text& t : p.files) q.files.push_back(t.value);
    for (const Text& t : p.version_args) q.version_args.push_back(t.value);
    for (const Text& t : p.path_args) q.path_args.push_back(t.value);
    for (const Text& t : p.watch) q.watch.push_back(t.value);
    q.version_regex = p.version_regex.value;
    std::vector<std::string> refused;
    bool first = &p == &call_.recipe->probes.front();
    auto tool = around_.host.find(
        q, [&](const Tool& t) { return !first || fits(call_.version, t.version); }, refused);
    if (const std::optional<Error>& why = around_.host.unreadable()) {
      sink_.error("unreadable-file", p.span, why->message).with_help(why->help);
      all = false;
      continue;
    }
    std::string wanted = first ? range_words(call_.version) : "";
    bool may_lack = p.optional || (!tool && make_version(p));
    if (around_.probed) {
      around_.probed->push_back({call_.recipe->id.value, q.files.empty() ? q.names : q.files,
                                 wanted, may_lack, tool.has_value(), tool ? tool->path : "",
                                 tool ? tool->version : "", refused, p.install});
      if (!tool && !may_lack) tool = stand_in(q, first ? call_.version : VersionRange());
    }
    if (tool) {
      tools_[p.id.value] = *tool;
      if (first && !tool->version.empty()) {
        std::string asked = range_words(call_.version);
        version_ = tool->version;
        version_because_ =
            "found at " + tool->path + (asked.empty() ? "" : ", asked for: " + asked);
        version_at_ = p.span;
      }
      continue;
    }
    if (may_lack) continue;
    all = false;
    auto& d = sink_.error(refused.empty() ? "tool-not-found" : "tool-too-old",
                          call_.asked_at.known() ? call_.asked_at : p.span,
                          "no " + join(q.files.empty() ? q.names : q.files, " or ") +
                              (wanted.empty() ? "" : " (" + wanted + ")") +
                              (q.files.empty() ? " on PATH" : " on this machine"));
    for (const std::string& r : refused) d.note({}, "found " + r);
    for (const std::string& m : around_.host.mute()) d.note({}, m);
    d.note(p.span, call_.recipe->id.value + " looks for it here");
    std::vector<std::string> ids = read_distribution_ids();
    if (std::string command = install_command({package_for(p.install, ids)}, ids); !command.empty())
      d.with_help("install it: " + command);
  }
  return all;
}

}  // namespace mlpgen

// The version of an instance: chosen among those of the recipe, or that of the first tool that is
// probed.
#include "host/distribution.h"
#include "resolve/frame/frame.h"
#include "resolve/frame/version_choice.h"
#include "text/text.h"

namespace mlpgen {
namespace {

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
  bool handed_on = r.versions.empty() && r.probes.empty() && !want.empty() && take_asked_version();
  const Version* chosen = mlpgen::choose_version(r, want, handed_on, call_.asked_at, sink_);
  if (!chosen) return;
  version_ = chosen->name.value;
  explain_choice();
  set_all(chosen->env, Rank::kVersion, "version " + version_);
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

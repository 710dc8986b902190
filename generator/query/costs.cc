// Steps of a plan and what they declare: sizes, places, reasons.
#include "query/costs.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "file/mirror.h"
#include "plan/lock_keys.h"
#include "resolve/frame/step.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr const char* kPackageIndex = "package index";

// What the step gives its rule, and the rule's defaults for the rest.
std::map<std::string, ResolvedParam> params_of(const ResolvedStep& step, const StepRule& rule) {
  std::map<std::string, ResolvedParam> params;
  for (const RuleParam& p : rule.params)
    params[p.name.value] = {p.name, kind_of(p.type), templates_of(p.default_items), {}};
  for (const ResolvedParam& p : step.params) params[p.name.value] = p;
  return params;
}

std::string field_of(const LockEntry* entry, const std::string& name) {
  if (!entry) return "";
  auto it = entry->fields.find(name);
  return it == entry->fields.end() ? "" : it->second;
}

std::vector<Mirror> mirrors_of(const std::vector<std::string>& words) {
  std::vector<Mirror> mirrors;
  for (const std::string& word : words)
    if (std::optional<Mirror> mirror = read_mirror(word)) mirrors.push_back(*mirror);
  return mirrors;
}

std::string last_part(std::string path) {
  path = path.substr(0, path.find_first_of("?#"));
  while (path.ends_with('/')) path.pop_back();
  return path.substr(path.rfind('/') + 1);
}

// A file, or, where it has no name, many files below one URL.
void describe_file(Fetch& f, const ResolvedStep& step, const LockEntry* locked) {
  f.urls = param_items(step, "urls");
  f.asked_url = f.urls.empty() ? "" : f.urls.front();
  std::string name = param_of(step, "name");
  f.many = name.empty();
  f.what = f.many ? "files of " + last_part(f.asked_url) : name;
  f.md5 = lower(param_of(step, "md5"));
  f.sha256 = lower(param_of(step, "sha256"));
  f.bytes = bytes_of(param_of(step, f.many ? "bytes" : "size"));
  if (std::string digest = field_of(locked, "sha256"); !digest.empty()) {
    f.sha256 = digest;
    if (auto size = bytes_of(field_of(locked, "size")); size && !f.many) f.bytes = size;
    if (locked->stand_in) f.md5.clear();
  }
  f.checked = !f.sha256.empty() ? "sha256" : f.md5.empty() ? "first use" : "md5";
}

void describe_commit(Fetch& f, const ResolvedStep& step) {
  f.urls = {param_of(step, "url")};
  f.asked_url = f.urls.front();
  f.what = last_part(f.asked_url) + " at " + param_of(step, "commit").substr(0, 12);
  f.checked = "commit";
}

// All packages of an environment, which the lock names one a line.
void describe_environment(Fetch& f, const LockWant& want, const LockEntry* locked) {
  f.host = kPackageIndex;
  size_t count = locked ? locked->lines.size() : want.requirements.size();
  f.what = counted(count, want.kind == "python-environment" ? "Python package" : "conda package");
  f.checked = "hashes";
}

void describe_package(Fetch& f, const ResolvedStep& step, const LockEntry* locked) {
  f.host = kPackageIndex;
  f.what = param_of(step, "name") + "==" + param_of(step, "version");
  f.sha256 = field_of(locked, "sha256");
  f.bytes = bytes_of(field_of(locked, "size"));
  f.checked = "sha256";
}

}  // namespace

std::vector<StepWork> steps_of(const Work& work, const EdgeBits& edges, Library& library) {
  std::vector<StepWork> steps;
  std::map<std::pair<const Instance*, const ResolvedStep*>, size_t> places;
  for (size_t i = 0; i < edges.size(); ++i) {
    if (!edges[i] || work.uses(i).empty()) continue;
    const StepUse& use = work.uses(i).front();
    auto [place, first] = places.emplace(std::pair(use.instance, use.step), steps.size());
    if (first)
      steps.push_back({use,
                       rule_of(*use.step, library),
                       use.instance->recipe->id.value + "/" + use.step->step->id.value,
                       {},
                       0});
    StepWork& step = steps[place->second];
    step.edges.push_back(i);
    if (!work.done(i)) ++step.missing;
  }
  return steps;
}

std::vector<Fetch> fetches_of(const std::vector<StepWork>& steps, const Lock& lock,
                              const std::vector<std::string>& mirrors) {
  const std::vector<Mirror> asked_instead = mirrors_of(mirrors);
  std::vector<Fetch> all;
  for (const StepWork& s : steps) {
    const std::string kind = s.rule ? s.rule->lock.value : "";
    if (kind.empty() || kind == "local" || kind == "checkout") continue;
    const ResolvedStep& step = *s.use.step;
    std::optional<LockWant> want;
    if (kind != "commit") want = lock_want(kind, params_of(step, *s.rule));
    const LockEntry* locked = want ? lock.find(want->key) : nullptr;
    Fetch f;
    f.step = s.name;
    f.done = s.missing == 0;
    if (kind == "file") describe_file(f, step, locked);
    if (kind == "commit") describe_commit(f, step);
    if (kind == "package") describe_package(f, step, locked);
    if (want && kind.ends_with("-environment")) describe_environment(f, *want, locked);
    for (std::string& url : f.urls) url = mirrored(url, asked_instead).value_or(url);
    if (!f.urls.empty()) f.host = host_of(f.urls.front());
    all.push_back(std::move(f));
  }
  return all;
}

std::vector<LocalCopy> copies_of(const std::vector<StepWork>& steps) {
  std::vector<LocalCopy> all;
  for (const StepWork& s : steps) {
    if (!s.rule || s.rule->kind != "local") continue;
    const ResolvedStep& step = *s.use.step;
    std::string what =
        param_of(step, "what");  // may end in a comma: link-local goes on with the sentence
    if (what.ends_with(',')) what.pop_back();
    all.push_back({s.name, what, param_of(step, "how"), param_of(step, "path"),
                   bytes_of(param_of(step, "bytes"))});
  }
  return all;
}

std::vector<FailingStep> refusals_of(const std::vector<StepWork>& steps) {
  std::vector<FailingStep> all;
  for (const StepWork& s : steps)
    if (s.rule && s.rule->kind == "refuse")
      all.push_back({s.name, param_of(*s.use.step, "reason"), param_of(*s.use.step, "help")});
  return all;
}

Made made_by(const std::vector<StepWork>& steps) {
  static const std::vector<std::string> kLarge = {"extract", "install", "preprocess"};
  Made made;
  for (const StepWork& s : steps) {
    if (!s.rule || s.missing == 0) continue;
    if (auto bytes = bytes_of(param_of(*s.use.step, "made"))) {
      made.bytes += *bytes / s.edges.size() * s.missing;
      made.declared.push_back(s.name);
    } else if (std::find(kLarge.begin(), kLarge.end(), s.rule->kind) != kLarge.end()) {
      made.unknown.push_back(s.name);
    }
  }
  return made;
}

std::optional<uint64_t> bytes_of(const std::string& text) {
  uint64_t product = 1;
  std::vector<std::string> factors = split(replace_all(text, " x ", "\n"), '\n');
  for (const std::string& factor : factors) {
    uint64_t n = 0;
    auto [end, why] = std::from_chars(factor.data(), factor.data() + factor.size(), n);
    if (why != std::errc() || end != factor.data() + factor.size()) return std::nullopt;
    if (n != 0 && product > std::numeric_limits<uint64_t>::max() / n) return std::nullopt;
    product *= n;
  }
  return factors.empty() ? std::nullopt : std::optional(product);
}

std::string host_of(const std::string& url) {
  size_t scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  std::string rest = url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  return rest.empty() ? "this machine" : rest.substr(rest.rfind('@') + 1);
}

}  // namespace mlpgen

// Calls recipes from the root down; equal calls and equal instances exist once.
#include "resolve/resolver.h"

#include <algorithm>

#include "recipe/condition.h"
#include "recipe/tags.h"
#include "resolve/deps.h"
#include "resolve/frame/frame.h"
#include "resolve/frame/step.h"
#include "resolve/root.h"
#include "resolve/rounds.h"
#include "resolve/unused.h"
#include "resolve/variation/combinations.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

class Resolver {
 public:
  Resolver(Library& library, Host& host, LockedVersions locked, Sink& sink,
           std::vector<ProbedTool>* probed = nullptr)
      : library_(library),
        sink_(sink),
        around_{host, library.root(), std::move(locked), probed, &library, {}},
        rounds_(library, sink) {}
  InstanceId call(const Call& call);
  void set_makes_all(bool makes_all) { makes_all_ = makes_all; }
  Resolution take() { return std::move(resolution_); }
  const Resolution& resolution() const { return resolution_; }
  const std::map<std::string, bool>& handles() const { return handles_; }
  // Once all is resolved; `roots`: the instances of the request and of each target.
  void warn_unused(const Request& request, const std::vector<InstanceId>& roots);

 private:
  void resolve_deps(Frame& frame, const Call& call, std::vector<ResolvedDep>& resolved,
                    bool& failed);
  std::vector<ResolvedDep> resolve_dep(Frame& frame, const Call& call, const DepEntry& entry,
                                       int order, bool& failed);
  std::vector<ResolvedStep> steps(Frame& frame, InstanceId self);
  void add_steps(Frame& frame, const std::vector<RecipeStep>& steps, InstanceId self,
                 std::vector<ResolvedStep>& out);
  std::map<std::string, Value> exports(Frame& frame, InstanceId self);
  InstanceId intern(Instance instance, Frame& frame);
  void note_call(const Frame& frame, const DepEntry& entry, const Call& call, InstanceId target);

  Library& library_;
  Sink& sink_;
  Surroundings around_;
  Rounds rounds_;
  Resolution resolution_;
  struct Called {
    InstanceId id;
    int frame;
  };
  std::map<std::string, Called> calls_;  // by Call::key
  int last_frame_ = 0;                   // of the call that was made or found last
  std::vector<int> frames_;              // of each instance
  std::map<const Override*, std::set<InstanceId>>
      applied_;                                  // to calls of deps that carry the handle
  std::map<std::string, InstanceId> instances_;  // by what an instance is
  std::set<const Recipe*> expected_;             // recipes whose deps the library was told of
  std::vector<std::pair<std::string, Span>> stack_;
  bool makes_all_ =
      false;  // the root has the target `all`, of its own or for want of any: it makes every step
  std::map<std::string, bool> handles_;  // every handle that a dep carried
};

InstanceId Resolver::call(const Call& call) {
  std::string key = call.key();
  if (auto it = calls_.find(key); it != calls_.end()) {
    last_frame_ = it->second.frame;
    return it->second.id;
  }
  constexpr size_t kDeepest =
      100;  // deeper than any pipeline: a recipe that calls itself with another value each time
  auto on_stack =
      std::find_if(stack_.begin(), stack_.end(), [&](const auto& s) { return s.first == key; });
  if (stack_.size() > kDeepest) on_stack = stack_.end() - 3;
  if (on_stack != stack_.end()) {
    auto& d = sink_.error("dep-cycle", call.asked_at, call.recipe->id.value + " depends on itself");
    for (auto s = on_stack; s != stack_.end(); ++s) d.note(s->second, "on the way");
    d.with_help("remove one of these deps, or guard it by a condition");
    return InstanceId::kNone;
  }
  size_t errors = sink_.errors();
  stack_.push_back({key, call.asked_at});
  if (expected_.insert(call.recipe).second) expect_recipes(*call.recipe, library_);
  Frame frame(call, around_, sink_);
  Instance instance;
  instance.recipe = call.recipe;
  bool failed = sink_.errors() != errors;
  if (call.recipe->round) failed |= !rounds_.bind(frame, *call.recipe->round);
  if (failed) frame.silence();
  if (frame.report_missing()) {
    failed = true;
  } else {
    failed |= !frame.run_probes();
    resolve_deps(frame, call, instance.deps, failed);
  }
  if (failed) frame.silence();
  frame.check_values();
  InstanceId id = failed ? InstanceId::kNone : intern(std::move(instance), frame);
  stack_.pop_back();
  last_frame_ = frame.number();
  return (calls_[key] = {sink_.errors() == errors ? id : InstanceId::kNone, last_frame_}).id;
}

void Resolver::resolve_deps(Frame& frame, const Call& call, std::vector<ResolvedDep>& resolved,
                            bool& failed) {
  std::vector<DepEntry> entries = dep_entries(frame, call, handles_);
  std::vector<bool> done(entries.size(), false);
  std::vector<std::vector<ResolvedDep>> in_order(entries.size());
  frame.set_declared_by_deps(
      [&](const std::string& key) { return may_be_exported(key, entries, library_); });
  frame.check_handed();
  if (stack_.size() == 1)
    for (const Target& t : call.recipe->targets) check_condition(t.default_if, frame, sink_);
  size_t left = entries.size();
  auto finish = [&](size_t i) {
    in_order[i] = resolve_dep(frame, call, entries[i], static_cast<int>(i), failed);
    if (failed) frame.silence();
    done[i] = true;
    --left;
  };
  bool undecided = false;
  decide_early(entries, frame, sink_, undecided);
  if (undecided) return void(failed = true);
  expect_recipes(entries, library_);
  for (size_t i = 0; i < entries.size(); ++i)
    if (entries[i].verdict) finish(i);
  while (left > 0) {
    size_t ready = next_ready(entries, done, frame, library_);
    if (ready == entries.size()) {
      report_order_cycle(entries, done, frame, library_, sink_);
      failed = true;
      return;
    }
    if (!entries[ready].verdict) {
      entries[ready].verdict = evaluate_strict(entries[ready].dep->when, frame, sink_, failed);
      entries[ready].asks.reset();
      if (entries[ready].verdict->enabled) continue;  // what it inherits may still be to come
    }
    finish(ready);
  }
  frame.set_declared_by_deps(nullptr);
  for (std::vector<ResolvedDep>& calls : in_order)
    for (ResolvedDep& r : calls) resolved.push_back(std::move(r));
}

// One call, or one for each combination of the keys that have several values.
std::vector<ResolvedDep> Resolver::resolve_dep(Frame& frame, const Call& caller,
                                               const DepEntry& entry, int order, bool& failed) {
  ResolvedDep r;
  r.dep = entry.dep;
  r.enabled = entry.verdict->enabled && !failed;
  r.why = failed ? "not evaluated" : entry.verdict->why;
  r.tags = entry.dep->tags_text.value;
  if (!r.enabled) return {r};
  std::vector<ResolvedDep> all;
  std::vector<const Instance*> callees;
  for (Combination& c : combinations(frame, *entry.dep)) {
    size_t errors = sink_.errors();
    r.label = c.label;
    frame.narrow(std::move(c.values));
    std::optional<Call> call = make_call(frame, caller, entry, library_, sink_, r.tags);
    r.target = call ? this->call(*call) : InstanceId::kNone;
    if (sink_.errors() != errors || r.target == InstanceId::kNone) failed = true;
    if (r.target != InstanceId::kNone) {
      note_call(frame, entry, *call, r.target);
      callees.push_back(&resolution_.at(r.target));
    }
    all.push_back(r);
  }
  frame.narrow({});
  if (!callees.empty())
    frame.add_exports(callees.size() == 1 ? callees.front()->exports : common_exports(callees),
                      callees.front()->recipe->id.value, entry.dep->span, order);
  return all;
}

// What the callee reads of its caller, and what the caller sees of it.
void Resolver::note_call(const Frame& frame, const DepEntry& entry, const Call& call,
                         InstanceId target) {
  int callee = last_frame_, caller = frame.number();
  auto given = [&](const EnvMap& env) {
    for (const EnvEntry& e : env)
      around_.uses.reads(callee, e.key.value, caller, "given " + e.key.value);
  };
  for (const Text& key : call.recipe->inherits)
    around_.uses.reads(callee, key.value, caller, key.value);
  given(entry.dep->env);
  for (const Override* o : entry.overrides) {
    given(o->env);
    applied_[o].insert(target);
  }
  for (const auto& [key, value] : resolution_.at(target).exports)
    around_.uses.reads(caller, key, frames_[static_cast<uint32_t>(target)], "export " + key);
}

void Resolver::add_steps(Frame& frame, const std::vector<RecipeStep>& steps, InstanceId self,
                         std::vector<ResolvedStep>& out) {
  for (const RecipeStep& s : steps) {
    bool failed = false;
    if (!evaluate_strict(s.when, frame, sink_, failed).enabled) continue;
    std::string name = "step " + s.id.value;
    Frame::Reading reading(frame, name);
    out.push_back(resolve_step(s, frame, self, library_));
    if (!out.back().target.empty() || makes_all_) around_.uses.use(frame.number(), name);
  }
}

std::vector<ResolvedStep> Resolver::steps(Frame& frame, InstanceId self) {
  std::vector<ResolvedStep> out;
  add_steps(frame, frame.recipe().steps, self, out);
  for (const ActiveVariation& a : frame.active()) add_steps(frame, a.variation->steps, self, out);
  return out;
}

std::map<std::string, Value> Resolver::exports(Frame& frame, InstanceId self) {
  std::map<std::string, Value> out;
  auto add = [&](const EnvMap& env) {
    for (const EnvEntry& e : env) {
      Value v{e.is_list, {}};
      Frame::Reading reading(frame, "export " + e.key.value);
      for (const TemplateText& t : e.values)
        for (Template& item : frame.expand_text(t, self)) v.items.push_back(std::move(item));
      if (v.items.size() != 1) v.is_list = true;
      out[e.key.value] = std::move(v);
    }
  };
  for (const Text& glob : frame.recipe().new_env_keys)
    for (const std::string& key : frame.known_keys(glob.value))
      if (std::optional<Value> v = frame.get(key)) {
        around_.uses.reads(frame.number(), "export " + key, frame.number(), key);
        out[key] = std::move(*v);
      }
  add(frame.recipe().exports);
  for (const ActiveVariation& a : frame.active()) add(a.variation->exports);
  return out;
}

InstanceId Resolver::intern(Instance instance, Frame& frame) {
  instance.version = frame.version();
  instance.version_because = frame.version_because();
  instance.version_at = frame.version_at();
  for (const ActiveVariation& a : frame.active()) {
    instance.variations.push_back(a.name);
    instance.because.push_back(a.because);
    instance.chosen_at.push_back(a.span);
  }
  instance.env = frame.bindings();
  std::string what = instance.recipe->id.value + "\n" + join(instance.variations, ",") + "\n" +
                     instance.version + "\n";
  for (const auto& [key, b] : instance.env) what += key + "=" + exact(b.value) + "\n";
  for (const ResolvedDep& d : instance.deps)
    what += std::to_string(static_cast<uint32_t>(d.target)) + ",";
  if (auto it = instances_.find(what); it != instances_.end()) {
    for (const auto& [key, b] : instance.env)
      around_.uses.reads(frames_[static_cast<uint32_t>(it->second)], key, frame.number(), key);
    return it->second;
  }
  auto id = static_cast<InstanceId>(resolution_.instances.size());
  instance.id = id;
  frames_.push_back(frame.number());
  instance.steps = steps(frame, id);
  instance.exports = exports(frame, id);
  for (const ResolvedDep& d : instance.deps)
    if (d.target != InstanceId::kNone)
      resolution_.instances[static_cast<uint32_t>(d.target)].asked_by.push_back(id);
  resolution_.instances.push_back(std::move(instance));
  return instances_[what] = id;
}

void Resolver::warn_unused(const Request& request, const std::vector<InstanceId>& roots) {
  const Instance& asked = resolution_.at(roots.front());
  for (const Target& t : asked.recipe->targets)
    for (const std::string& key : decisive_keys(t.default_if, lookup_in(asked)))
      around_.uses.use(frames_[static_cast<uint32_t>(asked.id)], key);
  if (makes_all_ && std::all_of(resolution_.instances.begin(), resolution_.instances.end(),
                                [](const Instance& i) { return i.steps.empty(); }))
    for (const auto& [key, value] : asked.exports)
      around_.uses.use(frames_[static_cast<uint32_t>(asked.id)], "export " + key);
  around_.uses.finish();
  mlpgen::warn_unused(request, resolution_, {around_.uses, frames_, roots, applied_}, sink_);
}

// `all` makes every step, also where a recipe declares a target of that name.
bool makes_all(const Recipe& r) {
  return r.targets.empty() || std::any_of(r.targets.begin(), r.targets.end(), [](const Target& t) {
           return t.name.value == kAllTarget;
         });
}

}  // namespace

std::optional<Resolution> resolve(Library& library, Host& host, const Request& request,
                                  Sink& sink) {
  size_t errors = sink.errors();
  std::optional<RootCall> root = make_root(library, request, sink);
  if (!root) return std::nullopt;
  Resolver resolver(library, host, request.locked, sink, request.probed);
  resolver.set_makes_all(makes_all(*root->call.recipe));
  InstanceId as_asked = resolver.call(root->call);
  std::vector<RootTarget> targets;
  if (as_asked != InstanceId::kNone) {
    for (const Target& t : root->call.recipe->targets) {
      InstanceId id = resolver.call(with_variation(root->call, t.variation));
      targets.push_back(
          {t.name.value, &t, id, is_default_target(t, resolver.resolution().at(as_asked))});
    }
    if (root->call.recipe->targets.empty())
      targets.push_back({kAllTarget, nullptr, as_asked, true});
    check_handles(request.overrides, resolver.handles(), sink);
  }
  if (sink.errors() != errors) return std::nullopt;
  std::vector<InstanceId> roots = {as_asked};
  for (const RootTarget& t : targets) roots.push_back(t.root);
  resolver.warn_unused(request, roots);
  Resolution r = resolver.take();
  r.targets = std::move(targets);
  return r;
}

}  // namespace mlpgen

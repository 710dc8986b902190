// The env of one instance while it is being resolved: all setters of each key, the strongest of
// which wins.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "host/host.h"
#include "recipe/condition.h"
#include "recipe/library.h"
#include "resolve/frame/call.h"
#include "resolve/request.h"
#include "resolve/uses.h"

namespace mlpgen {

// What all frames of one resolution share.
struct Surroundings {
  Host& host;
  std::string home;                           // the installation's folder: ${home}
  LockedVersions locked;                      // ${lock:NAME}
  std::vector<ProbedTool>* probed = nullptr;  // Request::probed
  Library* library = nullptr;                 // reads the files of keys with `sets`
  Uses uses = {};                             // which keys are read, and for what
};

class Frame {
 public:
  Frame(const Call& call, Surroundings& around, Sink& sink);

  // While it lives, what is expanded is read for `name`: a step, an export. Without one, a choice
  // reads it.
  class Reading {
   public:
    Reading(Frame& frame, std::string name) : frame_(frame) {
      frame_.readers_.push_back(std::move(name));
    }
    ~Reading() { frame_.readers_.pop_back(); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    Frame& frame_;
  };

  int number() const { return number_; }  // in Surroundings::uses
  void note_read(const std::string& name);
  const std::vector<ActiveVariation>& active() const { return active_; }
  const Recipe& recipe() const { return *call_.recipe; }
  const std::string& version() const { return version_; }
  const std::string& version_because() const { return version_because_; }
  Span version_at() const { return version_at_; }

  // Exports of a dep that was resolved; `order` is its place in the text, which decides between
  // deps.
  void add_exports(const std::map<std::string, Value>& exports, const std::string& id, Span at,
                   int order);
  void set_round(const std::string& key, Template value, Span at);

  // For one call among several: these keys have one of their values; with {} all of them again.
  void narrow(std::map<std::string, Template> values);
  // All values of a key, in place of the word that stood for them ("all").
  void widen(const std::string& key, std::vector<Template> items);
  using RoundRule = std::function<bool(const std::map<std::string, Template>& values)>;
  void set_round_rule(RoundRule rule) { round_rule_ = std::move(rule); }
  bool in_round(const std::map<std::string, Template>& values) const {
    return !round_rule_ || round_rule_(values);
  }

  // The value of a key: nothing where it is unset. Reports `env-cycle`.
  std::optional<Value> get(const std::string& key);
  std::optional<std::string> text_of(const std::string& key);  // a list joined with commas
  Decision decide(const Conditions& when);  // only the keys that decide count as read
  const Setter* winner(const std::string& key) const;

  // Keys that must come from deps before `names` can be known.
  std::set<std::string> external_needs(const std::vector<std::string>& names) const;

  // Expands a template of this recipe; reports `unset-key` and `wrong-value`, unless quiet.
  std::vector<Template> expand_text(const TemplateText& text, InstanceId self) {
    return expand_text(text.parts, text.span, self);
  }
  std::vector<Template> expand_text(const Template& text, Span at, InstanceId self);
  // The number of edges that a step becomes; reports `wrong-value`, and then it is 1.
  int shard_count(const RecipeStep& step, InstanceId self);
  bool run_probes();      // reports `tool-not-found`; false when one is missing
  bool report_missing();  // a recipe or an active variation of which nothing can be obtained
  void check_handed();    // reports undeclared-key, internal-key
  void
  check_values();  // types and choices of declared keys, and that internal keys are the caller's
  std::map<std::string, Binding> bindings();
  std::vector<std::string> known_keys(std::string_view glob) const;  // that have a setter and match
  void silence() { quiet_ = true; }  // a dep failed: what is unset here may be its fault
  // Whether the recipe, its caller or, by `by_deps`, one of its deps can set the key.
  bool declares(const std::string& key) const;
  void set_declared_by_deps(std::function<bool(const std::string& key)> by_deps) {
    by_deps_ = std::move(by_deps);
  }
  KeyType type_of(const std::string& key) const;
  std::vector<std::string> declared()
      const;  // by the recipe and by the deps that were called, sorted

 private:
  const std::unordered_set<std::string_view>& own_keys() const;
  bool is_declared(const std::string& key) const;  // as declared() has it
  void choose_version();
  void explain_choice();
  void check_value(const std::string& key, const Template& value, const Setter& w,
                   const Values& allowed);
  const Text* internal_key(const std::string& key) const;  // where the recipe marks it as one
  void report_internal(const std::string& key, Span word, Span declared);
  bool is_refused(const std::string& key, const Setter& setter);
  void check_internal();
  void check_two_values();
  void pass_warnings_on();  // of the active variations: variation-warns
  // A member of which no request makes something: a text behind `:-` does not excuse it.
  bool names_nothing(const TemplateName& name) const;
  // ": REASON" or "", and what to write instead, of a name that lookup() gives nothing for.
  std::pair<std::string, std::string> why_unset(const std::string& name, InstanceId self) const;
  // Whether what `key` waits for stays finite; reports `too-large` once.
  bool is_near(const std::string& key, Span at);
  bool has_room(size_t& size, const Value& more, Span at);
  void report_too_large(Span at, const std::string& what, const std::string& help);
  void take_files();  // what the files of keys with `sets` say
  void take_file(const Key& key, const Setter& file);
  void set_all(const EnvMap& env, Rank rank, const std::string& who);
  bool take_asked_version();
  bool make_version(const Probe& probe);
  void set(const std::string& key, Setter setter);
  std::optional<Value> lookup(const TemplateName& name, Span at, InstanceId self);
  std::optional<Value> lookup(const std::string& name, InstanceId self);
  std::optional<Value> calculate(const TemplateName& calculation, Span at,
                                 InstanceId self);  // ${A*B/C}
  Value default_values();
  std::optional<Value> member(const std::string& first, const std::string& rest, InstanceId self);
  Value expand_value(const Setter& setter, InstanceId self);

  const Call& call_;
  int number_;
  std::vector<std::string> readers_;  // innermost last
  Surroundings& around_;
  Sink& sink_;
  std::vector<ActiveVariation> active_;
  std::map<std::string, std::vector<Setter>> setters_;  // strongest first
  mutable std::unordered_set<std::string_view>
      own_keys_;  // declared by the recipe; made when first asked for
  std::map<std::string, std::optional<Value>> known_;
  std::set<std::string> in_progress_;
  std::map<std::string, Tool> tools_;  // by probe id
  std::string version_;
  std::string version_because_;  // as Instance has it
  Span version_at_;
  std::map<std::string, Template> narrow_;
  RoundRule round_rule_;
  std::function<bool(const std::string& key)> by_deps_;
  bool quiet_ = false;
  bool too_large_ = false;  // reported
  int next_order_ = 0;
};

// The conditions with those on a key of type int or number as comparisons, whatever their words
// are.
Conditions by_types(Conditions when, const Frame& frame);

}  // namespace mlpgen

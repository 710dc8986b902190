// The env of one instance while it is being resolved: all setters of each key, the strongest of which wins.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "host/host.h"
#include "resolve/call.h"

namespace mlpgen {

class Frame {
 public:
  // `home`: the installation's folder, which ${home} names.
  Frame(const Call& call, Host& host, const std::string& home, Sink& sink);

  const std::vector<ActiveVariation>& active() const { return active_; }
  const Recipe& recipe() const { return *call_.recipe; }
  const std::string& version() const { return version_; }

  // Exports of a dep that was resolved; `order` is its place in the text, which decides between deps.
  void add_exports(const Instance& dep, Span at, int order);
  void set_round(const std::string& key, std::string value, Span at);

  // The value of a key: nothing where it is unset. Reports `env-cycle`.
  std::optional<Value> get(const std::string& key);
  std::optional<std::string> text_of(const std::string& key);  // a list joined with commas
  const Setter* winner(const std::string& key) const;

  // Keys that must come from deps before `names` can be known.
  std::set<std::string> external_needs(const std::vector<std::string>& names) const;

  // Expands a template of this recipe; reports `unset-key` at `at`, unless quiet.
  std::vector<std::string> expand_text(const Text& text, InstanceId self);
  bool run_probes();  // reports `tool-not-found`; false when one is missing
  void check_values();  // types and choices of declared keys
  std::map<std::string, Binding> bindings();
  void silence() { quiet_ = true; }  // a dep failed: what is unset here may be its fault
  bool declares(const std::string& key) const;
  std::vector<std::string> declared() const;

 private:
  void choose_version();
  void check_two_values();
  void check_pair(const ActiveVariation& a, const ActiveVariation& b, bool combined);
  void set_all(const EnvMap& env, Rank rank, const std::string& who, const std::string& value = "");
  void set(const std::string& key, Setter setter);
  std::optional<Value> lookup(const std::string& name, InstanceId self);
  Value default_values();
  std::optional<Value> member(const std::string& first, const std::string& rest, InstanceId self);
  Value expand_value(const Setter& setter, InstanceId self);

  const Call& call_;
  Host& host_;
  const std::string& home_;
  Sink& sink_;
  std::vector<ActiveVariation> active_;
  std::map<std::string, std::vector<Setter>> setters_;  // strongest first
  std::map<std::string, std::optional<Value>> known_;
  std::set<std::string> in_progress_;
  std::map<std::string, Tool> tools_;  // by probe id
  std::string version_;
  bool quiet_ = false;
  int next_order_ = 0;
};

}  // namespace mlpgen

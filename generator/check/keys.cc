// Keys that a recipe has and that neither it nor what it calls reads.
#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/deps.h"

namespace mlpgen {
namespace {

// Keys that the recipe or what it calls reads, and globs of those that it hands on as they are.
KeySet all_read(const Recipe& r, Library& library) {
  KeySet all = keys_read(r);
  for (const Dep* d : all_deps(r))
    for (const std::string& id : callees(*d, library))
      if (const Recipe* callee = library.recipe(id))
        for (const Text& t : callee->inherits) all.insert(t.value);
  for (const Text& t : r.new_env_keys) all.insert(t.value);
  return all;
}

// Keys that the recipe sets or lets a user set, each where it does so first.
std::vector<Text> settable(const Recipe& r) {
  std::vector<Text> keys;
  std::set<std::string> seen;
  auto add = [&](const Text& key) {
    if (!key.value.starts_with('+') && seen.insert(key.value).second) keys.push_back(key);
  };
  for (const Key& k : r.keys) add(k.name);
  for (const Flag& f : r.flags) add(f.key);
  auto add_env = [&](const EnvMap& env) {
    for (const EnvEntry& e : env) add(e.key);
  };
  add_env(r.default_env);
  add_env(r.env);
  for (const Variation& v : r.variations) {
    add_env(v.env);
    add_env(v.default_env);
  }
  return keys;
}

}  // namespace

size_t check_keys(const Recipe& r, Library& library, bool strict, Sink& sink) {
  KeySet read = all_read(r, library);
  for (const Text& t : r.inherits)
    if (!read.has(t.value))
      sink.warning("unused-key", t.span,
                   r.id.value + " inherits '" + t.value + "', and nothing in it reads that key")
          .with_help("remove it from `inherits`, or read it where it is needed");
  size_t unread = 0;
  for (const Text& t : settable(r)) {
    if (read.has(t.value)) continue;
    ++unread;
    if (strict)
      sink.warning("unused-key", t.span, "nothing in " + r.id.value + " reads '" + t.value + "'")
          .with_help("setting it changes nothing: read it, or take it out");
  }
  return unread;
}

}  // namespace mlpgen

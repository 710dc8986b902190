// What a step takes from the lock: the entry whose fields its rule names, or a file's digest and
// size as parameters.
#include <algorithm>

#include "file/digest.h"
#include "file/lock_line.h"
#include "plan/lock_keys.h"
#include "plan/step_edges.h"
#include "text/text.h"

namespace mlpgen {
namespace {

Span span_of(const std::map<std::string, ResolvedParam>& params, const std::string& name,
             Span otherwise) {
  auto it = params.find(name);
  return it == params.end() || !it->second.name.span.known() ? otherwise : it->second.name.span;
}

std::string field_of(const LockEntry& entry, const std::string& name) {
  auto it = entry.fields.find(name);
  return it == entry.fields.end() ? "" : it->second;
}

// A text of that many hexadecimal digits, or empty where that is allowed.
bool check_digits(const std::map<std::string, ResolvedParam>& params, const std::string& name,
                  size_t digits, bool may_be_empty, Span step, Sink& sink) {
  std::string value = text_of(params, name);
  if (is_hex(value, digits) || (may_be_empty && value.empty())) return true;
  sink.error("wrong-value", span_of(params, name, step),
             "'" + value + "' is no " + name + ": one has " + std::to_string(digits) +
                 " hexadecimal digits")
      .with_help(
          name == "commit"
              ? "a branch or tag moves: `git ls-remote URL` shows the commit that it names today"
              : "copy it from where the file is published");
  return false;
}

// Bytes in decimal digits, or empty.
bool check_size(const std::map<std::string, ResolvedParam>& params, Span step, Sink& sink) {
  std::string value = text_of(params, "size");
  if (value.empty() || is_size(value)) return true;
  sink.error("wrong-value", span_of(params, "size", step),
             "'" + value + "' is no size: it is a number of bytes")
      .with_help("write it in digits, or leave it out: then only the digest decides");
  return false;
}

// Replaces references by the paths that they stand for: what a person has on this machine is looked
// at when the edge runs, since hashing a large data set would keep configure busy for minutes.
void use_plain_paths(std::map<std::string, ResolvedParam>& params) {
  for (auto& [name, param] : params)
    for (Template& item : param.items) {
      Template plain;
      for (const Part& part : item.parts())
        plain.add(std::holds_alternative<SourceFile>(part) ? Part(readable(Template(part))) : part);
      item = std::move(plain);
    }
}

// The recipe and the lock must say the same, unless the lock's entry is a stand-in or the lock is
// taken as it is.
bool agree(const std::map<std::string, ResolvedParam>& params, const LockEntry& entry,
           const std::string& name, const LockWant& want, LockUse use, Sink& sink) {
  std::string asked = lower(text_of(params, name)), locked = lower(field_of(entry, name));
  if (entry.stand_in || asked.empty() || locked.empty() || asked == locked) return true;
  Span at = span_of(params, name, want.at);
  std::string what = "the recipe's " + name + " of " + want.fields.at("url") + " is not the lock's";
  bool frozen = use == LockUse::kFrozen;
  (frozen ? sink.warning("lock-contradicts", at, what) : sink.error("lock-contradicts", at, what))
      .note({}, "recipe: " + asked)
      .note({}, entry.from + ": " + locked)
      .with_help(frozen ? "the lock's is taken (--frozen); configure without --frozen to be told"
                        : "correct the recipe, or remove \"" + want.key + "\" from that lock");
  return frozen;
}

void report_stale(const LockWant& want, const Lock& lock, Sink& sink) {
  sink.error("stale-lock", want.at,
             "the lock is stale (--locked): it has no entry for: " + want.key)
      .note({},
            "the recipe has no SHA-256 of it either, so the bytes that come first would be trusted")
      .note({}, "locks that were looked in: " + join(lock.files(), ", "))
      .with_help(
          "configure without --locked and run ninja, which notes its digest; then `mlpgen lock` "
          "takes it over");
}

}  // namespace

bool StepPlanner::bind_lock(Scope& s) {
  const std::string& kind = s.rule.lock.value;
  Span at = s.step.step->span;
  if (kind.empty()) return true;
  if (kind == "commit") return bind_commit(s);
  if (kind == "local") return bind_local(s);
  if (kind == "checkout") return bind_checkout(s);
  LockWant want = lock_want(kind, s.params);
  s.lock = lock_.find(want.key);
  want.found = s.lock != nullptr;
  want.at = at;
  if (kind == "file") return bind_file(s, want);
  out_.wants.push_back(want);
  if (s.lock) return true;
  if (!settings_.require_lock) unlocked_.insert({s.instance.id, s.name()});
  if (settings_.require_lock)
    sink_.error("not-locked", at, "the lock has no entry for: " + want.key)
        .note({}, "locks that were looked in: " +
                      (lock_.files().empty() ? "none" : join(lock_.files(), ", ")))
        .with_help("type `" + settings_.lock_command +
                   "` once: it asks the package client and writes mlpgen.lock");
  return false;
}

// A commit is what the recipe says it is; only a stand-in of the lock takes the place of one.
bool StepPlanner::bind_commit(Scope& s) {
  Span at = s.step.step->span;
  if (!check_digits(s.params, "commit", 40, false, at, sink_)) return false;
  std::string commit = lower(text_of(s.params, "commit")), url = text_of(s.params, "url");
  const LockEntry* entry = lock_.find("commit " + commit + " of " + url);
  if (!entry || !entry->stand_in) return true;
  s.params["commit"].items = {field_of(*entry, "commit")};
  if (!check_digits(s.params, "commit", 40, false, at, sink_)) return false;
  sink_.warning("stand-in", at, "a stand-in replaces commit " + commit + " of " + url)
      .note({}, entry->from + " names it: " + field_of(*entry, "commit"))
      .with_help(
          "configure without --lock for the real commit; results with stand-ins are no results");
  return true;
}

// A copy that a person has: what the lock knows of the file at the step's first URL holds for it,
// too.
bool StepPlanner::bind_local(Scope& s) {
  use_plain_paths(s.params);
  if (!check_digits(s.params, "sha256", 64, true, s.step.step->span, sink_) ||
      !check_digits(s.params, "md5", 32, true, s.step.step->span, sink_) ||
      !check_size(s.params, s.step.step->span, sink_))
    return false;
  if (text_of(s.params, "urls").empty()) return true;
  LockWant want = lock_want("file", s.params);
  want.at = s.step.step->span;
  s.lock = lock_.find(want.key);
  return !s.lock || take_digest(s, want);
}

// Sources that a person has: whoever named the path, its files are inputs, digested by configure.
bool StepPlanner::bind_checkout(Scope& s) {
  use_plain_paths(s.params);
  for (Template& path : s.params["path"].items)
    path = Template(SourceFile{readable(path), "checkout", {}});
  return true;
}

// The digest decides what is accepted: the recipe's, else the lock's; where neither knows it, the
// edge trusts the bytes that come first, and `mlpgen lock` takes their digest over.
bool StepPlanner::bind_file(Scope& s, const LockWant& want) {
  if (!check_digits(s.params, "sha256", 64, true, want.at, sink_) ||
      !check_digits(s.params, "md5", 32, true, want.at, sink_) ||
      !check_size(s.params, want.at, sink_))
    return false;
  if (text_of(s.params, "urls").empty()) {
    sink_
        .error("wrong-value", span_of(s.params, "urls", want.at),
               "'urls' is empty, so the file is nowhere")
        .with_help("name at least one URL");
    return false;
  }
  LockUse use = settings_.lock_use;
  if (!s.lock) {
    if (!text_of(s.params, "sha256").empty()) return true;
    out_.wants.push_back(want);
    if (use != LockUse::kLocked || !settings_.require_lock) return true;
    report_stale(want, lock_, sink_);
    return false;
  }
  if (!take_digest(s, want)) return false;
  out_.wants.push_back(want);
  return true;
}

// Digest and size of the lock's entry take the place of the recipe's.
bool StepPlanner::take_digest(Scope& s, const LockWant& want) {
  LockUse use = settings_.lock_use;
  bool other = lower(text_of(s.params, "sha256")) != lower(field_of(*s.lock, "sha256"));
  if (!agree(s.params, *s.lock, "sha256", want, use, sink_) ||
      !agree(s.params, *s.lock, "size", want, use, sink_))
    return false;
  for (const char* name : {"sha256", "size"})
    if (std::string locked = field_of(*s.lock, name); !locked.empty())
      s.params[name].items = {locked};
  bool other_bytes = other && use == LockUse::kFrozen && !text_of(s.params, "sha256").empty();
  if (s.lock->stand_in || other_bytes) s.params["md5"].items = {""};
  if (!s.lock->stand_in) return true;
  if (field_of(*s.lock, "size").empty()) s.params["size"].items = {""};
  sink_.warning("stand-in", want.at, "a stand-in replaces " + want.fields.at("url"))
      .note({}, s.lock->from + " names it: SHA-256 " + field_of(*s.lock, "sha256"))
      .with_help(
          "configure without --lock for the real file; results with stand-ins are no results");
  return true;
}

}  // namespace mlpgen

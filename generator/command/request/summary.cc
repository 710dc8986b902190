// The plan's answer, the choices and the defaults as lines and as JSON.
#include "command/request/summary.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "command/request/chosen.h"
#include "file/file.h"
#include "file/terminal.h"
#include "text/text.h"
#include "text/units.h"
#include "text/wrap.h"

namespace mlpgen {
namespace {

using SummaryJson = nlohmann::ordered_json;

constexpr size_t kIndent = 18;  // of what a row says
constexpr size_t kListed = 3;   // things of one row

struct Default {
  std::string recipe, key, value, who, place;
};

const RootTarget& default_target(const Resolution& r) {
  for (const RootTarget& t : r.targets)
    if (t.is_default) return t;
  return r.targets.front();
}

// Values that nobody chose: defaults of recipes and default variations, of every instance, each
// once.
std::vector<Default> defaults(const Session& s, const Resolution& r) {
  std::vector<Default> all;
  std::set<std::array<std::string, 3>> known;
  for (const Instance& i : r.instances)
    for (const auto& [key, b] : i.env) {
      bool unchosen =
          b.winner.rank == Rank::kDefaultEnv || b.winner.rank == Rank::kDefaultVariation;
      if (!unchosen || key.starts_with('+')) continue;
      Default d{i.recipe->id.value, key, readable(b.value), b.winner.who,
                s.sources.describe(b.winner.span)};
      if (known.insert({d.key, d.place, d.value}).second) all.push_back(std::move(d));
    }
  std::sort(all.begin(), all.end(), [](const Default& a, const Default& b) {
    return std::tie(a.recipe, a.key) < std::tie(b.recipe, b.key);
  });
  return all;
}

std::vector<std::string> lock_names(const Session& s) {
  std::vector<std::string> names;
  const std::string& root = s.installation.root;
  for (const std::string& f : s.lock.files())
    if (exists(f)) names.push_back(f.starts_with(root) ? f.substr(root.size() + 1) : f);
  return names;
}

// Of what plain `ninja` builds; "" where that is all, or several targets.
std::string named_default(const Resolution& r) {
  auto is_default = [](const RootTarget& t) { return t.is_default; };
  if (std::count_if(r.targets.begin(), r.targets.end(), is_default) > 1) return "";
  const std::string& name = default_target(r).name;
  return name == kAllTarget ? "" : name;
}

std::string next_command(const Session& s, const Resolution& r) {
  std::string name = named_default(r);
  return "ninja" + s.in_directory() + (name.empty() ? "" : " " + name);
}

std::string row(const std::string& name, const std::string& text) {
  return "  " + name + std::string(kIndent - 2 - name.size(), ' ') + text + "\n";
}

std::string implementation_row(const std::vector<Choice>& choices) {
  std::vector<std::string> parts;
  for (const char* name : {"implementation", "backend", "device", "precision"})
    if (std::string value = choice(choices, name); !value.empty())
      parts.push_back(replace_all(value, ",", ", "));
  return parts.empty() ? "" : row("implementation", join(parts, ", "));
}

// The measurement that takes longest, for what ends it.
const MeasuredRun* longest_run(const PlanAnswer& needed) {
  auto longest = std::max_element(
      needed.runs.begin(), needed.runs.end(),
      [](const MeasuredRun& x, const MeasuredRun& y) { return x.least_ms < y.least_ms; });
  return longest == needed.runs.end() ? nullptr : &*longest;
}

std::string time_rows(const PlanAnswer& needed, const std::vector<Choice>& choices) {
  const MeasuredRun* longest = longest_run(needed);
  if (!longest) return "";
  std::string length = choice(choices, "run length");
  std::string why = longest->why;
  if (size_t colon = why.find(" run: "); why.starts_with("a ") && colon != std::string::npos) {
    if (length.empty()) length = why.substr(2, colon - 2);
    why = why.substr(colon + 6);
  }
  bool valid = longest->valid_least_ms && longest->least_ms >= *longest->valid_least_ms;
  std::string out =
      row("run length", (length.empty() ? "" : length + ": ") + why +
                            (valid || !longest->valid_least_ms ? "" : "; not a result to publish"));
  uint64_t least = least_ms(needed);
  size_t open = static_cast<size_t>(std::count_if(needed.runs.begin(), needed.runs.end(),
                                                  [](const MeasuredRun& r) { return !r.done; }));
  std::string time = open == 0 ? counted(needed.runs.size(), "measurement") + ", done"
                               : counted(open, "measurement") + ": " +
                                     (least ? "at least " + readable_time(least) : "no least time");
  if (!valid && longest->valid_least_ms)
    time += "; a valid one takes at least " + readable_time(*longest->valid_least_ms);
  return out + row("least time", time);
}

std::string sum_text(const Bytes& sum) {
  std::string unknown = std::to_string(sum.unknown) + " of unknown size";
  if (sum.unknown == 0) return readable_bytes(sum.known);
  return sum.known == 0 ? unknown : readable_bytes(sum.known) + " and " + unknown;
}

std::string fetch_row(const PlanAnswer& needed) {
  std::vector<const Fetch*> open;
  for (const Fetch& f : needed.fetches)
    if (!f.done && !f.stored) open.push_back(&f);
  size_t all = needed.fetches.size(), there = all - open.size();
  if (all == 0) return "";
  std::string here =
      there == 0 ? "" : std::to_string(there) + " of " + std::to_string(all) + " are here";
  if (open.empty()) return row("fetch", all == 1 ? "nothing: it is here" : "nothing: all are here");
  std::stable_sort(open.begin(), open.end(), [](const Fetch* x, const Fetch* y) {
    return x->bytes.value_or(0) > y->bytes.value_or(0);
  });
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(open.size(), kListed); ++i)
    names.push_back(open[i]->what +
                    (open[i]->bytes ? " (" + readable_bytes(*open[i]->bytes) + ")" : ""));
  if (open.size() > kListed) names.push_back(std::to_string(open.size() - kListed) + " more");
  return row("fetch", sum_text(bytes_to_fetch(needed.fetches)) + ": " + join(names, ", ") +
                          (here.empty() ? "" : "; " + here));
}

std::string copy_rows(const PlanAnswer& needed) {
  std::string out;
  for (const LocalCopy& c : needed.copies)
    if (c.path.empty()) out += row("your copy of", c.what + ": " + c.how);
  return out;
}

std::string cannot_rows(const std::vector<CannotRun>& cannot) {
  std::string out;
  for (const CannotRun& c : cannot)
    out += row(out.empty() ? "cannot run" : "", join(c.targets, ", ") + ": " + c.reason);
  return out;
}

// Of a request that makes a submission by default.
std::string lack_rows(const std::vector<Lack>& lacks, const Resolution& r) {
  std::string out;
  if (named_default(r) != "submission") return out;
  for (const std::string& line : lack_lines(lacks))
    out += row(out.empty() ? "tree lacks" : "", line);
  return out;
}

std::string default_rows(const std::vector<Default>& all) {
  std::string out = "\nDefaults (not set by the request; `mlpgen explain KEY` shows details):\n",
              recipe;
  for (const Default& d : all) {
    if (d.recipe != recipe) out += "  " + d.recipe + "\n";
    recipe = d.recipe;
    std::string shown = d.key + " = " + (d.value.empty() ? "(empty)" : d.value);
    out += "    " + shown + std::string(shown.size() < 62 ? 62 - shown.size() : 1, ' ') + d.place +
           "\n";
  }
  return out;
}

std::string text_of(const Session& s, const Resolution& r, const Plan& plan,
                    const PlanAnswer& needed, const Limits& limits) {
  const Instance& root = r.at(default_target(r).root);
  std::vector<Choice> choices = choices_of(r, root);
  std::vector<Default> unchosen = defaults(s, r);
  std::string out = headline(root, choices) + "\n";
  if (s.verbose) {
    out += row("recipe", headline(root, {}));
    for (const Choice& c : choices)
      out += row(c.name, c.value + "  (" + c.who + ", " + s.sources.describe(c.span) + ")");
    out += row("graph",
               counted(r.instances.size(), "instance") + ", " + counted(plan.edges.size(), "edge"));
    out += row("locks", join(lock_names(s), ", "));
  }
  out += implementation_row(choices) + time_rows(needed, choices) + fetch_row(needed) +
         copy_rows(needed) + cannot_rows(limits.cannot) + lack_rows(limits.lacks, r);
  if (s.verbose && !unchosen.empty()) out += default_rows(unchosen) + "\n";
  if (!s.verbose && !unchosen.empty())
    out +=
        row("defaults", counted(unchosen.size(), "value") + " that you did not set: -v lists them");
  return out + "Next: " + next_command(s, r) + "     (`ninja" + s.in_directory() +
         " help` lists all targets)\n";
}

std::string json_of(const Session& s, const Resolution& r, const Plan& plan,
                    const PlanAnswer& needed, const Limits& limits) {
  SummaryJson j = {{"format", 1}, {"request", s.saved.words}};
  j["chosen"] = SummaryJson::array();
  for (const Choice& c : choices_of(r, r.at(default_target(r).root)))
    j["chosen"].push_back({{"name", c.name},
                           {"value", c.value},
                           {"set_by", c.who},
                           {"location", s.sources.describe(c.span)}});
  j["default_target"] = default_target(r).name;
  j["next"] = next_command(s, r);
  j["instances"] = r.instances.size();
  j["edges"] = plan.edges.size();
  j["locks"] = lock_names(s);
  j["defaults"] = SummaryJson::array();
  for (const Default& d : defaults(s, r))
    j["defaults"].push_back({{"recipe", d.recipe},
                             {"key", d.key},
                             {"value", d.value},
                             {"set_by", d.who},
                             {"place", d.place}});
  j["refused"] = SummaryJson::array();
  for (const CannotRun& c : limits.cannot)
    j["refused"].push_back(
        {{"step", c.step}, {"reason", c.reason}, {"help", c.help}, {"targets", c.targets}});
  j["submission_lacks"] = SummaryJson::array();
  for (const Lack& l : limits.lacks)
    j["submission_lacks"].push_back({{"topic", l.topic}, {"what", l.what}, {"help", l.help}});
  for (const PlanTarget& t : plan.targets)
    j["targets"].push_back(
        {{"name", t.name}, {"edges", t.edges.size()}, {"default", t.is_default}});
  j["plan"] = plan_json(needed);
  return j.dump(2, ' ', false, SummaryJson::error_handler_t::replace) + "\n";
}

}  // namespace

std::string summary(const Session& s, const Resolution& r, const Plan& plan,
                    const PlanAnswer& needed, const Limits& limits) {
  if (s.json) return json_of(s, r, plan, needed, limits);
  return s.quiet ? "" : text_of(s, r, plan, needed, limits);
}

void print_summary(const std::string& text) {
  Terminal out = terminal_at(STDOUT_FILENO);
  std::cout << (out.is_terminal && !text.starts_with('{') ? wrap(text, out.columns, kIndent)
                                                          : text);
}

}  // namespace mlpgen

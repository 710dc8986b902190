// The answer as a text that fits one screen: the largest first, long lists cut.
#include <algorithm>
#include <iterator>

#include "query/plan_answer.h"
#include "text/text.h"
#include "text/units.h"

namespace mlpgen {
namespace {

constexpr size_t kShown = 8;  // lines of one list
const std::string kBelow(12, ' ');

std::string row(const std::string& name, const std::string& text) {
  return "  " + name + std::string(10 - name.size(), ' ') + text + "\n";
}

std::string padded(std::string text, size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string more(size_t all) {
  return all > kShown
             ? kBelow + "and " + std::to_string(all - kShown) + " more: --format=json lists them\n"
             : "";
}

std::string edges_row(const PlanAnswer& a) {
  std::vector<std::string> parts;
  for (const KindCount& k : a.kinds)
    if (k.missing != 0) parts.push_back(std::to_string(k.missing) + " " + k.kind);
  std::string text = std::to_string(a.total) + ", " +
                     (a.missing == a.total ? "none" : std::to_string(a.total - a.missing)) +
                     " done";
  return row("edges", parts.empty() ? text : text + "; to run: " + join(parts, ", "));
}

std::string sum_of(const Bytes& b) {
  if (b.unknown == 0) return readable_bytes(b.known);
  std::string unknown = std::to_string(b.unknown) + " of unknown size";
  return b.known == 0 ? unknown : readable_bytes(b.known) + ", and " + unknown;
}

std::string fetch_rows(const PlanAnswer& a) {
  std::vector<const Fetch*> open;
  size_t stored = 0, done = 0;
  for (const Fetch& f : a.fetches)
    if (f.done)
      ++done;
    else if (f.stored)
      ++stored;
    else
      open.push_back(&f);
  std::string there;
  if (done + stored != 0)
    there = std::to_string(done + stored) + " of " + std::to_string(a.fetches.size()) +
            " are there" + (stored ? ", " + std::to_string(stored) + " in the store" : "");
  if (open.empty()) return row("fetch", "nothing" + (there.empty() ? "" : ": " + there));
  std::stable_sort(open.begin(), open.end(), [](const Fetch* x, const Fetch* y) {
    return x->bytes.value_or(0) > y->bytes.value_or(0);
  });
  std::string out =
      row("fetch", sum_of(bytes_to_fetch(a.fetches)) + (there.empty() ? "" : " (" + there + ")"));
  size_t width = 0;
  for (size_t i = 0; i < std::min(open.size(), kShown); ++i)
    width = std::max(width, open[i]->host.size());
  for (size_t i = 0; i < std::min(open.size(), kShown); ++i)
    out += kBelow + padded(open[i]->bytes ? readable_bytes(*open[i]->bytes) : "unknown", 9) + " " +
           padded(open[i]->host, width) + "  " + open[i]->what + "\n";
  return out + more(open.size());
}

std::string disk_row(const PlanAnswer& a) {
  uint64_t fetched = bytes_to_fetch(a.fetches).known;
  const uint64_t least = fetched + a.made.bytes;
  std::string text =
      least == 0 && a.made.unknown.empty() ? "nothing more" : "at least " + readable_bytes(least);
  if (a.made.bytes != 0)
    text += ": " + readable_bytes(fetched) + " fetched, " + readable_bytes(a.made.bytes) +
            " made by " + join(a.made.declared, ", ");
  if (!a.made.unknown.empty())
    text += "; not known of " + counted(a.made.unknown.size(), "step") +
            " that unpack, install or preprocess";
  return row("disk", text);
}

std::string time_row(const PlanAnswer& a) {
  if (a.runs.empty()) return row("time", "nothing is measured");
  std::vector<MeasuredRun> open;
  std::copy_if(a.runs.begin(), a.runs.end(), std::back_inserter(open),
               [](const MeasuredRun& r) { return !r.done; });
  if (open.empty()) return row("time", counted(a.runs.size(), "measurement") + ", done");
  const MeasuredRun& longest = *std::max_element(
      open.begin(), open.end(),
      [](const MeasuredRun& x, const MeasuredRun& y) { return x.least_ms < y.least_ms; });
  uint64_t least = least_ms(a);
  std::string text = counted(open.size(), "measurement") + ", alone on the machine: " +
                     (least ? "at least " + readable_time(least) : "no least time") + " (" +
                     longest.why + ")";
  if (longest.valid_least_ms && longest.least_ms < *longest.valid_least_ms)
    text += "; a valid one takes at least " + readable_time(*longest.valid_least_ms);
  return row("time", text);
}

std::string trust_rows(const PlanAnswer& a) {
  std::vector<std::string> first, md5;
  for (const Fetch& f : a.fetches)
    if (!f.done && f.trusted_since.empty() && f.sha256.empty()) {
      if (f.checked == "first use") first.push_back(f.what);
      if (f.checked == "md5") md5.push_back(f.what);
    }
  std::string out;
  if (!first.empty()) out += row("trust", "on first use, no digest is known: " + join(first, ", "));
  if (!md5.empty()) out += row(first.empty() ? "trust" : "", "by MD5 alone: " + join(md5, ", "));
  return out;
}

std::string copy_rows(const PlanAnswer& a) {
  std::string out;
  for (const LocalCopy& c : a.copies) {
    std::string size = c.bytes ? " (about " + readable_bytes(*c.bytes) + ")" : "";
    out += c.path.empty() ? row("bring", c.what + size) + kBelow + c.how + "\n"
                          : row("copy", c.what + ": " + c.path);
  }
  return out;
}

std::string refusal_rows(const PlanAnswer& a) {
  std::string out;
  for (size_t i = 0; i < std::min(a.refusals.size(), kShown); ++i)
    out += row("fails", a.refusals[i].step + ": " + a.refusals[i].reason) + kBelow +
           a.refusals[i].help + "\n";
  return out + more(a.refusals.size());
}

std::string end_row(const PlanAnswer& a) {
  if (a.missing == 0) return row("ninja", "nothing to do");
  bool fails =
      !a.refusals.empty() || std::any_of(a.copies.begin(), a.copies.end(),
                                         [](const LocalCopy& c) { return c.path.empty(); });
  return row("ninja",
             counted(a.missing, "edge") + " to run" + (fails ? "; some cannot, see above" : ""));
}

}  // namespace

std::string readable_time(uint64_t ms) {
  uint64_t s = (ms + 999) / 1000;
  if (s < 120) return std::to_string(s) + " s";
  uint64_t minutes = (s + 59) / 60;
  if (minutes < 60) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h" +
         (minutes % 60 ? " " + std::to_string(minutes % 60) + " min" : "");
}

std::string plan_text(const PlanAnswer& a) {
  std::string out = a.target + (a.about.empty() ? "" : ": " + a.about) + "\n";
  for (const std::string& key : a.not_locked)
    out += row("lock", key + " is not locked; what needs it is left out here");
  if (!a.not_locked.empty()) out += row("lock", "`" + a.lock_command + "` asks for it");
  if (a.not_yet) return out + row("fails", "this target is not written yet");
  if (a.total == 0)
    return out +
           row("edges", a.nothing.empty() ? "there is nothing to do for this request" : a.nothing);
  return out + edges_row(a) + fetch_rows(a) + disk_row(a) + time_row(a) + trust_rows(a) +
         copy_rows(a) + refusal_rows(a) + end_row(a);
}

}  // namespace mlpgen

// Round files to env keys.
#include "resolve/rounds.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

std::string full_name(const std::string& version) {
  return version.starts_with("v") ? version : "v" + version;
}

std::string name_of(const std::string& path) { return fs::path(path).stem(); }

// From the newest to the oldest.
std::vector<std::string> round_files(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code ignored;
  for (const auto& e : fs::directory_iterator(folder, ignored))
    if (e.path().extension() == ".yaml") files.push_back(e.path());
  std::sort(files.begin(), files.end(), [](const std::string& a, const std::string& b) {
    return round_before(name_of(b), name_of(a));
  });
  return files;
}

}  // namespace

Rounds::Wish Rounds::wish_of(Frame& frame, const RoundUse& use) const {
  auto text = [&](const Text& key, const char* otherwise) {
    return frame.text_of(key.value).value_or(otherwise);
  };
  auto place = [&](const Text& key) {
    const Setter* w = frame.winner(key.value);
    return w ? w->span : key.span;
  };
  return {text(use.round, ""), text(use.model, ""), text(use.category, "edge"),
          text(use.scenario, "Offline"), place(use.model), place(use.round)};
}

const Round* Rounds::read(const std::string& path) {
  auto [it, first] = read_.try_emplace(path);
  if (first) it->second = load_round(library_.sources(), library_.open(path), sink_);
  return it->second ? &*it->second : nullptr;
}

const Round* Rounds::choose(const Wish& wish, std::string& path) {
  std::vector<std::string> names;
  for (const std::string& file : round_files(library_.root() + "/recipes/rounds")) {
    names.push_back(name_of(file));
    if (!wish.round.empty() && full_name(wish.round) != names.back()) continue;
    path = file;
    const Round* round = read(file);
    if (!round || !wish.round.empty()) return round;
    const RoundModel* m = round->find(round->model_of(wish.model));
    if (m && m->scenarios.count(wish.category)) return round;
  }
  report_none(wish, names);
  return nullptr;
}

void Rounds::report_none(const Wish& wish, const std::vector<std::string>& names) {
  if (!wish.round.empty()) {
    sink_.error("unknown-round", wish.round_at, "there is no round '" + wish.round + "'")
        .with_help("rounds: " + join(names, ", "));
    return;
  }
  sink_.error("unsupported-combination", wish.model_at,
              "no round has the model '" + wish.model + "' in the category '" + wish.category + "'")
      .with_help("choose another --model or --category; the rounds are data under recipes/rounds/");
}

bool Rounds::bind(Frame& frame, const RoundUse& use) {
  Wish wish = wish_of(frame, use);
  std::string path;
  const Round* round = choose(wish, path);
  if (!round) return false;
  std::string model = round->model_of(wish.model);
  if (std::string why = check_request(*round, wish.category, model, wish.scenario); !why.empty()) {
    sink_.error("unsupported-combination", wish.model_at, why)
        .note(round->name.span, "the round is described here")
        .with_help("choose another --model, --category or --scenario, or another round");
    return false;
  }
  Span at = round->name.span;
  auto set = [&](const std::string& key, const std::string& value, Span span) {
    frame.set_round("CM_MLPERF_ROUND" + key, value, span);
  };
  set("", round->name.value, at);
  set("_FILE", encode({Reference::Kind::kSource, {path, "rounds/" + round->name.value}}), at);
  set("_LAYOUT", round->layout == Layout::kSplit ? "split" : "flat", at);
  const Seeds& s = round->seeds;
  set("_SEEDS", std::to_string(s.qsl.value) + "," + std::to_string(s.sample_index.value) + "," +
                    std::to_string(s.schedule.value),
      s.qsl.span);
  if (const RoundModel* m = round->find(model))
    set("_PERFORMANCE_SAMPLE_COUNT", std::to_string(m->performance_samples.value), m->performance_samples.span);
  return true;
}

}  // namespace mlpgen

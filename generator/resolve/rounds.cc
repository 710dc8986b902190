// Round files to env keys.
#include "resolve/rounds.h"

#include <algorithm>
#include <filesystem>

#include "text/text.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

constexpr const char* kAllScenarios = "all";
constexpr const char* kComplianceTests[] = {"TEST01", "TEST04", "TEST05", "TEST06",
                                            "TEST07", "TEST08", "TEST09"};

std::string full_name(const std::string& version) {
  return version.starts_with("v") ? version : "v" + version;
}

std::string name_of(const std::string& path) { return fs::path(path).stem(); }

// From the newest to the oldest.
std::vector<std::string> round_files(const Library& library) {
  std::vector<std::string> files = library.paths_in(library.root() + "/recipes/rounds");
  std::erase_if(files,
                [](const std::string& file) { return fs::path(file).extension() != ".yaml"; });
  std::sort(files.begin(), files.end(), [](const std::string& a, const std::string& b) {
    return round_before(name_of(b), name_of(a));
  });
  return files;
}

// Where the lines end that stand deeper than `indent`, below the line that ends at `end`.
size_t end_of_block(std::string_view text, size_t end, size_t indent) {
  while (end < text.size()) {
    size_t first = text.find_first_not_of(' ', end + 1);
    bool says_something =
        first < text.size() && text[first] != '\n' && text[first] != '\r' && text[first] != '#';
    if (says_something && first - end - 1 <= indent) break;
    end = std::min(text.find('\n', end + 1), text.size());
  }
  return end;
}

std::string readable_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string seeds_text(const Seeds& s) {
  return std::to_string(s.qsl.value) + "," + std::to_string(s.sample_index.value) + "," +
         std::to_string(s.schedule.value);
}

// What the closed division asks for, a model after another.
std::string closed_needs(const Round& round, const std::string& category,
                         const std::vector<std::string>& models) {
  std::string text = "The closed division of " + round.name.value + " (" + category + ") asks for:";
  for (const std::string& name : models) {
    const RoundModel* m = round.find(round.model_of(name));
    if (!m || !m->scenarios.count(category)) continue;
    const Scenarios& s = m->scenarios.at(category);
    text += "\n  " + name + ": the scenarios " + join(s.required, ", ");
    if (!s.one_of.empty()) text += ", and " + join(s.one_of, " or ");
    text += m->compliance.empty() ? "; no compliance test"
                                  : "; in each of them " + join(m->compliance, ", ");
    for (const Metric& metric : m->accuracy)
      if (metric.at_least)
        text += "; " + metric.name + " of at least " + readable_number(metric.at_least->value);
  }
  return text +
         "\n  calibration.md, and runs that LoadGen calls VALID\n"
         "`--division=closed` runs the tests as a part of `ninja compliance` and `ninja "
         "submission`.";
}

bool has_word(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    if (at == 0 || std::string_view(" \t\n\"'{,").find(text[at - 1]) != std::string_view::npos)
      return true;
  return false;
}

// False only where the round has not `model:` with `category:` below it, which is cheaper to see
// than to read the round.
bool may_have_model(std::string_view text, std::string_view model, std::string_view category) {
  for (size_t at = text.find(model); at != std::string_view::npos; at = text.find(model, at + 1)) {
    size_t colon = text.find_first_not_of("\"' \t", at + model.size());
    if (colon == std::string_view::npos || text[colon] != ':') continue;
    size_t line = text.rfind('\n', at) + 1, end = std::min(text.find('\n', colon), text.size());
    if (!trim(text.substr(colon + 1, end - colon - 1)).empty())
      return true;  // an alias, or all of it on this line
    size_t block = end_of_block(text, end, text.find_first_not_of(' ', line) - line);
    if (has_word(text.substr(end, block - end), category)) return true;
  }
  return false;
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
  auto all = [&](const Text& key, const char* otherwise) {
    std::optional<Value> v = frame.text_of(key.value) ? frame.get(key.value) : std::nullopt;
    return v ? readable(v->items) : std::vector<std::string>{otherwise};
  };
  return {text(use.round, ""),
          all(use.model, ""),
          text(use.category, "edge"),
          text(use.division, "open"),
          all(use.scenario, "Offline"),
          place(use.model),
          place(use.round)};
}

const Round* Rounds::read(const std::string& path) {
  auto [it, first] = read_.try_emplace(path);
  if (first) it->second = load_round(library_.sources(), library_.open(path), sink_);
  return it->second ? &*it->second : nullptr;
}

bool Rounds::may_have(const std::string& path, const Wish& wish) {
  const std::string& text = library_.sources().text(library_.open(path));
  return std::all_of(wish.models.begin(), wish.models.end(), [&](const std::string& m) {
    return may_have_model(text, m, category_of(wish.category));
  });
}

const Round* Rounds::choose(const Wish& wish, std::string& path) {
  std::vector<std::string> names;
  for (const std::string& file : round_files(library_)) {
    names.push_back(name_of(file));
    if (!wish.round.empty() && full_name(wish.round) != names.back()) continue;
    if (wish.round.empty() && !may_have(file, wish)) continue;
    path = file;
    const Round* round = read(file);
    if (!round || !wish.round.empty()) return round;
    bool has_all =
        std::all_of(wish.models.begin(), wish.models.end(), [&](const std::string& model) {
          const RoundModel* m = round->find(round->model_of(model));
          return m && m->scenarios.count(category_of(wish.category));
        });
    if (has_all) return round;
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
  std::vector<std::string> known, elsewhere;  // models of that category; categories of the model
  for (const std::string& file : round_files(library_)) {
    const Round* round = read(file);
    if (!round) return;
    for (const RoundModel& m : round->models)
      for (const auto& [category, scenarios] : m.scenarios) {
        if (category == category_of(wish.category)) known.push_back(m.name);
        if (m.name == round->model_of(wish.models.front()))
          elsewhere.push_back(replace_all(category, "-", ","));
      }
    for (const auto& [word, model] : round->aliases)
      if (const RoundModel* m = round->find(model);
          m && m->scenarios.count(category_of(wish.category)))
        known.push_back(word);
  }
  for (auto* words : {&known, &elsewhere}) {
    std::sort(words->begin(), words->end());
    words->erase(std::unique(words->begin(), words->end()), words->end());
  }
  sink_
      .error("unsupported-combination", wish.model_at,
             "no round has the model '" + join(wish.models, "' and '") + "' in the category '" +
                 wish.category + "'")
      .with_help(!elsewhere.empty() && wish.models.size() == 1
                     ? "it is in the category: " + join(elsewhere, " or ")
                 : !known.empty()
                     ? "models of that category: " + join(known, ", ")
                     : "the rounds are data under recipes/rounds/, and none has that category");
}

std::string Rounds::rounds_with(const RoundRequest& request) {
  std::vector<std::string> names;
  for (const std::string& file : round_files(library_))
    if (const Round* round = read(file); round && check_request(*round, request).empty())
      names.push_back(round->name.value);
  return names.empty() ? "" : "rounds that have it: " + join(names, ", ");
}

void Rounds::warn_older(const Frame& frame, const RoundUse& use, const Wish& wish,
                        const Round& taken) {
  std::vector<std::string> newer;
  for (const std::string& file : round_files(library_))
    if (round_before(taken.name.value, name_of(file))) newer.push_back(name_of(file));
  if (!wish.round.empty() || newer.empty()) return;
  const auto& flags = frame.recipe().flags;
  auto flag = std::find_if(flags.begin(), flags.end(),
                           [&](const Flag& f) { return f.key.value == use.round.value; });
  std::string word = flag == flags.end() ? "--env." + use.round.value : "--" + flag->name.value;
  sink_
      .warning("older-round", wish.model_at,
               "round " + taken.name.value + " is taken: " + join(newer, " and ") + " ha" +
                   (newer.size() == 1 ? "s" : "ve") + " no " + join(wish.models, " and ") +
                   " in the category " + wish.category)
      .with_help("type " + word + "=" + taken.name.value + " to choose it yourself");
}

bool Rounds::check(const Round& round, const Wish& wish) {
  for (const std::string& model : wish.models)
    for (const std::string& scenario : wish.scenarios) {
      std::string any = scenario == kAllScenarios ? "Offline" : scenario;
      RoundRequest request{wish.division, wish.category, model, any};
      std::string why = check_request(round, request);
      if (why.empty()) continue;
      std::string others = rounds_with(request);
      sink_.error("unsupported-combination", wish.model_at, why)
          .note(round.name.span, "the round is described here")
          .with_help(others.empty() ? "no round has it; choose another --model, --category or "
                                      "--scenario"
                                    : others);
      return false;
    }
  return true;
}

// `all`: the scenarios that the round has for some of the models; for each model those that it has
// for that one.
void Rounds::expand_scenarios(Frame& frame, const RoundUse& use, const Round& round,
                              const Wish& wish) {
  if (wish.scenarios != std::vector<std::string>{kAllScenarios}) return;
  auto has = [&round, category = wish.category](const std::string& model,
                                                const std::string& scenario) {
    return check_request(round, {"closed", category, model, scenario}).empty();
  };
  std::vector<std::string> found;
  for (const char* scenario : {"Offline", "Server", "Interactive", "SingleStream", "MultiStream"})
    if (std::any_of(wish.models.begin(), wish.models.end(),
                    [&](const auto& m) { return has(m, scenario); }))
      found.push_back(scenario);
  frame.widen(use.scenario.value, {found.begin(), found.end()});
  frame.set_round_rule([has, model_key = use.model.value, scenario_key = use.scenario.value,
                        models = wish.models, found](const auto& values) {
    auto model = values.find(model_key), scenario = values.find(scenario_key);
    return has(model == values.end() ? models.front() : readable(model->second),
               scenario == values.end() ? found.front() : readable(scenario->second));
  });
}

bool Rounds::bind(Frame& frame, const RoundUse& use) {
  Wish wish = wish_of(frame, use);
  std::string path;
  const Round* round = choose(wish, path);
  if (!round) return false;
  warn_older(frame, use, wish, *round);
  if (!check(*round, wish)) return false;
  expand_scenarios(frame, use, *round, wish);
  if (wish.models.size() == 1 && wish.scenarios.size() == 1 &&
      wish.scenarios.front() != kAllScenarios)
    settings_.bind(
        frame, wish.models.front(), wish.scenarios.front(),
        use.division.value.empty() ? "" : frame.text_of(use.division.value).value_or(""));
  Span at = round->name.span;
  auto set = [&](const std::string& key, const Template& value, Span span) {
    frame.set_round(key, value, span);
  };
  if (wish.round.empty()) set(use.round.value, round->name.value.substr(1), at);
  set("CM_MLPERF_ROUND", round->name.value, at);
  set("CM_MLPERF_ROUND_FILE", Template(SourceFile{path, "rounds/" + round->name.value, {}}), at);
  set("CM_MLPERF_ROUND_LAYOUT", round->layout == Layout::kSplit ? "split" : "flat", at);
  set("CM_MLPERF_ROUND_SEEDS", seeds_text(round->seeds), round->seeds.qsl.span);
  if (round->test05_seeds)
    set("CM_MLPERF_ROUND_TEST05_SEEDS", seeds_text(*round->test05_seeds),
        round->test05_seeds->qsl.span);
  set("CM_MLPERF_ROUND_CLOSED_NEEDS", closed_needs(*round, category_of(wish.category), wish.models),
      at);
  if (const RoundModel* m =
          wish.models.size() == 1 ? round->find(round->model_of(wish.models.front())) : nullptr) {
    set("CM_MLPERF_ROUND_MIN_DURATION",
        m->one_pass ? "0" : std::to_string(round->min_duration_ms.value),
        m->one_pass ? m->span : round->min_duration_ms.span);
    set("CM_MLPERF_ROUND_PERFORMANCE_SAMPLE_COUNT", std::to_string(m->performance_samples.value),
        m->performance_samples.span);
    bool open = wish.division == "open";
    for (const std::string test : kComplianceTests)
      set("CM_MLPERF_COMPLIANCE_" + test,
          !open && std::count(m->compliance.begin(), m->compliance.end(), test) ? "yes" : "no",
          m->span);
  }
  return true;
}

}  // namespace mlpgen

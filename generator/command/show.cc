// mlpgen show: one recipe in full, each part with its place.
#include <algorithm>
#include <iostream>

#include "command/options.h"
#include "command/request/session.h"
#include "command/request/words.h"
#include "command/text/questions.h"
#include "command/text/ran_record.h"
#include "recipe/load/values.h"
#include "resolve/deps.h"
#include "resolve/variation/allowed.h"
#include "text/text.h"

namespace mlpgen {
namespace {

template <class T>
std::string join_texts(const std::vector<T>& texts, const char* separator = ", ") {
  return join(values_of(texts), separator);
}

std::string value_of(const EnvEntry& e) {
  return e.values.empty() || join_texts(e.values).empty() ? "(empty)" : join_texts(e.values);
}

// Prints a recipe to a stream; every line ends in the place where it is written.
class RecipePrinter {
 public:
  RecipePrinter(const Recipe& recipe, Library& library, std::string state, std::ostream& out)
      : r_(recipe), library_(library), state_(std::move(state)), out_(out) {}

  void print() {
    head();
    variations();
    flags();
    env("Default env", r_.default_env);
    env("Env", r_.env);
    versions();
    probes();
    deps("", r_.deps);
    for (const Variation& v : r_.variations) deps(" of _" + v.name.value, v.deps);
    steps("", r_.steps);
    for (const Variation& v : r_.variations) steps(" of _" + v.name.value, v.steps);
    env("Exports", r_.exports);
    if (!r_.internal_keys.empty())
      out_ << "\nSet by other recipes alone\n  " << join_texts(r_.internal_keys) << "\n";
    if (!r_.new_env_keys.empty()) out_ << "\nHands on\n  " << join_texts(r_.new_env_keys) << "\n";
    targets();
  }

 private:
  void row(const std::string& text, Span at) {
    std::string place = library_.sources().describe(at);
    size_t gap = text.size() < 76 ? 78 - text.size() : 2;
    out_ << text << (place.empty() ? "" : std::string(gap, ' ') + place) << "\n";
  }

  void head() {
    row(r_.id.value, r_.id.span);
    out_ << "  " << r_.about << "\n";
    out_ << "  tags: " << join_texts(r_.tags, ",") << "\n";
    for (const auto& alias : r_.tag_aliases) out_ << "  also: " << join(alias, ",") << "\n";
    if (!state_.empty()) out_ << "  state: " << state_ << "\n";
    if (!r_.inherits.empty()) out_ << "  inherits: " << join_texts(r_.inherits) << "\n";
    if (r_.missing) row("  is not available: " + r_.missing->value, r_.missing->span);
  }

  void variations() {
    std::vector<std::string> groups;
    auto group = [](const Variation& v) {
      return v.internal ? std::string("<internal>") : v.group.value;
    };
    for (const Variation& v : r_.variations)
      if (std::find(groups.begin(), groups.end(), group(v)) == groups.end())
        groups.push_back(group(v));
    std::stable_sort(groups.begin(), groups.end(), [](const std::string& a, const std::string& b) {
      return a != "<internal>" && b == "<internal>";
    });
    for (const std::string& g : groups) {
      out_ << "\nVariations"
           << (g.empty()           ? ", free to combine"
               : g == "<internal>" ? ", <internal>: not to be chosen by hand"
                                   : ", one of group " + g)
           << "\n";
      for (const Variation& v : r_.variations)
        if (group(v) == g) variation(v);
    }
    combinations("What works together, one of these", r_.valid_combinations);
    combinations("What does not work together", r_.invalid_combinations);
  }

  void combinations(const char* title, const std::vector<std::vector<Text>>& all) {
    if (!all.empty()) out_ << "\n" << title << "\n";
    for (const std::string& words : in_few_words(all)) out_ << "  " << words << "\n";
  }

  void variation(const Variation& v) {
    std::string text = "  _" + v.name.value + (v.is_default ? "  (default)" : "");
    if (!v.aliases.empty()) text += "  (also _" + join_texts(v.aliases, ", _") + ")";
    if (!v.bases.empty()) text += "  (base: _" + join_texts(v.bases, ", _") + ")";
    row(text, v.span);
    if (!v.about.empty()) out_ << "      " << v.about << "\n";
    if (!v.note.empty()) out_ << "      note: " << v.note << "\n";
    if (v.missing) out_ << "      is not available: " << v.missing->value << "\n";
    if (v.warning) out_ << "      warning: " << v.warning->value << "\n";
    for (const EnvEntry& e : v.env) out_ << "      " << e.key.value << " = " << value_of(e) << "\n";
    for (const EnvEntry& e : v.default_env)
      out_ << "      " << e.key.value << " = " << value_of(e) << "  (default)\n";
  }

  void flags() {
    if (!r_.flags.empty()) out_ << "\nFlags\n";
    for (const Flag& f : r_.flags) {
      std::string kind = f.choices.empty() ? std::string(to_word(f.type)) : join(f.choices, "|");
      if (std::string bounds = bounds_phrase(f); !bounds.empty()) kind += "  " + bounds;
      row("  --" + f.name.value + "=" + kind + (f.unit.empty() ? "" : "  in " + f.unit),
          f.name.span);
      out_ << "      " << f.help
           << (f.default_value ? "  Default: " + f.default_value->value + "." : "") << "  Sets "
           << f.key.value << ".\n";
    }
  }

  void env(const char* title, const EnvMap& env) {
    if (!env.empty()) out_ << "\n" << title << "\n";
    for (const EnvEntry& e : env) row("  " + e.key.value + " = " + value_of(e), e.key.span);
  }

  void versions() {
    if (!r_.versions.empty()) out_ << "\nVersions\n";
    for (const Version& v : r_.versions)
      row("  " + v.name.value +
              (r_.default_version && r_.default_version->value == v.name.value ? "  (default)"
                                                                               : ""),
          v.name.span);
  }

  void probes() {
    if (!r_.probes.empty()) out_ << "\nLooks on PATH for\n";
    for (const Probe& p : r_.probes)
      row("  " + join_texts(p.names, " or ") + (p.optional ? ", optional" : ""), p.span);
  }

  void tests(const char* word, const std::vector<KeyTest>& tests) {
    for (const KeyTest& t : tests)
      out_ << "      " << word << " " << t.key.value << ": [" << join_texts(t.words) << "]\n";
  }

  void conditions(const Conditions& c) {
    tests("if", c.enable_all);
    tests("if any", c.enable_any);
    tests("skipped if", c.skip_all);
    tests("skipped if any", c.skip_any);
  }

  void deps(const std::string& whose, const std::vector<Dep>& deps) {
    for (Phase p : {Phase::kDeps, Phase::kPrehook, Phase::kPosthook, Phase::kPost}) {
      bool first = true;
      for (const Dep& d : deps) {
        if (d.phase != p) continue;
        if (first) out_ << "\n" << kPhaseWords[static_cast<int>(p)] << whose << "\n";
        first = false;
        row("  " + d.tags_text.value +
                (d.names.empty() ? "" : "  (handles: " + join_texts(d.names) + ")"),
            d.span);
        std::vector<std::string> ids = library_.select(d.tags);
        if (ids.size() == 1) out_ << "      -> " << ids.front() << "\n";
        if (!d.foreach_keys.empty())
          out_ << "      once for each value of " << join_texts(d.foreach_keys) << "\n";
        if (!d.note.empty()) out_ << "      note: " << d.note << "\n";
        conditions(d.when);
      }
    }
  }

  void steps(const std::string& whose, const std::vector<RecipeStep>& steps) {
    if (!steps.empty()) out_ << "\nSteps" << whose << "\n";
    for (const RecipeStep& s : steps) {
      row("  " + s.id.value + ": rule " + s.rule.value +
              (s.shards.value.empty() ? "" : ", in " + s.shards.value + " shards"),
          s.span);
      for (const Param& p : s.own_copy)
        if (p.name.value == "path")
          out_ << "      or a local copy: " << join_texts(p.items) << "\n";
      conditions(s.when);
      for (const auto& [name, output] : s.links)
        out_ << "      link " << name.value << " -> " << output.value << "\n";
    }
  }

  void targets() {
    if (!r_.targets.empty()) out_ << "\nTargets\n";
    for (const Target& t : r_.targets)
      row("  " + t.name.value + ": " + t.about +
              (t.variation.value.empty() ? "" : "  (with _" + t.variation.value + ")"),
          t.name.span);
  }

  const Recipe& r_;
  Library& library_;
  std::string state_;  // whether tests ran its steps; "" where nobody recorded it
  std::ostream& out_;
};

}  // namespace

void print_recipe(const Recipe& recipe, Session& session) {
  std::optional<RecipeState> state = recorded_state(recipe, read_ran(session), session);
  RecipePrinter(recipe, *session.library, state ? sentence(*state) : "", std::cout).print();
}

static int run_show(const CommandLine& line) {
  Session s(line);
  if (!s.open_recipes()) return s.finish();
  Request asked = parse_request(line.words, s.sources, s.sink);
  if (asked.root.tags.empty()) {
    s.sink.error("missing-word", {}, "show which recipe?")
        .with_help("write its id or tags; `mlpgen find` lists all recipes");
    return s.finish_usage();
  }
  if (!s.sink.ok()) return s.finish();
  const Recipe* recipe = select_recipe(asked.root, asked.root_span, "", *s.library, s.sink);
  if (!recipe) return s.finish();
  if (!s.json) {
    print_recipe(*recipe, s);
    return s.finish();
  }
  nlohmann::ordered_json j = recipe_json(*recipe, *s.library);
  if (std::optional<RecipeState> state = recorded_state(*recipe, read_ran(s), s))
    j["state"] = {
        {"word", to_word(state->state)},    {"steps", state->steps},   {"ran", state->ran},
        {"on_stand_ins", state->stand_ins}, {"suites", state->suites}, {"reason", state->reason}};
  std::cout << j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  return s.finish();
}

CommandEntry show_entry() {
  return {"show",
          "ID|TAGS",
          "Print a recipe in full",
          R"(Example:
  mlpgen show run-mlperf-inference-app)",
          {kTrustOption, kFormatOption, kHelpOption},
          false,
          run_show};
}

}  // namespace mlpgen

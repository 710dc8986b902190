// A step's parameters, checked against its rule.
#include <algorithm>
#include <filesystem>

#include "base/closest.h"
#include "base/lock_line.h"
#include "base/text.h"
#include "base/url_secret.h"
#include "plan/step_edges.h"

namespace mlpgen {

// What a recipe's keys make of an int or a choice is known here; a late value only when the edge runs.
void StepPlanner::check_value(const RuleParam& declared, const ResolvedParam& given, const StepRule& rule) {
  if (given.items.size() != 1 || given.items[0].empty() || has_reference(given.items[0])) return;
  std::string value = readable(given.items[0]);
  auto refuse = [&](const std::string& what, const std::string& help) {
    sink_.error("wrong-value", given.name.span, "'" + value + "' is no '" + given.name.value + "' of rule " + rule.name.value + what).with_help(help);
  };
  const std::vector<std::string>& choices = declared.choices;
  if (declared.number && !is_size(value)) refuse(": it is a whole number", "write it in digits");
  if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) refuse("", "choose one of: " + join(choices, ", "));
}

bool StepPlanner::bind_params(Scope& s) {
  size_t errors = sink_.errors();
  std::vector<std::string> known;
  for (const RuleParam& p : s.rule.params) known.push_back(p.name.value);
  for (const ResolvedParam& p : s.step.params) {
    auto declared = std::find_if(s.rule.params.begin(), s.rule.params.end(), [&](const RuleParam& r) { return r.name.value == p.name.value; });
    if (declared == s.rule.params.end()) {
      std::string near = did_you_mean(p.name.value, known);
      sink_.error("unknown-parameter", p.name.span, "rule " + s.rule.name.value + " has no parameter '" + p.name.value + "'")
          .note(s.rule.name.span, "the rule")
          .with_help(near.empty() ? "its parameters: " + join(known, ", ") : near);
      continue;
    }
    if (declared->kind == Param::Kind::kText && p.items.size() != 1)
      sink_.error("wrong-type", p.name.span, "'" + p.name.value + "' of rule " + s.rule.name.value + " is one text, and here are " + std::to_string(p.items.size()))
          .with_help("give one value");
    if ((declared->kind == Param::Kind::kMap) != (p.kind == Param::Kind::kMap))
      sink_.error("wrong-type", p.name.span, "'" + p.name.value + "' of rule " + s.rule.name.value + (declared->kind == Param::Kind::kMap ? " is a map" : " is no map"))
          .with_help("docs/language.md lists the kinds of parameters");
    check_value(*declared, p, s.rule);
    // A recipe's own text is looked at when it is read; this is what its keys made of it.
    for (const Template& item : p.items)
      if (has_url_secret(readable(item)))
        sink_.error("secret-given", p.name.span, "'" + p.name.value + "' has a password or token in a URL, which would be written to files").with_help(kUrlSecretHelp);
    ResolvedParam bound = p;
    if (declared->glob) {
      bound.items.clear();
      for (const Template& pattern : p.items) {
        Edge ignored;
        Result<std::vector<std::string>> files = digests_.glob(settle(s, pattern, ignored).real);
        if (!files) {
          sink_.error("unreadable-file", p.name.span, files.error().message).with_help(files.error().help);
          continue;
        }
        for (const std::string& f : *files) {
          std::string where = s.instance.recipe->directory;
          bool own = f.starts_with(where + "/");
          bound.items.emplace_back(own ? SourceFile{where, s.instance.recipe->id.value, f.substr(where.size())}
                                       : SourceFile{f, std::filesystem::path(f).filename().string(), {}});
        }
        if (files->empty()) sink_.error("missing-source", p.name.span, "no file matches " + readable(pattern)).with_help("check the pattern");
      }
    }
    s.params[p.name.value] = std::move(bound);
  }
  for (const RuleParam& p : s.rule.params) {
    if (s.params.count(p.name.value)) continue;
    if (p.required)
      sink_.error("missing-parameter", s.step.step->span, "step '" + s.step.step->id.value + "' needs '" + p.name.value + "': " + p.about)
          .note(p.name.span, "rule " + s.rule.name.value + " asks for it")
          .with_help("add `" + p.name.value + ": ...`");
    ResolvedParam& bound = s.params[p.name.value] = {p.name, p.kind, {}, {}};
    for (const std::string& item : p.default_items) bound.items.push_back(parse_template(item));
  }
  return sink_.errors() == errors;
}

}  // namespace mlpgen

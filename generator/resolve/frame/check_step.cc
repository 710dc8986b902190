// A step against its rule.
#include "resolve/frame/check_step.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "file/lock_line.h"
#include "recipe/load/check_rule.h"
#include "recipe/load/place_name.h"
#include "resolve/frame/step.h"
#include "text/closest.h"
#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen {
namespace {

void report_unknown(const StepRule& rule, const Text& name, Sink& sink) {
  std::vector<std::string> known;
  for (const RuleParam& p : rule.params) known.push_back(p.name.value);
  std::string near = did_you_mean(name.value, known);
  sink.error("unknown-parameter", name.span,
             "rule " + rule.name.value + " has no parameter '" + name.value + "'")
      .note(rule.name.span, "the rule")
      .with_help(near.empty() ? "its parameters: " + join(known, ", ") : near);
}

void check_param(const StepRule& rule, const RuleParam& declared, const ResolvedParam& p,
                 Sink& sink) {
  Param::Kind kind = kind_of(declared.type);
  bool settled = std::none_of(p.items.begin(), p.items.end(), has_names);
  const std::string what = "'" + p.name.value + "' of rule " + rule.name.value;
  if (kind == Param::Kind::kText && settled && p.items.size() != 1)
    sink.error("wrong-type", p.name.span,
               what + " is one text, and here are " + std::to_string(p.items.size()))
        .with_help("give one value");
  if ((kind == Param::Kind::kMap) != (p.kind == Param::Kind::kMap))
    sink.error("wrong-type", p.name.span,
               what + (kind == Param::Kind::kMap ? " is a map" : " is no map"))
        .with_help("docs/language.md lists the kinds of parameters");
  if (std::optional<ParamFault> fault =
          p.items.size() == 1 ? fault_of(declared, rule, p.items[0]) : std::nullopt)
    sink.error("wrong-value", p.name.span, fault->what).with_help(fault->help);
  // A recipe's own text is looked at when it is read; this is what its keys made of it.
  for (const Template& item : p.items)
    if (has_url_secret(readable(item)))
      sink.error("secret-given", p.name.span,
                 "'" + p.name.value +
                     "' has a password or token in a URL, which would be written to files")
          .with_help(kUrlSecretHelp);
}

bool names_shards(const TemplateText& text) {
  const std::vector<Part>& parts = text.parts.parts();
  return std::any_of(parts.begin(), parts.end(), [](const Part& part) {
    const auto* name = std::get_if<const TemplateName*>(&part);
    return name && (*name)->text.starts_with("shard.") && !(*name)->otherwise;
  });
}

// In a word, a value or an output that every edge of the rule has.
bool needs_shards(const RuleEdge& e) {
  return std::any_of(
             e.argv.begin(), e.argv.end(),
             [](const Word& w) { return w.kind == Word::Kind::kText && names_shards(w.text); }) ||
         std::any_of(e.env.begin(), e.env.end(),
                     [](const EnvEntry& entry) {
                       return std::any_of(entry.values.begin(), entry.values.end(), names_shards);
                     }) ||
         std::any_of(e.outputs.begin(), e.outputs.end(),
                     [](const auto& output) { return names_shards(output.second); });
}

// "a/b" of "./a//b": Ninja takes both for one file.
std::string one_spelling(const std::string& path) {
  return std::filesystem::path(path).lexically_normal();
}

}  // namespace

std::vector<ResolvedParam> as_written(const std::vector<Param>& params) {
  std::vector<ResolvedParam> all;
  for (const Param& p : params)
    all.push_back({p.name, p.kind, templates_of(p.items), templates_of(p.keys)});
  return all;
}

void check_params(const StepRule& rule, const RecipeStep& step,
                  const std::vector<ResolvedParam>& given, Sink& sink) {
  for (const ResolvedParam& p : given)
    if (const RuleParam* declared = rule.find_param(p.name.value))
      check_param(rule, *declared, p, sink);
    else
      report_unknown(rule, p.name, sink);
  if (step.shards.value.empty() && std::any_of(rule.edges.begin(), rule.edges.end(), needs_shards))
    sink.error("unknown-parameter", step.span,
               "rule " + rule.name.value + " numbers its edges with ${shard.index} or " +
                   "${shard.count}, and step '" + step.id.value + "' has no shards")
        .note(rule.name.span, "the rule")
        .with_help("add the number of edges to the step, e.g. `shards: 1`");
  for (const RuleParam& p : rule.params) {
    bool is_given = std::any_of(given.begin(), given.end(), [&](const ResolvedParam& g) {
      return g.name.value == p.name.value;
    });
    if (p.required && !is_given)
      sink.error("missing-parameter", step.span,
                 "step '" + step.id.value + "' needs '" + p.name.value + "': " + p.about)
          .note(p.name.span, "rule " + rule.name.value + " asks for it")
          .with_help("add `" + p.name.value + ": ...`");
  }
}

std::vector<std::string> outputs_of(const StepRule& rule, const RecipeStep& step) {
  std::vector<std::string> names = {"dir"};
  if (!step.own_copy.empty()) names.push_back(kCopyOutput);
  for (const RuleEdge& e : rule.edges)
    for (const auto& [name, path] : e.outputs) names.push_back(name.value);
  return names;
}

void check_links(const StepRule& rule, const RecipeStep& step, Sink& sink) {
  if (step.links.empty()) return;
  std::vector<std::string> known = outputs_of(rule, step);
  for (const auto& [name, output] : step.links) {
    if (std::find(known.begin(), known.end(), output.value) != known.end()) continue;
    std::string near = did_you_mean(output.value, known);
    sink.error("unknown-output", output.span,
               "step " + step.id.value + " has no output '" + output.value + "'")
        .with_help(near.empty() ? "it has: " + join(known, ", ") : near);
  }
}

void check_own_copy(const RecipeStep& step, Library& library, Sink& sink) {
  if (step.own_copy.empty()) return;
  const StepRule* copy = library.rule({kLocalCopy, step.rule.span});
  if (!copy) return;
  std::vector<ResolvedParam> own = as_written(step.own_copy), fetch = as_written(step.params);
  check_params(*copy, step, copy_params(step, std::move(own), fetch, *copy), sink);
}

bool check_outputs(const StepRule& rule, const RuleEdge& edge, const OutputPlaces& places,
                   Span step, Sink& sink) {
  size_t errors = sink.errors();
  std::set<std::string> taken;
  for (size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    const Text& name = edge.outputs[i].first;
    if (!check_output({*places[i], step},
                      "the output '" + name.value + "' of rule " + rule.name.value, sink))
      continue;
    if (!taken.insert(one_spelling(*places[i])).second)
      sink.error("duplicate-output", name.span, "two outputs are the same file: " + *places[i])
          .with_help("give each its own name");
  }
  return sink.errors() == errors;
}

void report_later_step(const std::string& step, const std::string& other, Span at, Sink& sink) {
  sink.error("unknown-output", at,
             step == other ? "step " + step + " refers to itself"
                           : "step " + step + " refers to step " + other + ", which comes after it")
      .with_help(step == other ? "name the output of another step"
                               : "the steps of a recipe are made in their order, those of "
                                 "variations last: put " +
                                     other + " before " + step);
}

void report_same_link(const std::string& name, Span at, Span other, Sink& sink) {
  sink.error("duplicate-output", at, "two edges make '" + name + "'")
      .note(other, "the other one")
      .with_help("give one of them another name under `links`");
}

int check_shards(const std::string& text, Span at, Sink* sink) {
  constexpr int kMostShards = 4096;
  int count = is_size(text) && text.size() < 9 ? std::atoi(text.c_str()) : 0;
  if (count >= 1 && count <= kMostShards) return count;
  std::string what = "'" + text + "' is no number of shards: a whole number from 1 to " +
                     std::to_string(kMostShards);
  if (sink)
    sink->error("wrong-value", at, what)
        .with_help("write the number of edges that the step becomes, e.g. `shards: 4`");
  return 1;
}

}  // namespace mlpgen

// Names and values in a rule.
#include "recipe/load/check_rule.h"

#include <algorithm>
#include <set>

#include "file/lock_line.h"
#include "recipe/load/parts.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// Names that the plan has a value for in every rule; of a step with shards; in a foreach.
constexpr const char* kOfPlan[] = {"out",         "kept",         "mlpgen-tool", "home",
                                   "request",     "request.lock", "recipe.id",   "step.id",
                                   "shard.index", "shard.count"};
constexpr const char* kOfItem[] = {"item", "item.stem", "item.name", "item.key"};

template <size_t n>
bool is_one_of(const char* const (&names)[n], const std::string& name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_name(const std::string& text) {
  auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), fits);
}

class RuleCheck {
 public:
  RuleCheck(const StepRule& rule, Sink& sink) : rule_(rule), sink_(sink) {}

  void check() {
    for (const RuleParam& p : rule_.params) check_name(p);
    for (const RuleEdge& e : rule_.edges) check_edge(e);
    for (const RuleParam& p : rule_.params) check_default(p);  // now all outputs are known
  }

 private:
  void check_name(const RuleParam& p) {
    const std::string& name = p.name.value;
    if (!is_name(name))
      sink_.error("wrong-value", p.name.span, "'" + name + "' is no name of a parameter")
          .with_help("write letters, digits, '_' and '-'");
    else if (is_one_of(kOfPlan, name) || is_one_of(kOfItem, name) || is_step_word(name))
      sink_
          .error(
              "name-taken", p.name.span,
              is_step_word(name)
                  ? "a step has a key '" + name + "' of its own, so none can give the parameter"
                  : "'" + name + "' is what mlpgen itself gives a command, so it is no parameter")
          .with_help("choose another name");
  }

  bool is_known(const std::string& name, bool in_item) const {
    return is_one_of(kOfPlan, name) || (in_item && is_one_of(kOfItem, name)) ||
           rule_.find_param(name) || outputs_.count(name) != 0 ||
           (!rule_.lock.value.empty() && name.starts_with("lock."));
  }

  // Names without an otherwise that stand for nothing.
  template <class Known, class Report>
  void check_text(const Template& text, const Known& known, const Report& report) {
    for (const Part& part : text.parts()) {
      const auto* held = std::get_if<const TemplateName*>(&part);
      if (!held) continue;
      const TemplateName& name = **held;
      if (known(name.text)) continue;
      if (name.otherwise)
        check_text(*name.otherwise, known, report);
      else
        report(name.text);
    }
  }

  void check_text(const TemplateText& text, bool in_item) {
    check_text(
        text.parts, [&](const std::string& name) { return is_known(name, in_item); },
        [&](const std::string& name) {
          sink_
              .error("unknown-parameter", text.span,
                     "rule " + rule_.name.value + " refers to '" + name +
                         "', which it does not declare")
              .with_help("declare it under `params`, or check the spelling");
        });
  }

  void check_param(const Text& name, bool any_known, const std::string& help) {
    if (any_known ? is_known(name.value, false) : rule_.find_param(name.value) != nullptr) return;
    sink_
        .error("unknown-parameter", name.span,
               "rule " + rule_.name.value + " has no parameter '" + name.value + "'")
        .with_help(help);
  }

  void check_edge(const RuleEdge& e) {
    bool in_item = !e.foreach_param.value.empty();
    if (in_item) check_param(e.foreach_param, false, "name one of its params");
    for (const Word& w : e.argv) {
      if (w.kind == Word::Kind::kText)
        check_text(w.text, in_item);
      else
        check_param(w.text, true, "declare it under `params`");
      for (const TemplateText& t : w.then) check_text(t, in_item || w.kind == Word::Kind::kEach);
    }
    for (const EnvEntry& entry : e.env)
      for (const TemplateText& t : entry.values) check_text(t, in_item);
    for (const Text& t : e.after) check_param(t, false, "declare it under `params`");
    for (const auto& [name, path] : e.outputs) check_text(path, in_item);
    if (!edges_.insert(e.id.value).second)
      sink_
          .error("duplicate-step", e.id.span,
                 "two edges of rule " + rule_.name.value + " have the id '" + e.id.value + "'")
          .with_help("give each its own id");
    for (const auto& [name, path] : e.outputs) outputs_.insert(e.id.value + "." + name.value);
  }

  void check_default(const RuleParam& p) {
    auto known = [&](const std::string& name) {
      return is_known(name, false) && !rule_.find_param(name);
    };
    for (const TemplateText& item : p.default_items) {
      check_text(item.parts, known, [&](const std::string& name) {
        sink_
            .error("unknown-parameter", item.span,
                   "the default of '" + p.name.value + "' of rule " + rule_.name.value +
                       " refers to '" + name + "', which the plan does not know")
            .with_help("name ${lock.FIELD}, ${request} or an output of an earlier edge");
      });
      if (std::optional<ParamFault> fault =
              p.default_items.size() == 1 ? fault_of(p, rule_, item.parts) : std::nullopt)
        sink_.error("wrong-value", item.span, fault->what).with_help(fault->help);
    }
    if (kind_of(p.type) == Param::Kind::kText && p.default_items.size() > 1)
      sink_
          .error("wrong-value", p.default_items[1].span,
                 "'" + p.name.value + "' is one text, and its default is " +
                     std::to_string(p.default_items.size()))
          .with_help("give one value, or write `type: list`");
  }

  const StepRule& rule_;
  Sink& sink_;
  std::set<std::string> edges_, outputs_;  // EDGE.OUTPUT
};

}  // namespace

void check_rule(const StepRule& rule, Sink& sink) { RuleCheck(rule, sink).check(); }

std::optional<ParamFault> fault_of(const RuleParam& param, const StepRule& rule,
                                   const Template& text) {
  if (text.empty() || has_reference(text)) return std::nullopt;
  std::string value = readable(text),
              what = "'" + value + "' is no '" + param.name.value + "' of rule " + rule.name.value;
  const std::vector<std::string>& choices = param.choices;
  if (param.type == ParamType::kInt && !is_size(value))
    return ParamFault{what + ": it is a whole number", "write it in digits"};
  if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end())
    return ParamFault{what, "choose one of: " + join(choices, ", ")};
  return std::nullopt;
}

}  // namespace mlpgen

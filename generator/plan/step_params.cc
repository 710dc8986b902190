// A step's parameters, checked against its rule.
#include <filesystem>

#include "plan/step_edges.h"
#include "resolve/frame/check_step.h"

namespace mlpgen {

// The files that its patterns match.
ResolvedParam StepPlanner::with_files(const Scope& s, const ResolvedParam& p) {
  ResolvedParam bound = p;
  bound.items.clear();
  for (const Template& pattern : p.items) {
    Edge ignored;
    Result<std::vector<std::string>> files = digests_.glob(settle(s, pattern, ignored).real);
    if (!files) {
      sink_.error("unreadable-file", p.name.span, files.error().message)
          .with_help(files.error().help);
      continue;
    }
    for (const std::string& f : *files) {
      std::string where = s.instance.recipe->directory;
      bool own = f.starts_with(where + "/");
      bound.items.emplace_back(
          own ? SourceFile{where, s.instance.recipe->id.value, f.substr(where.size())}
              : SourceFile{f, std::filesystem::path(f).filename().string(), {}});
    }
    if (files->empty())
      sink_.error("missing-source", p.name.span, "no file matches " + readable(pattern))
          .with_help("check the pattern");
  }
  return bound;
}

bool StepPlanner::bind_params(Scope& s) {
  size_t errors = sink_.errors();
  check_params(s.rule, *s.step.step, s.step.params, sink_);
  for (const ResolvedParam& p : s.step.params)
    if (const RuleParam* declared = s.rule.find_param(p.name.value))
      s.params[p.name.value] = declared->type == ParamType::kGlob ? with_files(s, p) : p;
  for (const RuleParam& p : s.rule.params)
    s.params.try_emplace(p.name.value,
                         ResolvedParam{p.name, kind_of(p.type), templates_of(p.default_items), {}});
  return sink_.errors() == errors;
}

}  // namespace mlpgen

// A template to the path that a command gets, and to what stands in the identity in its place.
#include <algorithm>

#include "plan/step_edges.h"
#include "resolve/frame/check_step.h"
#include "text/bad_byte.h"

namespace mlpgen {
namespace {

void add_input(Edge& edge, Interned path, bool fetched = false) {
  if (std::none_of(edge.inputs.begin(), edge.inputs.end(),
                   [&](const EdgeInput& i) { return i.path == path; }))
    edge.inputs.push_back({path, fetched});
}

}  // namespace

// Nothing where nothing is there; reports what is there and cannot be read.
std::optional<std::string> StepPlanner::digest_of(const Scope& s, const std::string& path) {
  Result<std::optional<std::string>> digest = digests_.of(path);
  if (digest) return std::move(*digest);
  sink_.error("unreadable-file", s.step.step->span, digest.error().message)
      .with_help(digest.error().help);
  return "";
}

void StepPlanner::settle_source(const Scope& s, const SourceFile& file, Edge& edge, Settled& out) {
  std::string path = file.root + file.below.text();
  if (std::optional<BadByte> bad = find_bad_byte(path))
    sink_
        .error("not-text", s.step.step->span,
               "a path of this step has " + bad->what + ": " + printable(path))
        .with_help("rename the file");
  std::optional<std::string> digest = digest_of(s, path);
  bool pattern = file.below.text().find_first_of("*?") != std::string::npos;
  if (!digest && !pattern)
    sink_.error("missing-source", s.step.step->span, "there is no " + path)
        .with_help("check the path in the recipe");
  if (digest && !pattern) add_input(edge, path);
  out.real += path;
  out.identity += "<source " + file.name + file.below.text() + " " + digest.value_or("") + ">";
}

void StepPlanner::settle_edge(const EdgeOutput& output, Edge& edge, Settled& out) {
  const Edge& maker = out_.plan.at(output.edge);
  if (std::find(edge.needs.begin(), edge.needs.end(), output.edge) == edge.needs.end())
    edge.needs.push_back(output.edge);
  std::string path = maker.directory + (output.path.empty() ? "" : "/" + output.path);
  while (path.ends_with('/')) path.pop_back();
  add_input(edge, path, maker.mode == "fetch");
  out.real += path;
  out.identity += "<" + maker.identity + "/" + output.path + ">";
}

void StepPlanner::settle_step(const Scope& s, const StepOutput& output, Edge& edge, Settled& out) {
  auto it = outputs_.find(output);
  if (it != outputs_.end() && it->second.size() == 1)
    return settle_edge(it->second.front(), edge, out);
  auto later = std::find_if(s.instance.steps.begin(), s.instance.steps.end(), [&](const auto& t) {
    return output.instance == s.instance.id && &t >= &s.step &&
           output.step == s.instance.recipe->id.value + "/" + t.step->id.value;
  });
  if (it == outputs_.end() && later != s.instance.steps.end())
    return report_later_step(s.step.step->id.value, later->step->id.value, s.step.step->span,
                             sink_);
  bool refused = it == outputs_.end() && sink_.errors() != 0;  // its step
  if (!refused && !unlocked_.count({output.instance, output.step}))
    sink_
        .error("unknown-output", s.step.step->span,
               "step " + output.step + " has no single output '" + output.output + "'")
        .with_help("its rule lists its outputs");
}

StepPlanner::Settled StepPlanner::settle(const Scope& s, const Template& text, Edge& edge) {
  Settled out;
  auto cases = Cases{
      [&](const std::string& plain) { out.real += plain, out.identity += plain; },
      [&](const TemplateName* name) {
        out.real += name->written, out.identity += name->written;
      },  // of a parameter's default
      [&](const StepOutput& output) { settle_step(s, output, edge, out); },
      [&](const SourceFile& file) { settle_source(s, file, edge, out); },
      [&](const ToolPath& tool) {
        out.real += tool.path.text(),
            out.identity += "<tool " + tool.version + " " + tool.digest + ">";
      },
      [&](const LateValue& late) {
        Settled file = settle(s, *late.file, edge);
        out.real += "${late:" + file.real + "#" + late.pointer + "}";
        out.identity += "<late " + file.identity + "#" + late.pointer + ">";
      },
      [&](const EdgeOutput& output) { settle_edge(output, edge, out); },
      [&](const StateFile& file) {
        add_input(edge, file.path);
        out.real += file.path.text(), out.identity += "<state " + file.path + ">";
      },
  };
  for (const Part& part : text.parts()) std::visit(cases, part);
  return out;
}

}  // namespace mlpgen

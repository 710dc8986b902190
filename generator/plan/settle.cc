// A text with references to the path that a command gets, and to what stands in the identity in its place.
#include <algorithm>

#include "base/bad_byte.h"
#include "plan/step_edges.h"

namespace mlpgen {
namespace {

// How far plain text after a source reference still belongs to its path.
size_t path_end(std::string_view text) { return std::min(text.find_first_of(" ,:=;"), text.size()); }

}  // namespace

void StepPlanner::add_input(Edge& edge, const OutputPlace& place) {
  const Edge& maker = out_.plan.at(place.edge);
  if (std::find(edge.needs.begin(), edge.needs.end(), place.edge) == edge.needs.end()) edge.needs.push_back(place.edge);
  std::string text = maker.directory + (place.path.empty() ? "" : "/" + place.path);
  while (text.ends_with('/')) text.pop_back();
  const Interned path = text;
  if (std::any_of(edge.inputs.begin(), edge.inputs.end(), [&](const EdgeInput& i) { return i.path == path; })) return;
  edge.inputs.push_back({path, maker.mode == "fetch", ""});
}

// Nothing where nothing is there; reports what is there and cannot be read.
std::optional<std::string> StepPlanner::digest_of(const Scope& s, const std::string& path) {
  Result<std::optional<std::string>> digest = digests_.of(path);
  if (digest) return std::move(*digest);
  sink_.error("unreadable-file", s.step.step->span, digest.error().message).with_help(digest.error().help);
  return "";
}

StepPlanner::Expanded StepPlanner::settle(Scope& s, const std::string& text, Edge& edge) {
  Expanded out;
  std::string source, source_name;  // a source reference whose path goes on in the plain text
  auto end_source = [&](std::string_view suffix) {
    std::string path = source + std::string(suffix);
    if (std::optional<BadByte> bad = find_bad_byte(path))
      sink_.error("not-text", s.step.step->span, "a path of this step has " + bad->what + ": " + printable(path)).with_help("rename the file");
    std::optional<std::string> digest = digest_of(s, path);
    bool pattern = suffix.find_first_of("*?") != std::string_view::npos;
    if (!digest && !pattern)
      sink_.error("missing-source", s.step.step->span, "there is no " + path).with_help("check the path in the recipe");
    out.real += path;
    out.identity += "<source " + source_name + std::string(suffix) + " " + digest.value_or("") + ">";
    if (digest && !pattern && std::none_of(edge.inputs.begin(), edge.inputs.end(), [&](const EdgeInput& i) { return i.path == path; }))
      edge.inputs.push_back({path, false, ""});
    source.clear();
  };
  auto place = [&](const OutputPlace& p) {
    add_input(edge, p);
    const Edge& maker = out_.plan.at(p.edge);
    std::string path = maker.directory + (p.path.empty() ? "" : "/" + p.path);
    while (path.ends_with('/')) path.pop_back();
    out.real += path;
    out.identity += "<" + maker.identity + "/" + p.path + ">";
  };
  walk(text,
       [&](std::string_view plain) {
         if (!source.empty()) {
           size_t n = path_end(plain);
           end_source(plain.substr(0, n));
           plain.remove_prefix(n);
         }
         out.real += plain;
         out.identity += plain;
       },
       [&](const Reference& r) {
         if (!source.empty()) end_source("");
         switch (r.kind) {
           case Reference::Kind::kSource:
             source = r.fields[0];
             source_name = r.fields[1];
             break;
           case Reference::Kind::kTool:
             out.real += r.fields[0];
             out.identity += "<tool " + r.fields[1] + " " + r.fields[2] + ">";
             break;
           case Reference::Kind::kState:
             out.real += r.fields[0];
             out.identity += "<state " + r.fields[0] + ">";
             edge.inputs.push_back({r.fields[0], false, ""});
             break;
           case Reference::Kind::kEdge:
             place({static_cast<EdgeId>(std::stoul(r.fields[0])), r.fields[1]});
             break;
           case Reference::Kind::kLate: {
             Expanded file = settle(s, r.fields[0], edge);
             out.real += "${late:" + file.real + "#" + r.fields[1] + "}";
             out.identity += "<late " + file.identity + "#" + r.fields[1] + ">";
             break;
           }
           case Reference::Kind::kArtifact: {
             auto it = outputs_.find({r.fields[0], r.fields[1].substr(r.fields[1].find('/') + 1), r.fields[3], r.fields[2]});
             if (it == outputs_.end() && sink_.errors() != 0) break;  // its step was refused
             if (it == outputs_.end() || it->second.size() != 1) {
               if (unlocked_.count({r.fields[0], r.fields[1].substr(r.fields[1].find('/') + 1)})) break;
               sink_.error("unknown-output", s.step.step->span, "step " + r.fields[1] + " has no single output '" + r.fields[2] + "'")
                   .with_help("its rule lists its outputs");
               break;
             }
             place(it->second.front());
             break;
           }
         }
       });
  if (!source.empty()) end_source("");
  return out;
}

}  // namespace mlpgen

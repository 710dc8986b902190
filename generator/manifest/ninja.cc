// build.ninja.
#include "manifest/ninja.h"

#include <algorithm>

#include "manifest/escape.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// Its last edge prints the result of the run.
constexpr std::string_view kResultTarget = "submission";

// Ninja reads '$', ' ' and ':' in paths as its own.
void add_path(PieceWriter& out, std::string_view path) {
  for (;;) {
    size_t plain = plain_length(
        path, [](uint64_t b) { return has_byte(b, '$') | has_byte(b, ' ') | has_byte(b, ':'); },
        [](char c) { return c == '$' || c == ' ' || c == ':'; });
    out << path.substr(0, plain);
    if (plain == path.size()) return;
    out << '$' << path[plain];
    path.remove_prefix(plain + 1);
  }
}

void add_text(PieceWriter& out, std::string_view text) {
  for (;;) {
    size_t plain = plain_length(
        text, [](uint64_t b) { return has_byte(b, '$') | has_byte(b, '\n'); },
        [](char c) { return c == '$' || c == '\n'; });
    out << text.substr(0, plain);
    if (plain == text.size()) return;
    out << (text[plain] == '$' ? "$$" : " ");
    text.remove_prefix(plain + 1);
  }
}

// The plan is written before build.ninja: where a configure was killed between the two, Ninja runs
// it again.
void add_inputs(PieceWriter& out, const Plan& plan) {
  out << " $\n  .mlpgen/plan";
  for (const std::string& in : plan.inputs) {
    out << " $\n  ";
    add_path(out, in);
  }
}

bool prints_result(const PlanTarget& t) { return t.name == kResultTarget && !t.edges.empty(); }

void add_verify_rule(PieceWriter& out, const Programs& programs, std::string_view name,
                     bool with_result) {
  out << "rule " << name << "\n  command = ";
  add_text(out, shell_quote(programs.edge));
  out << " --verify $out";
  if (with_result) {
    out << " && ";
    add_text(out, shell_quote(programs.mlpgen));
    out << " result --if-any";
  }
  out << "\n  description = verify $d\n  rspfile = $out.list\n  rspfile_content = $in_newline\n"
         "  depfile = $out.d\n  deps = gcc\n";
}

void add_head(PieceWriter& out, const Plan& plan, const Programs& programs) {
  out << "# Written by mlpgen configure. Do not edit: it is written again when one of its inputs "
         "changes.\n"
         "ninja_required_version = 1.5\nbuilddir = .mlpgen\n\n"
         "rule e\n  command = ";
  add_text(out, shell_quote(programs.edge));
  out << " $id\n  description = $d\n  restat = 1\nrule configure\n  command = ";
  add_text(out, shell_quote(programs.mlpgen));
  out << " configure --again\n  description = configure\n  generator = 1\n  restat = 1\n";
  add_verify_rule(out, programs, "verify", false);
  if (std::any_of(plan.targets.begin(), plan.targets.end(), prints_result))
    add_verify_rule(out, programs, "verify-result", true);
  out << "rule say\n  command = cat $file\n  description = $d\n"
         "rule refuse\n  command = cat $file && exit 1\n  description = $d\n\n"
         "build build.ninja: configure |";
  add_inputs(out, plan);
  out << "\nbuild";
  add_inputs(out, plan);
  out << ": phony\n\n";
}

void add_edge(PieceWriter& out, const Plan& plan, const Edge& e) {
  out << "build ";
  add_path(out, e.directory);
  out << "/.done";
  bool first = true;
  for (const std::string& o : e.outputs) {
    if (o.ends_with('/')) continue;
    out << (first ? " | " : " ");
    first = false;
    add_path(out, e.directory);
    out << '/';
    add_path(out, o);
  }
  out << ": e";
  for (size_t i = 0; i < e.needs.size(); ++i) {
    out << (i ? " " : " | ");
    add_path(out, plan.at(e.needs[i]).directory);
    out << "/.done";
  }
  for (size_t i = 0; i < e.after.size(); ++i) {
    out << (i ? " " : " || ");
    add_path(out, plan.at(e.after[i]).directory);
    out << "/.done";
  }
  out << "\n  id = " << std::string_view(e.identity).substr(0, 12) << "\n  d = ";
  add_text(out, e.name);
  out << '\n';
}

// A target is its last edge, whose inputs are all files that were made for it: Ninja learns them
// from its depfile.
void add_target(PieceWriter& out, const Plan& plan, const PlanTarget& t) {
  out << "build ";
  add_path(out, t.name);
  if (t.edges.empty()) {
    out << (t.not_yet ? ": refuse\n  file = .mlpgen/say/" : ": say\n  file = .mlpgen/say/");
    add_text(out, t.name);
    out << "\n  d = " << t.name << '\n';
    return;
  }
  std::string stamp = ".mlpgen/verify/" + t.name + ".ok";
  out << ": phony ";
  add_path(out, stamp);
  out << "\nbuild ";
  add_path(out, stamp);
  out << (prints_result(t) ? ": verify-result" : ": verify");
  for (EdgeId id : t.edges) {
    out << ' ';
    add_path(out, plan.at(id).directory);
    out << "/.done";
  }
  out << "\n  d = ";
  add_text(out, t.name);
  out << '\n';
}

void add_default(PieceWriter& out, const Plan& plan) {
  for (const PlanTarget& t : plan.targets)
    if (t.is_default) {
      out << "default ";
      add_path(out, t.name);
      out << '\n';
    }
}

}  // namespace

Pieces to_ninja(const Plan& plan, const Programs& programs) {
  return Pieces([&plan, programs](const Pieces::Take& take) {
    PieceWriter out(take);
    add_head(out, plan, programs);
    for (const Edge& e : plan.edges) add_edge(out, plan, e);
    out << '\n';
    for (const PlanTarget& t : plan.targets) add_target(out, plan, t);
    out << "build help: say\n  file = .mlpgen/say/help\n  d = help\n";
    add_default(out, plan);
  });
}

std::string to_target_list(const Plan& plan) {
  std::string out = "Targets of this run directory:\n";
  size_t width = 18;
  for (const PlanTarget& t : plan.targets) width = std::max(width, t.name.size() + 1);
  for (const PlanTarget& t : plan.targets) {
    std::string count = t.not_yet && t.edges.empty() ? "not yet" : counted(t.edges.size(), "edge");
    out += "  ninja " + t.name + std::string(width - t.name.size(), ' ') + t.about + " (" + count +
           ")" + (t.is_default ? " [default]" : "") + "\n";
  }
  return out;
}

}  // namespace mlpgen

// From the target's edges down through their inputs.
#include "edge/verify.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>
#include <vector>

#include "artifact/done_file.h"
#include "edge/report.h"
#include "edge/runner.h"
#include "file/file.h"
#include "step/plan_file.h"
#include "step/step.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// Artifacts in the order in which they need each other.
class Order {
 public:
  explicit Order(const PlanFile& plan) : plan_(plan) {}

  void add(const std::string& artifact) {
    std::vector<std::pair<std::string, bool>> todo = {
        {artifact, false}};  // whether what it needs was added
    while (!todo.empty()) {
      auto [at, ready] = todo.back();
      todo.pop_back();
      if (ready) sorted_.push_back(at);
      if (ready || at.empty() || !seen_.insert(at).second) continue;
      todo.emplace_back(at, true);
      Result<Step> step = parse_step(plan_.find(at.substr(at.rfind('/') + 1)));
      if (!step) continue;
      for (const StepInput& input : step->inputs) todo.emplace_back(artifact_of(input.path), false);
    }
  }
  const std::vector<std::string>& sorted() const { return sorted_; }

 private:
  const PlanFile& plan_;
  std::set<std::string> seen_;
  std::vector<std::string> sorted_;
};

// As a depfile writes it; "" for a name that Ninja cannot read there: it ends a name at each other
// character (plain names in depfile_parser.in.cc of Ninja 1.10 to 1.13).
std::string depfile_path(const std::string& path) {
  constexpr std::string_view kRead = "+,/_.~(){}%=@[]!- #$";
  for (unsigned char c : path)
    if (c < 0x80 && !std::isalnum(c) && kRead.find(static_cast<char>(c)) == std::string_view::npos)
      return "";
  return replace_all(replace_all(replace_all(path, "$", "$$"), " ", "\\ "), "#", "\\#");
}

void add_watched(const std::string& artifact, std::set<std::string>& watched) {
  Result<DoneFile> done = read_done(artifact);
  if (!done) return;
  std::set<std::string> files;
  for (const PathNote& output : done->outputs) {
    std::string path = artifact + "/" + output.name;
    while (path.ends_with('/')) path.pop_back();
    files.insert(path);  // of a folder: its time tells what came and went
    for (const FileNote& file : output.files) {
      files.insert(path + "/" + file.name);
      for (size_t slash = file.name.find('/'); slash != std::string::npos;
           slash = file.name.find('/', slash + 1))
        files.insert(path + "/" + file.name.substr(0, slash));
    }
  }
  if (files.size() <= kMostWatched) watched.merge(files);
}

Status write_stamp(const std::string& stamp, const std::vector<std::string>& artifacts) {
  std::set<std::string> watched;
  for (const std::string& artifact : artifacts) add_watched(artifact, watched);
  std::string text = depfile_path(stamp) + ":";
  for (const std::string& path : watched)
    if (std::string escaped = depfile_path(path); !escaped.empty()) text += " \\\n  " + escaped;
  if (Status s = write_file(stamp + ".d", text + "\n"); !s) return s;
  return write_file(stamp, "");
}

}  // namespace

int verify_target(const std::string& stamp) {
  Result<std::string> list = read_file(stamp + ".list");
  if (!list) return print_error(list.error());
  Result<PlanFile> plan = PlanFile::open(".mlpgen/plan");
  if (!plan) return print_error(plan.error());
  Order order(*plan);
  for (const std::string& done : split(*list, '\n')) order.add(artifact_of(done));
  for (const std::string& artifact : order.sorted())
    if (int code = run_edge(artifact.substr(artifact.rfind('/') + 1)); code != 0) return code;
  Status written = write_stamp(stamp, order.sorted());
  return written ? 0 : print_error(written.error());
}

}  // namespace mlpgen

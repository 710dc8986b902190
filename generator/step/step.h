// The steps of `.mlpgen/plan`: one JSON object a line, sorted by identity, each line beginning
// {"identity":"<64 hex>", so that one step is found without reading the others, and ending with the
// digest of the line.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlpgen {

enum class Mode {
  kWork,     // shares the machine with other work
  kMeasure,  // alone on its machine
  kFetch,    // as work, but gives way to a waiting measurement
};
std::string_view to_word(Mode mode);  // "work", "measure", "fetch"

struct StepInput {
  std::string path;      // a file or a folder, relative to the run directory
  bool fetched = false;  // came from outside: its bytes are verified before use
};

struct StepLink {
  std::string name;  // in the run directory
  std::string to;    // in the step's directory; may be empty: the directory itself
};

// One edge: a command that fills one directory.
struct Step {
  std::string identity;   // 64 hexadecimal digits
  std::string name;       // e.g. "get-dataset-openimages/fetch"; unique in the plan
  std::string about;      // one short sentence
  std::string directory;  // "out/RECIPE/IDENTITY12"
  Mode mode = Mode::kWork;
  std::vector<std::string> argv;           // may hold ${out}, ${kept}, ${late:PATH#/pointer}
  std::map<std::string, std::string> env;  // likewise; nothing else is inherited but pass_env
  std::vector<std::string> pass_env;       // names or globs taken from the runner's environment
  std::vector<std::string> secrets;        // passed too, but their values reach no file
  std::vector<StepInput> inputs;
  std::vector<std::string> outputs;  // relative to the directory; "x/" is a folder
  std::vector<StepLink> links;

  std::string identity12() const { return identity.substr(0, 12); }
  // ${kept}: outlives a command that was killed, so that the next one goes on; removed once the
  // artifact is there.
  std::string kept_directory() const { return directory + ".kept"; }
};

struct StepSummary {
  std::string identity;
  std::string name;
  std::string about;
  std::string directory;
  Mode mode = Mode::kWork;
};

// The bytes of one line of the plan as a Step. A line whose digest differs from what it says is
// refused: it would make another artifact under the same identity.
Result<Step> parse_step(std::string_view line);

// By name, or by an identity or its first digits (at least 6).
Result<Step> find_step(const std::string& run_directory, const std::string& identity_or_name);

// All steps, sorted by identity.
Result<std::vector<StepSummary>> list_steps(const std::string& run_directory);

// The name of the step whose directory holds `path`, or "" where no step of the plan makes it.
std::string maker_of(const std::string& run_directory, const std::string& path);

// "out/RECIPE/IDENTITY12" of a path in an artifact, or "" where it is not in one.
std::string artifact_of(std::string_view path);

// ".mlpgen/log/RECIPE,STEP/IDENTITY12.log", relative to the run directory.
std::string log_path(const Step& step);

// A plain POSIX shell script that runs the step's command again in a fresh output directory. Values
// of secrets are not in it: it passes on "$NAME" of whoever runs it.
std::string repro_script(const Step& step, const std::string& run_directory = ".");

}  // namespace mlpgen

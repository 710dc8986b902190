// What the commands share: where mlpgen is installed, the run directory, and the way from words to
// a plan.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "command/command.h"
#include "command/run_directory/saved_request.h"
#include "host/host.h"
#include "plan/planner.h"
#include "recipe/library.h"
#include "resolve/request.h"
#include "resolve/resolution.h"

namespace mlpgen {

struct Installation {
  std::string root;    // holds recipes/, rules/, templates/
  std::string mlpgen;  // absolute paths of the programs
  std::string edge;
  std::string tool;
  std::string fault;  // why it cannot be found; ""
};
// From the place of this program and MLPGEN_HOME.
Installation find_installation();

// A request, resolved and planned.
struct RequestPlan {
  Resolution resolution;
  Planned planned;
};

class Session {
 public:
  explicit Session(const CommandLine& line);  // enters the directory of -C

  bool open_recipes();  // the library only
  // Takes the request that this directory was configured with; reports no-run-directory,
  // damaged-request, and foreign-run-directory where it is another user's and --trust does not name
  // the directory.
  bool open_requested();
  bool open_configured();  // the same, where a plan was written as well
  bool is_configured();    // reports no-run-directory; for commands that run nothing of what the
                           // request names
  // For a command that asks about a run directory: the request it was configured with, when `words`
  // is empty.
  bool open(const std::vector<std::string>& words);
  std::optional<Resolution> resolve_request();
  std::optional<Planned> plan(const Resolution& resolution, bool require_lock);
  // For a command that asks about a request and needs no lock: of `words`, or, without words, of
  // the request that the run directory was configured with. Nothing after an error.
  std::optional<RequestPlan> plan_of(const std::vector<std::string>& words);
  std::string lock_command()
      const;  // of the request that was opened: for a shell in the folder of this command
  // " -C DIR" as it was typed, or "": what a command of the same folder has to have.
  std::string in_directory() const;
  std::string diagnostics() const;  // as finish() prints them
  int finish();                     // prints the diagnostics; kDone or kMendable
  int finish_usage();               // the same; kUsage

  Status save_fetch_settings() const;  // .mlpgen/fetch.json

  Installation installation;
  SavedRequest saved;
  Sources sources;
  Sink sink;
  std::unique_ptr<Library> library;
  std::unique_ptr<Host> host;
  std::unique_ptr<SourceDigests> digests;
  Request request;
  Lock lock;
  bool json = false;     // --format=json
  bool quiet = false;    // -q
  bool verbose = false;  // -v
  bool usable = true;    // false: the run directory could not be entered

 private:
  void enter(const std::string& dir, bool make);
  bool has_state(
      std::initializer_list<const char*> files);  // below .mlpgen; reports no-run-directory
  bool take_saved_request();  // leaves `saved` alone where there is none; false after an error
  void check_texts();

  bool again_ = false;              // Ninja asks, with the words of last time
  std::string entered_;             // the word after -C
  std::vector<std::string> asked_;  // words of this command's request; empty: those of last time
  std::vector<std::string> typed_trusted_;  // --trust of this command line
};

// "model name, 8 processors, ..." of a measurement's identity: CPU model and count, memory, kernel,
// governor.
std::string machine_of(const std::map<std::string, std::string>& facts);

inline constexpr const char* kStateFolder = ".mlpgen";

}  // namespace mlpgen

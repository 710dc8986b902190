// The tables of options and commands, in the words of a user.
#include "translate/option_notes.h"

#include <algorithm>
#include <vector>

namespace mlpgen {
namespace {

struct OptionRow {
  std::vector<std::string_view> names;
  OptionNote note;
};

const std::vector<OptionRow>& option_rows() {
  static const std::vector<OptionRow> kRows = {
      {{"quiet", "q", "yes", "y", "non_interactive"}, {"mlpgen asks nothing"}},
      {{"silent", "s", "verbose", "v", "log_level"},
       {"Ninja prints a line for each edge; `mlpgen log EDGE` prints all that an edge said"}},
      {{"rerun"},
       {"nothing is measured here; what changed is made again by itself"}},
      {{"new", "renew", "clean", "force_cache", "skip_cache", "skip_remembered_selections",
        "tmp_clean", "ignore_cache", "clean_cache"},
       {"nothing stale is ever reused, so there is nothing to renew or clean"}},
      {{"out", "o", "j", "json", "out_format"},
       {"`mlpgen dump` prints what was resolved, with --format=json for programs"}},
      {{"print_env", "print_readme", "dump_version_info", "save_env"},
       {"`mlpgen dump` prints every key with its value; mlpgen.lock names every version"}},
      {{"fake_run", "dry_run", "n", "print_deps", "fake_deps"},
       {"`mlpgen configure` runs nothing: it is a dry run, and `mlpgen dump` prints all that would "
        "run"}},
      {{"time", "show_time", "show_space", "profile"}, {"each edge's log says how long it took"}},
      {{"repro", "repro_prefix", "repro_dir"},
       {"`mlpgen repro EDGE` prints any edge as a shell script"}},
      {{"shell", "debug_script", "debug_script_tags", "debug_uid"},
       {"`mlpgen repro EDGE` prints a shell script to work with by hand"}},
      {{"input", "output", "path", "outdirname", "out_dir", "output_path"},
       {"what is made lies in the run directory, which -C DIR names", true}},
      {{"name", "extra_cache_tags", "cache_tags"},
       {"artifacts are named by what they were made of"}},
      {{"skip_sys_utils", "skip_system_deps", "skip_sudo", "sudo"},
       {"mlpgen installs nothing on the system; a missing tool is an error that names its "
        "package"}},
      {{"docker", "docker_it", "docker_detached", "docker_image_repo", "docker_os",
        "docker_os_version", "docker_cm_repo", "docker_interactive", "docker_mounts",
        "docker_reuse", "docker_sudo", "docker_pre_run_cmds", "dockerfile", "all_gpus", "apptainer",
        "podman"},
       {"edges run on this machine: mlpgen starts no containers", true}},
      {{"remote_host", "remote_run", "run_cmd_extra_tags"},
       {"edges run on this machine: mlpgen starts nothing elsewhere", true}},
      {{"repo", "repos", "checkout", "branch"},
       {"recipes come with mlpgen, sources by commit", true}},
      {{"f", "force"}, {"nothing is asked"}}};
  return kRows;
}

struct CommandRow {
  const char* action;
  const char* automation;  // "": any
  CommandNote note;
};

const std::vector<CommandRow>& command_rows() {
  static const CommandNote kFind = {"mlpgen find TAGS", "", true},
                           kShow = {"mlpgen show TAGS", "", true};
  static const CommandNote kElsewhere = {
      "", "edges run on this machine: mlpgen starts no containers and nothing elsewhere", false};
  static const char* kStore =
      "that is what was fetched, for all run directories; `mlpgen log` lists what this one has made";
  // The first row that fits counts.
  static const std::vector<CommandRow> kRows = {
      {"rm",
       "cache",
       {"mlpgen store remove TAGS",
        "only to make room: nothing stale is ever reused", true, "mlpgen store gc"}},
      {"find", "cache", {"mlpgen store find --tags=TAGS", kStore, true, "mlpgen store list"}},
      {"", "cache", {"mlpgen store show TAGS", kStore, true, "mlpgen store list"}},
      {"find", "script", kFind},
      {"search", "script", kFind},
      {"list", "script", kFind},
      {"show", "script", kShow},
      {"help", "script", kShow},
      {"",
       "repo",
       {"",
        "there are no repositories to pull or to look up: recipes come with mlpgen, sources by "
        "commit; --trust DIR adds recipes of yours",
        true}},
      {"docker", "script", kElsewhere},
      {"apptainer", "script", kElsewhere},
      {"remote-run", "script", kElsewhere},
      {"experiment",
       "script",
       {"", "several values for a flag make one graph: --batch_size=1,2,4", false}},
      {"gui", "", {"", "`mlpgen show` lists what a recipe lets you choose", false}},
      {"init", "", {"", "there is nothing to set up", true}}};
  return kRows;
}

}  // namespace

OptionNote note_of_option(std::string_view name) {
  for (const OptionRow& row : option_rows())
    if (std::find(row.names.begin(), row.names.end(), name) != row.names.end()) return row.note;
  return {};
}

std::string other_name_of_flag(std::string_view name) {
  static const std::pair<std::string_view, const char*> kNames[] = {
      {"framework", "backend"},
      {"system_name", "hw_name"},
      {"submission_division", "division"},
      {"count", "test_query_count"}};
  for (const auto& [old, here] : kNames)
    if (old == name) return here;
  return "";
}

CommandNote note_of_command(std::string_view action, std::string_view automation) {
  for (const CommandRow& row : command_rows())
    if ((row.action[0] == '\0' || row.action == action) &&
        (row.automation[0] == '\0' || row.automation == automation))
      return row.note;
  return {"", "mlpgen does nothing of this kind", false};
}

}  // namespace mlpgen

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
       {"Ninja prints a line for each edge; `mlpgen log EDGE` prints the whole output of an edge"}},
      {{"rerun"}, {"nothing is measured here; changed inputs are noticed without it"}},
      {{"new", "renew", "clean", "force_cache", "skip_cache", "skip_remembered_selections",
        "tmp_clean", "ignore_cache", "clean_cache"},
       {"nothing stale is ever reused, so there is nothing to renew or clean"}},
      {{"out", "o", "j", "json", "out_format"},
       {"`mlpgen dump` prints what was resolved, with --format=json for programs"}},
      {{"print_env", "print_readme", "dump_version_info", "save_env"},
       {"`mlpgen dump` prints every key with its value; mlpgen.lock names every version"}},
      {{"fake_run", "dry_run", "n", "print_deps", "fake_deps", "prepare"},
       {"`mlpgen configure` runs nothing: it is a dry run, and `mlpgen dump` prints all that would "
        "run"}},
      {{"time", "show_time", "space", "show_space", "profile"},
       {"each edge's log says how long it took"}},
      {{"repro", "repro_prefix", "repro_dir"},
       {"`mlpgen repro EDGE` prints any edge as a shell script"}},
      {{"shell", "debug_script", "debug_script_tags", "debug_uid"},
       {"`mlpgen repro EDGE` prints a shell script to work with by hand"}},
      {{"input", "output", "path", "outdirname", "out_dir", "output_path"},
       {"products are in the run directory, which -C DIR names", true}},
      {{"name", "extra_cache_tags", "cache_tags"},
       {"an artifact's name is a digest of its inputs"}},
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
      {{"pull_changes", "pull_inference_changes", "update"},
       {"sources are taken by commit, and recipes come with mlpgen"}},
      {{"pip_loadgen"}, {"LoadGen is built from its source"}},
      {{"use_dataset_from_host", "use_model_from_host"},
       {"edges run on this machine, on its own files"}},
      {{"hf_token"},
       {"put the token into the environment variable HF_TOKEN when `ninja` runs; no file contains "
        "it"}},
      {{"f", "force"}, {"nothing is asked"}},
      {{"mlc_input_file"},
       {"write options on the command line, or in a preset: docs/language.md", true}},
      {{"default_env", "state", "const_state", "local_state", "local_const_state", "run_state",
        "detected_versions"},
       {"a request sets keys by its flags, --env.KEY and --adr.NAME.env.KEY; recipes have no state "
        "beside them",
        true}},
      {{"adr", "ad", "add_deps_recursive", "add_deps", "env", "const", "local_env", "local_const"},
       {"write one option for each value: --adr.NAME.FIELD=VALUE, --env.KEY=VALUE", true}}};
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
      "these are the fetched files of all run directories; `mlpgen log` lists the artifacts of "
      "this one";
  // The first row that fits counts.
  static const std::vector<CommandRow> kRows = {
      {"rm",
       "cache",
       {"mlpgen store remove TAGS", "only to make room: nothing stale is ever reused", true,
        "mlpgen store gc"}},
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

OptionNote note_of_variation(std::string_view name) {
  static constexpr std::string_view kMeans[] = {"r2-downloader", "r2_downloader", "rclone",
                                                "wget",          "curl",          "aria2c"};
  if (std::find(std::begin(kMeans), std::end(kMeans), name) != std::end(kMeans))
    return {"files come by URL and digest; the program that fetches them is not chosen"};
  return {};
}

OptionNote note_of_override(std::string_view name, std::string_view value) {
  if (name == "loadgen.tags" && value == "_from-pip") return note_of_option("pip_loadgen");
  return {};
}

bool selects_benchmark(std::string_view option) {
  static constexpr std::string_view kNames[] = {"model",
                                                "scenario",
                                                "implementation",
                                                "lang",
                                                "backend",
                                                "framework",
                                                "device",
                                                "precision",
                                                "division",
                                                "submission_division",
                                                "category",
                                                "system_type",
                                                "execution_mode",
                                                "run_style",
                                                "mode",
                                                "round",
                                                "compliance",
                                                "power",
                                                "network",
                                                "sut",
                                                "dataset",
                                                "api_server",
                                                "nm_model_zoo_stub",
                                                "vllm_model_name",
                                                "all_models",
                                                "tags",
                                                "artifact",
                                                "mlc_input_file",
                                                "add_deps_recursive",
                                                "adr",
                                                "add_deps",
                                                "ad",
                                                "env",
                                                "local_env",
                                                "const",
                                                "local_const",
                                                "default_env",
                                                "state",
                                                "const_state",
                                                "local_state",
                                                "local_const_state",
                                                "run_state",
                                                "detected_versions"};
  return std::find(std::begin(kNames), std::end(kNames), option) != std::end(kNames);
}

bool key_selects_benchmark(std::string_view key) {
  static constexpr std::string_view kParts[] = {
      "MODEL",      "SCENARIO", "IMPLEMENTATION", "BACKEND",    "DEVICE",       "PRECISION",
      "DIVISION",   "CATEGORY", "SYSTEM_TYPE",    "RUN_STYLE",  "VERSION",      "LOADGEN_MODE",
      "COMPLIANCE", "POWER",    "NETWORK",        "API_SERVER", "INFERENCE_SUT"};
  return key.find("DOWNLOAD") == std::string_view::npos &&
         std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view part) {
           return key.find(part) != std::string_view::npos;
         });
}

bool handle_selects_benchmark(std::string_view handle) {
  static constexpr std::string_view kParts[] = {"implementation", "model", "dataset", "loadgen",
                                                "inference-src"};
  return std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view part) {
    return handle.find(part) != std::string_view::npos;
  });
}

std::string other_name_of_map(std::string_view name) {
  static const std::pair<std::string_view, const char*> kNames[] = {{"add_deps_recursive", "adr"},
                                                                    {"add_deps", "ad"},
                                                                    {"const", "env"},
                                                                    {"local_env", "env"},
                                                                    {"local_const", "env"}};
  for (const auto& [theirs, here] : kNames)
    if (theirs == name) return here;
  return "";
}

std::string other_name_of_value(std::string_view flag, std::string_view value) {
  return (flag == "backend" || flag == "framework") && value == "tensorflow" ? "tf" : "";
}

std::string other_name_of_variation(std::string_view name) {
  static const std::pair<std::string_view, const char*> kNames[] = {{"mlc", "mlcommons"},
                                                                    {"hf", "huggingface"}};
  for (const auto& [old, here] : kNames)
    if (old == name) return here;
  return "";
}

std::string equal_of_script(const std::vector<std::string>& tags) {
  struct Row {
    std::vector<std::string_view> tags;
    const char* equal;
  };
  static constexpr const char* kTruncate =
      "`ninja submission` truncates; for one log: mlpgen-tool truncate-accuracy-log --log "
      "mlperf_log_accuracy.json --accuracy accuracy.txt --out DIR";
  static constexpr const char* kScore = "`ninja accuracy` runs and scores";
  static const std::vector<Row> kRows = {
      {{"generate", "inference", "submission"},
       "`ninja submission`; --division, --category, --submitter and --hw_name are arguments of its "
       "`mlpgen configure run-mlperf-inference-app,_submission`"},
      {{"submission", "checker"},
       "`ninja check`; for any other tree: mlpgen-tool check --tree DIR --round "
       "recipes/rounds/vX.Y.yaml --out DIR, and the official checker: "
       "mlpgen-tool official-check --help"},
      {{"submission", "preprocessor"}, "`ninja submission` needs no preprocessing"},
      {{"accuracy", "truncator"}, kTruncate},
      {{"accuracy", "truncation"}, kTruncate},
      {{"accuracy", "truncate"}, kTruncate},
      {{"accuracy", "process"}, kScore},
      {{"accuracy", "run", "mlperf"}, kScore}};
  for (const Row& row : kRows)
    if (std::all_of(row.tags.begin(), row.tags.end(), [&](std::string_view tag) {
          return std::find(tags.begin(), tags.end(), tag) != tags.end();
        }))
      return row.equal;
  return "";
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

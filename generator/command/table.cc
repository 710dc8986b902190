// The table of commands.
#include "command/command.h"
#include "query/expression.h"

namespace mlpgen {
namespace {

const CommandOption kDirectory = {"-C", "DIR", "work in that run directory (it is made when it is not there)"};
const CommandOption kFormat = {"--format", "text|json", "how to print; diagnostics as well"};
const CommandOption kHelp = {"--help", "", "print this text"};
const CommandOption kTrust = {"--trust", "DIR", "also use the recipes and rules in DIR; DIR may be a run directory of another user, whose request then counts"};
const CommandOption kMirror = {"--mirror", "PREFIX=URL", "fetch URLs that begin with PREFIX from URL instead; only the same bytes are accepted (may be repeated)"};
const CommandOption kOffline = {"--offline", "", "fetch nothing over the network; MLPGEN_OFFLINE=1 does the same for one ninja"};
const CommandOption kVendor = {"--vendor", "DIR", "take objects that the store lacks from DIR, made by `mlpgen vendor`; its lock counts too"};
const CommandOption kLocked = {"--locked", "", "stop if the lock is stale: it lacks an entry for this request, or contradicts a recipe"};
const CommandOption kFrozen = {"--frozen", "", "take the lock as it is: its digests override the recipes', and `mlpgen lock` writes nothing here"};
const CommandOption kLockFile = {"--lock", "FILE", "also use this lock; its entries override all others"};

const std::string kRequestHelp =
    "A request is: tags or a recipe's id (left out: run-mlperf-inference-app), variations (_name), flags (--model=retinanet),\n"
    "--env.KEY=VALUE, --adr.NAME.FIELD=VALUE (FIELD: tags, version, version_min, version_max, name, env.KEY), --preset=NAME,\n"
    "--version=V, --version_min=V, --version_max=V of the recipe that is asked for.";

std::string query_help() {
  std::string text =
      "EXPR joins sets of edges, in quotes of the shell. A set is a target (submission), a recipe (all its edges), an edge as\n"
      "`mlpgen log` lists it or a part of its name that only one has, a pattern ('*' means all edges), or\n\n";
  for (const QueryFunction& f : kQueryFunctions) text += std::string("  ") + f.usage + std::string(20 - std::string(f.usage).size(), ' ') + f.about + "\n";
  return text +
         "\n  a + b    a union b      what is in one of them\n  a ^ b    a intersect b  what is in both\n  a - b    a except b     the first without the second; blanks around the '-'\n\n"
         "All three are equally strong, from left to right; parentheses group. VALUE may be a pattern; quote names with signs in them.\n"
         "Without a request: that of this run directory. Names come in the order in which the edges can run.\n\n"
         "Examples:\n  mlpgen query 'kind(fetch) ^ deps(submission)'\n  mlpgen query 'rdeps(get-mlperf-inference-loadgen) - kind(compile)'\n"
         "  mlpgen query 'somepath(submission, kind(fetch))'\n  mlpgen query \"attr(CM_MLPERF_LOADGEN_SCENARIO, Offline)\" --preset=demo\n"
         "  mlpgen query 'deps(submission) ^ attr(state, missing)'\n  mlpgen query 'deps(performance, 2)' --format=dot | dot -Tsvg > performance.svg";
}

}  // namespace

std::span<const CommandEntry> commands() {
  static const std::vector<CommandEntry> kCommands = {
      {"check", "[DIR...]", "Look at every recipe, rule, preset and round, whether a request reaches it or not",
       "DIR holds your own recipes and rules beside the installation's. It reports parse errors; variations and combinations that no words\n"
       "can make active; conditions that can never hold; deps that no recipe or several match, or with unknown variations; keys that\n"
       "are inherited and not read; missing help; presets that name something unknown.\n\nExit code 1 after an error; with --strict also after a warning.\n\nExamples:\n  mlpgen check\n  mlpgen check my-recipes --strict",
       {{"--strict", "", "also report keys that are set and read by nothing, downloads without a digest, rules that no recipe uses"}, kTrust, kFormat, kHelp}, false, run_check},
      {"check-submission", "TREE", "Judge a submission tree, made by any tool, as the round's official checker does",
       "Every violation is said at once: what, where, the wanted value, what to do. What many results have in common is told once, with the\n"
       "number of results that it concerns. Results with power measurements are refused, because they are not read.\n\n"
       "Exit code 1 where a result is refused.\n\nExamples:\n  mlpgen check-submission inference_results_v5.1 --round=v5.1\n"
       "  mlpgen check-submission submission --round=v6.0 --submitter=acme --format=json",
       {{"--round", "ROUND", "the round whose rules hold: v2.1 to v6.1"}, {"--submitter", "NAME", "only the folders of that submitter"},
        {"--part-of-dataset", "", "an accuracy run may cover a part of the data set"}, kFormat, kHelp}, false, run_check_submission},
      {"configure", "[TAGS] [_VARIATION] [--FLAG=VALUE] ...", "Resolve a request and write build.ninja here",
       kRequestHelp + "\n\nExamples:\n  mlpgen configure --preset=demo\n  mlpgen configure --preset=demo --num_threads=1 -C run1\n  mlpgen configure --preset=demo --scenario=SingleStream --adr.compiler.tags=gcc",
       {kDirectory, kLockFile, kLocked, kFrozen, kTrust, kMirror, kOffline, kVendor, {"--again", "", "with the request of last time (this is what Ninja calls)"}, kFormat, kHelp}, true, run_configure},
      {"docs", "[DIR]", "Write the reference: a page for each recipe, rules, rounds, commands, diagnostics, man pages",
       "Into DIR, or docs/reference. It removes pages of an earlier `mlpgen docs` that have no subject any more.\n\nExamples:\n  mlpgen docs\n  mlpgen docs --check docs/reference\n  mlpgen docs --trust my-recipes /tmp/pages",
       {{"--check", "", "write nothing: name the pages that differ; exit code 1 if some do"}, kTrust, kFormat, kHelp}, false, run_docs},
      {"doctor", "[REQUEST]", "List what this machine lacks for the request, with one command that installs it",
       "It installs nothing and opens no socket. It checks programs and libraries, disk space and rights, limits, and what makes a measurement less accurate\n(hints). Exit code 1 if something that the request needs is missing. Without a request: that of this run directory.\n" + kRequestHelp +
           "\n\nExamples:\n  mlpgen doctor --preset=demo\n  mlpgen doctor --model=retinanet --backend=onnxruntime",
       {kDirectory, kLockFile, kTrust, kFormat, kHelp}, true, run_doctor},
      {"dump", "[REQUEST]", "Print the output of a stage for the request", "Without a request: that of this run directory.\n" + kRequestHelp,
       {{"--stage", "resolve|plan|ninja", "which stage (default: resolve)"},
        {"--requests", "FILE", "one request a line: each resolved, one JSON object a line; with --stage=plan also a digest of its graph"},
        {"--normalise", "", "numbers in the order of the edges for identities, so that two versions of mlpgen can be compared"}, kDirectory, kLockFile, kTrust, kFormat, kHelp}, true, run_dump},
      {"explain", "WHAT [REQUEST]", "Show where a key was set, which recipes ask for a recipe, why a dep is on or off, why a version, what must run again",
       "WHAT is a key or a --FLAG; a recipe's id; a target; `choices`; a dep, as \"RECIPE -> DEP\" or DEP alone (its name, its tags, or the recipe\n"
       "that it calls); a package of a lock; an edge's name (or a part of it that only one has), an identity, or a file under out/.\n"
       "Without a request: that of this run directory.\n\nExamples:\n  mlpgen explain CM_MLPERF_MODEL\n  mlpgen explain --model --preset=demo\n  mlpgen explain choices --model=retinanet\n"
       "  mlpgen explain \"app-mlperf-inference -> mlperf-accuracy\"\n  mlpgen explain numpy\n  mlpgen explain performance\n  mlpgen explain results",
       {kDirectory, kLockFile, kTrust, kFormat, kHelp}, true, run_explain},
      {"find", "[WORDS]", "List the recipes that tags or words match",
       "A word is a tag, an id or a part of one, or a word of the description; _x asks for a recipe with that variation, -x\n(behind a comma) for one without that tag. Without words: all recipes.\n\nExamples:\n  mlpgen find dataset\n  mlpgen find get,model,_onnx\n  mlpgen find dataset,-preprocessed",
       {kTrust, kFormat, kHelp}, false, run_find},
      {"fmt", "FILE|DIR ...", "Write recipes, rules, presets and rounds in their canonical form",
       "It changes the layout of a file, never its meaning; comments stay. In a folder: every .yaml file below it that is of one of these kinds.\n\nExamples:\n  mlpgen fmt recipes rules\n  mlpgen fmt --check my-recipes",
       {{"--check", "", "write nothing: print what would change; exit code 1 if something would"}, kFormat, kHelp}, false, run_fmt},
      {"graph", "[REQUEST]", "Draw the graph of the request: a page to look through, or dot, Mermaid, JSON",
       "The page (html) is one file that needs no network: instances by stage, their inputs, steps and state, their env with the origin of each value.\n Without a request: that of this run directory. Without --format the extension of --output decides; without that, dot.\n" + kRequestHelp +
           "\n\nExamples:\n  mlpgen graph --output=graph.html\n  mlpgen graph --preset=demo --format=mermaid\n  mlpgen graph --model=retinanet --edges | dot -Tsvg > graph.svg",
       {{"--format", "html|dot|mermaid|json", "how to draw; with json diagnostics as well"}, {"--output", "FILE", "write there, not to stdout"},
        {"--edges", "", "draw the edges that Ninja runs, not the instances (dot, mermaid; html and json have both)"}, kDirectory, kLockFile, kTrust, kHelp}, true, run_graph},
      {"help", "WORD", "Explain a diagnostic, a command, a recipe or a rule", "`mlpgen help diagnostics` lists every diagnostic.", {kTrust, kFormat, kHelp}, false, run_help},
      {"import-command", "'COMMAND ...'", "Print the lines that do what a command of CM or MLC does",
       "COMMAND is `cm run script ...`, `cmr ...`, `mlcr ...`, `cm show cache` and the like; several on separate lines. Words without an equal\n"
       "become comments with the reason, so you can paste the output into a shell. Each line was resolved on this machine.\n\nExamples:\n"
       "  mlpgen import-command 'cm run script --tags=run-mlperf,inference,_submission --model=retinanet --quiet'\n  mlpgen import-command 'mlcr get,dataset,openimages,_validation'",
       {kTrust, kFormat, kHelp}, true, run_import_command},
      {"lock", "[REQUEST] | diff A B", "Resolve over the network what the locks do not have yet, into ./mlpgen.lock",
       "The only command that asks the network for versions. Without a request: that of this run directory.\n" + kRequestHelp +
           "\n\n`mlpgen lock diff A B` compares two locks, or those of two run directories: added, removed and changed entries.\n\nExamples:\n  mlpgen lock --preset=demo\n  mlpgen lock diff run1 run2",
       {{"--update", "", "ask again for what is locked already"}, kDirectory, kLockFile, kTrust, kFormat, kHelp}, true, run_lock},
      {"log", "[EDGE]", "Print the newest log of an edge", "EDGE is its name, a part of it that only one has, or its identity. Without it: all edges with their state.",
       {{"--path", "", "print the path of the log, not its text"}, kDirectory, kFormat, kHelp}, false, run_log},
      {"plan", "[TARGET] [REQUEST]", "Print the cost of a target before it runs: edges, bytes to fetch, disk space, least time, trust",
       "TARGET is a Ninja target, or an edge as `mlpgen query` names it; left out: submission, or what plain `ninja` builds. Without a\n"
       "request: that of this run directory. A first word with commas, or a recipe's id, begins the request.\n\n"
       "Examples:\n  mlpgen plan\n  mlpgen plan performance --preset=demo\n  mlpgen plan --model=retinanet --format=json\n  mlpgen plan get,dataset,squad",
       {kDirectory, kLockFile, kTrust, kMirror, kFormat, kHelp}, true, run_plan},
      {"query", "EXPR [REQUEST]", "List the edges that an expression means", query_help(),
       {{"--format", "text|json|dot", "names one a line, JSON, or a picture for Graphviz"}, kDirectory, kLockFile, kTrust, kHelp}, true, run_query},
      {"repro", "EDGE", "Print a shell script that runs the command of an edge by hand", "It fills a new folder and changes no artifact. It contains no secrets.", {kDirectory, kFormat, kHelp}, false, run_repro},
      {"rerun", "TARGET|EDGE", "Ask for one more attempt of measurements",
       "Only measurements are run again; other work runs again when its inputs change. The earlier attempt keeps its directory.", {kDirectory, kTrust, kFormat, kHelp}, false, run_rerun},
      {"schema", "[KIND]", "Print the JSON Schema of a kind of file, from which editors complete and check",
       "Without KIND: the kinds. A file tells its editor by its first line:\n  # yaml-language-server: $schema=PATH\n\nExamples:\n  mlpgen schema\n  mlpgen schema recipe > recipe.schema.json", {kFormat, kHelp}, false, run_schema},
      {"show", "ID|TAGS", "Print a recipe in full", "Example:\n  mlpgen show run-mlperf-inference-app", {kTrust, kFormat, kHelp}, false, run_show},
      {"store", "list|show|find|remove|verify|gc|du [OBJECT|TAGS] ...", "Look after the store of fetched files",
       "OBJECT is a file name or the first digits of a SHA-256; TAGS are words of the recipe that asked for it, as `mlpgen find` takes them.\n\n"
       "  list [WORD...]    its objects, and the recipes that asked for them\n  show WORD...      all details of one object, or of all that the tags name\n  find WORD...      where they are: one path a line\n"
       "  remove WORD...    remove without a question; print the objects and their size\n  verify [WORD...]  read every byte; damaged objects go to its trash/ and are fetched again when needed; exit code 1\n"
       "  gc                remove objects that no existing run directory uses, stopped transfers and the trash\n  du                its disk space, by part and by recipe\n\n"
       "It is in $MLPGEN_STORE, or ~/.cache/mlpgen.\n\nExamples:\n  mlpgen store list get,ml-model,_onnx\n  mlpgen store find --tags=get,dataset,openimages\n  mlpgen store gc --older-than=30 --dry-run",
       {{"--tags", "TAGS", "the same as TAGS as a word"}, {"--dry-run", "", "remove, gc: only print what would be removed"}, {"--older-than", "DAYS", "gc: only objects last used longer ago"},
        {"--unknown", "", "gc: also objects of unknown origin"}, kFormat, kHelp}, false, run_store},
      {"vendor", "DIR [REQUEST]", "Gather in DIR everything that the request takes from outside, to build it without a network",
       "DIR gets files, repositories and packages by digest (it is a store), and a lock. Objects in your own store are copied from there.\nWithout a request: that of this run directory. An interrupted run continues where it stopped.\n" + kRequestHelp +
           "\n\nExample:\n  mlpgen vendor bundle --preset=demo\n  mlpgen configure --preset=demo --offline --vendor=bundle -C run1",
       {kDirectory, kLockFile, kLocked, kFrozen, kTrust, kMirror, kVendor, kFormat, kHelp}, true, run_vendor},
      {"verify", "", "Compare each file below out/ with the digest that was noted when it was made",
       "It reads every byte, so it also finds a change that kept a file's size and time. `ninja` compares times only: it makes\n"
       "touched files again. Exit code 1 if something differs.\n\nExample:\n  mlpgen verify && ninja",
       {kDirectory, kFormat, kHelp}, false, run_verify},
      {"completion", "bash|zsh|fish", "Print a script that completes the words of mlpgen", "Example:\n  source <(mlpgen completion bash)", {kHelp}, false, run_completion},
      {"__complete", "WORDS", "", "", {}, true, run_complete, true},
  };
  return kCommands;
}

const CommandEntry* find_command(const std::string& name) {
  for (const CommandEntry& e : commands())
    if (e.name == name) return &e;
  return nullptr;
}

std::string CommandLine::option(const std::string& name, const std::string& otherwise) const {
  std::string value = otherwise;
  for (const auto& [n, v] : options)
    if (n == name) value = v;
  return value;
}

bool CommandLine::has(const std::string& name) const {
  for (const auto& [n, v] : options)
    if (n == name) return true;
  return false;
}

}  // namespace mlpgen

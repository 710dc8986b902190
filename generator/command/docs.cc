// mlpgen docs: the reference written to a folder, or compared with what is there.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "command/text/help_text.h"
#include "command/text/pages.h"
#include "command/text/ran_record.h"
#include "command/version.h"
#include "file/file.h"
#include "page/reference.h"
#include "process/output.h"
#include "round/round.h"
#include "text/text.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

constexpr const char* kReferenceFolder = "docs/reference";

std::vector<CommandText> command_texts() {
  std::vector<CommandText> all;
  for (const CommandEntry& e : commands()) {
    if (e.hidden) continue;
    CommandText& c =
        all.emplace_back(CommandText{e.name, e.usage, e.about, e.more, {}, help_of(e)});
    for (const CommandOption& o : e.options)
      c.options.push_back({o.name, o.value, o.help, o.brief});
  }
  std::sort(all.begin(), all.end(),
            [](const CommandText& a, const CommandText& b) { return a.name < b.name; });
  return all;
}

// What the program at `path` prints with `words` and --help; reports no-program.
std::string help_of_program(Session& s, const std::string& path, std::vector<std::string> words) {
  words.insert(words.begin(), path);
  words.push_back("--help");
  Result<Output> said = run_command(words);
  if (!said || said->status != 0) {
    s.sink.error("no-program", {}, path + " --help did not print its help")
        .with_help("build or install mlpgen again: its three programs belong together");
    return "";
  }
  return std::string(trim(said->text)) + "\n";
}

// Each line of the help that begins with two blanks names a subcommand.
std::vector<ProgramText> program_texts(Session& s) {
  ProgramText edge{"mlpgen-edge",
                   "makes the artifacts of mlpgen's graph",
                   help_of_program(s, s.installation.edge, {}),
                   {}};
  ProgramText tool{"mlpgen-tool",
                   "the steps of a build that mlpgen itself carries out",
                   help_of_program(s, s.installation.tool, {}),
                   {}};
  for (const std::string& line : split(tool.help, '\n')) {
    if (!line.starts_with("  ")) continue;
    std::string name = line.substr(2, line.find(' ', 2) - 2);
    tool.subcommands.emplace_back(name, help_of_program(s, s.installation.tool, {name}));
  }
  return {edge, tool};
}

std::vector<DiagnosticText> diagnostic_texts() {
  std::vector<DiagnosticText> all;
  for (const Page& p : diagnostic_pages()) all.push_back({std::string(p.id), first_sentence(p)});
  return all;
}

std::map<std::string, FileInLock> locked_files(Session& s) {
  Lock lock;
  lock.read(s.installation.root + "/recipes/mlpgen.lock", s.sources, s.sink);
  std::map<std::string, FileInLock> all;
  for (const auto& [key, entry] : lock.entries()) {
    auto field = [&](const char* name) {
      auto it = entry.fields.find(name);
      return it == entry.fields.end() ? std::string() : it->second;
    };
    all[key] = {field("sha256"), field("size")};
  }
  return all;
}

// From the folder of the pages to the installation, where the pages are in it; else "".
std::string way_home(const std::string& folder, const std::string& root) {
  fs::path there = fs::absolute(folder).lexically_normal();
  fs::path way = there.lexically_relative(root);
  if (way.empty() || *way.begin() == "..") return "";
  return fs::path(root).lexically_relative(there).string();
}

std::optional<std::vector<PageFile>> pages_of(Session& s, const std::string& folder) {
  if (!s.open_recipes()) return std::nullopt;
  std::optional<Ran> ran = read_ran(s);
  std::string folder_of_rounds = s.installation.root + "/recipes/rounds";
  std::vector<Round> rounds;
  if (exists(folder_of_rounds)) rounds = load_rounds(s.sources, folder_of_rounds, s.sink);
  ReferenceInput in{*s.library,
                    rounds,
                    command_texts(),
                    program_texts(s),
                    diagnostic_texts(),
                    ran ? *ran : Ran{},
                    locked_files(s),
                    kVersion,
                    way_home(folder, s.installation.root)};
  if (!s.sink.ok()) return std::nullopt;  // without a program's help there is no page about it
  std::vector<PageFile> pages = make_reference(in);
  if (!s.sink.ok()) return std::nullopt;
  return pages;
}

// Files that an earlier `mlpgen docs` made and that are none of the pages now.
std::vector<std::string> left_over(const std::string& folder, const std::vector<PageFile>& pages) {
  std::vector<std::string> found;
  std::error_code ignored;
  for (fs::recursive_directory_iterator at(folder, ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    std::string name = at->path().lexically_relative(folder);
    bool known =
        std::any_of(pages.begin(), pages.end(), [&](const PageFile& p) { return p.path == name; });
    if (known || !at->is_regular_file(ignored)) continue;
    Result<std::string> text = read_file(at->path());
    if (text && (text->starts_with(kMarkdownMark) || text->starts_with(kManMark)))
      found.push_back(name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void check(Session& s, const std::string& folder, const std::vector<PageFile>& pages) {
  std::vector<std::string> differ;
  for (const PageFile& p : pages) {
    Result<std::string> text = read_file(folder + "/" + p.path);
    if (!text || *text != p.text) differ.push_back(p.path);
  }
  for (const std::string& name : left_over(folder, pages)) differ.push_back(name);
  for (const std::string& name : differ)
    s.sink.error("stale-page", {}, folder + "/" + name + " is not what `mlpgen docs` writes")
        .with_help("type: mlpgen docs " + folder);
  if (s.json)
    std::cout << nlohmann::ordered_json{{"format", 1},
                                        {"directory", folder},
                                        {"pages", pages.size()},
                                        {"stale", differ}}
                     .dump(2)
              << "\n";
  else if (differ.empty())
    std::cout << folder << ": " << pages.size() << " pages, all as `mlpgen docs` writes them\n";
}

void write(Session& s, const std::string& folder, const std::vector<PageFile>& pages) {
  std::vector<std::string> written, removed;
  auto unwritable = [&](const Error& e) {
    s.sink.error("unwritable-directory", {}, e.message)
        .with_help(e.help.empty() ? "name another folder: mlpgen docs DIR" : e.help);
  };
  for (const PageFile& p : pages) {
    std::string path = folder + "/" + p.path;
    if (Status made = make_directories(fs::path(path).parent_path()); !made)
      return unwritable(made.error());
    Result<bool> changed = write_file_if_changed(path, p.text);
    if (!changed) return unwritable(changed.error());
    if (*changed) written.push_back(p.path);
  }
  std::error_code ignored;
  for (const std::string& name : left_over(folder, pages))
    if (fs::remove(folder + "/" + name, ignored)) removed.push_back(name);
  if (s.json)
    std::cout << nlohmann::ordered_json{{"format", 1},
                                        {"directory", folder},
                                        {"pages", pages.size()},
                                        {"written", written},
                                        {"removed", removed}}
                     .dump(2)
              << "\n";
  else
    std::cout << folder << ": " << pages.size() << " pages, " << written.size() << " written, "
              << removed.size() << " removed\n";
}

}  // namespace

static int run_docs(const CommandLine& line) {
  Session s(line);
  std::string folder = line.words.empty() ? kReferenceFolder : line.words.front();
  if (std::optional<std::vector<PageFile>> pages = pages_of(s, folder)) {
    if (line.has("--check"))
      check(s, folder, *pages);
    else
      write(s, folder, *pages);
  }
  return s.finish();
}

CommandEntry docs_entry() {
  return {"docs",
          "[DIR]",
          "Write the reference: a page for each recipe, rules, rounds, commands, diagnostics, man "
          "pages",
          R"(Into DIR, or docs/reference. It removes pages of an earlier `mlpgen docs` that have no
subject any more.

Examples:
  mlpgen docs
  mlpgen docs --check docs/reference
  mlpgen docs --trust my-recipes /tmp/pages)",
          {{"--check", "", "write nothing: name the pages that differ; exit code 1 if some do"},
           kTrustOption,
           kFormatOption,
           kHelpOption},
          false,
          run_docs};
}

}  // namespace mlpgen

// mlpgen fmt: YAML files of mlpgen's kinds to their canonical form.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "command/text/schemas.h"
#include "file/file.h"
#include "text/text.h"
#include "yaml/format.h"
#include "yaml/line_diff.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

struct FmtFile {
  std::string path;
  bool named = false;  // by a word of its own, not as a part of a folder
};

// The YAML files below a folder, sorted; hidden folders and links are left out.
void add_folder(const std::string& folder, std::vector<FmtFile>& files) {
  std::vector<std::string> found;
  std::error_code why;
  for (fs::recursive_directory_iterator
           at(folder, fs::directory_options::skip_permission_denied, why),
       end;
       !why && at != end; at.increment(why)) {
    if (at->path().filename().string().starts_with('.')) {
      at.disable_recursion_pending();
      continue;
    }
    if (!at->is_symlink(why) && at->is_regular_file(why) && at->path().extension() == ".yaml")
      found.push_back(at->path().lexically_normal());
  }
  std::sort(found.begin(), found.end());
  for (std::string& path : found) files.push_back({std::move(path)});
}

std::vector<FmtFile> files_of(const std::vector<std::string>& words, Sink& sink) {
  std::vector<FmtFile> files;
  std::error_code why;
  for (const std::string& word : words) {
    if (fs::is_directory(word, why))
      add_folder(word, files);
    else if (exists(word))
      files.push_back({word, true});
    else
      sink.error("no-such-path", {}, "there is no file or folder " + word)
          .with_help("name YAML files, or folders that hold some: mlpgen fmt recipes rules");
  }
  return files;
}

// What a file is tells the key that only its kind has.
const FileKind* kind_of(const Node& root) {
  for (const char* key : {"recipe", "rule", "presets", "round"})
    for (const FileKind& k : file_kinds())
      if (k.name == key && root.find(key)) return &k;
  return nullptr;
}

class Fmt {
 public:
  Fmt(Session& s, bool check) : s_(s), check_(check) {}

  void form(const FmtFile& file) {
    Result<std::string> text = read_file(file.path);
    if (!text) {
      s_.sink.error("unreadable-file", {}, text.error().message).with_help(text.error().help);
      return;
    }
    SourceId source = s_.sources.add(file.path, *text);
    std::optional<Node> root = parse_yaml(s_.sources, source, s_.sink);
    if (!root) return;
    const FileKind* kind = kind_of(*root);
    if (!kind) {
      if (file.named)
        s_.sink
            .error("unknown-kind", {source, 0, 0}, "this is no file of a kind that mlpgen formats")
            .with_help(
                "a recipe has the key `recipe`, a rule `rule`, presets `presets`, a round `round`");
      return;
    }
    std::optional<std::string> formed = format_yaml(s_.sources, source, kind->keys, s_.sink);
    ++seen_;
    if (formed && *formed != *text) change(file.path, *text, *formed, source);
  }

  void print(bool json) const {
    if (json) {
      std::cout
          << nlohmann::ordered_json{{"format", 1}, {"files", seen_}, {"changed", changed_}}.dump(2)
          << "\n";
    } else if (s_.sink.ok()) {
      for (const std::string& path : changed_) std::cout << path << "\n";
      std::cout << counted(seen_, "file") << ", " << changed_.size() << " changed\n";
    }
  }

 private:
  void change(const std::string& path, const std::string& text, const std::string& formed,
              SourceId source) {
    if (check_) {
      if (!s_.json) std::cout << line_diff(text, formed, path, "canonical");
      s_.sink.error("not-canonical", {source, 0, 0}, path + " is not in its canonical form")
          .with_help("type: mlpgen fmt " + shell_quote(path));
    } else if (Status written = write_file(path, formed, mode_of(path)); !written) {
      s_.sink.error("unwritable-directory", {source, 0, 0}, written.error().message)
          .with_help(written.error().help);
      return;
    }
    changed_.push_back(path);
  }

  static unsigned mode_of(const std::string& path) {
    std::error_code why;
    return static_cast<unsigned>(fs::status(path, why).permissions()) & 0777U;
  }

  Session& s_;
  bool check_;
  size_t seen_ = 0;  // files of a kind
  std::vector<std::string> changed_;
};

}  // namespace

static int run_fmt(const CommandLine& line) {
  Session s(line);
  if (line.words.empty()) {
    s.sink.error("missing-word", {}, "format what?")
        .with_help("name files or folders: mlpgen fmt recipes rules");
    return s.finish_usage();
  }
  Fmt fmt(s, line.has("--check"));
  for (const FmtFile& file : files_of(line.words, s.sink)) fmt.form(file);
  fmt.print(s.json);
  return s.finish();
}

CommandEntry fmt_entry() {
  return {
      "fmt",
      "FILE|DIR ...",
      "Write recipes, rules, presets and rounds in their canonical form",
      R"(It changes the layout of a file, never its meaning; comments stay. In a folder: every .yaml
file below it that is of one of these kinds.

Examples:
  mlpgen fmt recipes rules
  mlpgen fmt --check my-recipes)",
      {{"--check", "", "write nothing: print what would change; exit code 1 if something would"},
       kFormatOption,
       kHelpOption},
      false,
      run_fmt};
}

}  // namespace mlpgen

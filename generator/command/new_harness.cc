// mlpgen new-harness: a folder with a harness that works as it is.
#include <filesystem>
#include <iostream>

#include "command/options.h"
#include "command/request/session.h"
#include "file/file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// The templates and their places in the folder; @NAME@ stands for the harness in both.
constexpr std::pair<const char*, const char*> kFiles[] = {
    {"README.md", "README.md"},
    {"presets.yaml", "recipes/presets.yaml"},
    {"recipe.yaml", "recipes/app/@NAME@/recipe.yaml"},
    {"main.cc", "recipes/app/@NAME@/src/main.cc"},
    {"rule.yaml", "rules/@NAME@.yaml"},
};

std::string named(std::string text, const std::string& name) {
  return replace_all(std::move(text), "@NAME@", name);
}

// A name of a recipe, a rule, a preset, a program and a folder of a submission.
bool is_name(const std::string& name) {
  constexpr size_t kLongest = 64;
  return !name.empty() && name.size() <= kLongest && name.front() >= 'a' && name.front() <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

Status write_all(const std::string& from, const std::string& name) {
  for (const auto& [what, where] : kFiles) {
    Result<std::string> text = read_file(from + "/" + what);
    if (!text) return text.error();
    std::filesystem::path path = name + "/" + named(where, name);
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error)
      return Error{path.parent_path().string() + " cannot be made: " + error.message(),
                   "go to a folder that you may write to"};
    if (Status s = write_file(path.string(), named(*text, name)); !s) return s;
  }
  return Done{};
}

// The recipes of mlpgen that have the name already; a second one would be an error at configure.
bool is_taken(const Session& s, const std::string& name) {
  for (const char* folder : {"rules", "recipes/app"})
    if (exists(s.installation.root + "/" + folder + "/" + name + ".yaml") ||
        exists(s.installation.root + "/" + folder + "/" + name))
      return true;
  return false;
}

int run_new_harness(const CommandLine& line) {
  Session s(line);
  if (line.words.size() != 1) {
    s.sink.error("missing-word", {}, "what is the harness called?")
        .with_help("type a name: mlpgen new-harness my-harness");
    return s.finish_usage();
  }
  const std::string& name = line.words.front();
  if (!is_name(name) || is_taken(s, name)) {
    s.sink
        .error("wrong-value", {},
               "'" + name + "' cannot be the name of a harness" +
                   (is_name(name) ? ": mlpgen has a recipe or rule of that name" : ""))
        .with_help("take small letters, digits and '-', a letter first, such as my-harness");
    return s.finish_usage();
  }
  if (exists(name)) {
    s.sink.error("unwritable-file", {}, name + " is there already")
        .with_help("choose another name, or move it away; nothing was written");
    return s.finish();
  }
  if (Status written = write_all(s.installation.root + "/templates/new-harness", name); !written) {
    s.sink.error("unwritable-file", {}, written.error().message).with_help(written.error().help);
    return s.finish();
  }
  std::cout << "wrote " << name << "/: README.md says what is where\n"
            << "Next: mlpgen configure --trust=" << name << " --preset=" << name
            << " -C run && ninja -C run submission\n";
  return s.finish();
}

}  // namespace

CommandEntry new_harness_entry() {
  return {"new-harness",
          "NAME",
          "Write a harness of your own that works as it is",
          R"(The folder NAME gets a recipe, a rule, a preset and a program in C++ that answers
each image of the embedded demo with the same box. `--trust=NAME --preset=NAME` measures and
submits it; docs/own-harness.md says how it becomes a real one.

Example:
  mlpgen new-harness my-harness)",
          {kHelpOption},
          false,
          run_new_harness};
}

}  // namespace mlpgen

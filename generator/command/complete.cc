// mlpgen __complete WORDS...: what may stand in the place of the last word, one candidate a line.
#include <algorithm>
#include <iostream>
#include <set>

#include "command/command.h"
#include "command/options.h"
#include "command/request/session.h"
#include "command/request/words.h"
#include "command/run_directory/plan_state.h"
#include "command/text/questions.h"
#include "command/text/schemas.h"
#include "file/file.h"
#include "query/expression.h"
#include "resolve/deps.h"
#include "step/step.h"
#include "text/text.h"

namespace mlpgen {
namespace {

class Completer {
 public:
  Completer(const CommandEntry& entry, const std::vector<std::string>& words)
      : entry_(entry), words_(words), session_({}) {}

  std::set<std::string> candidates() {
    const std::string& word = words_.back();
    std::string before = words_.size() > 1 ? words_[words_.size() - 2] : "";
    if (before == "-C") return {};
    session_.open_recipes();
    if (!session_.library) return {};
    if (size_t eq = word.find('='); word.starts_with("--") && eq != std::string::npos)
      add_values(word.substr(0, eq));
    else if (word.starts_with('-'))
      add_options();
    else if (word.starts_with('_'))
      add_variations();
    else
      add_words();
    return std::move(found_);
  }

 private:
  void add(const std::string& word) { found_.insert(word); }
  void add_all(const std::vector<std::string>& words) { found_.insert(words.begin(), words.end()); }

  // The recipe that the words before the last one ask for, or those that this directory was
  // configured with.
  const Recipe* root() {
    Sink quiet;
    std::vector<std::string> asked(words_.begin(), words_.end() - 1);
    bool word_first = entry_.name == "explain" || entry_.name == "query";
    if (entry_.name == "plan" && !asked.empty())
      word_first = names_target(asked.front(), *session_.library);
    if (word_first && !asked.empty()) asked.erase(asked.begin());
    if (asked.empty())
      if (Result<std::optional<SavedRequest>> saved = read_saved_request(); saved && *saved)
        asked = (*saved)->words;
    std::erase_if(asked, [&](const std::string& w) {
      return w.starts_with('-') && !w.starts_with("--preset=");
    });
    Request request = parse_request(asked, session_.sources, quiet);
    if (!request.root.tags.empty())
      return select_recipe(request.root, {}, "", *session_.library, quiet);
    for (const Text& name : request.presets)
      for (const Preset* p : session_.library->presets())
        if (p->name.value == name.value && p->recipe)
          return select_recipe({{*p->recipe}, {}, {}, {}}, {}, "", *session_.library, quiet);
    return session_.library->recipe(kDefaultRoot);
  }

  void add_values(const std::string& name) {
    auto with = [&](const std::string& value) { add(name + "=" + value); };
    for (const CommandOption& o : entry_.options)
      if (o.name == name && o.value.find('|') != std::string::npos)
        for (const std::string& v : split(o.value, '|')) with(v);
    if (name == "--preset")
      for (const Preset* p : session_.library->presets()) with(p->name.value);
    const Recipe* r = entry_.takes_request ? root() : nullptr;
    const Flag* f = r ? r->find_flag(replace_all(name.substr(2), "-", "_")) : nullptr;
    if (!f) return;
    for (const std::string& c : f->choices) with(c);
    if (f->type == KeyType::kBool) {
      with("yes");
      with("no");
    }
    for (const Variation& v : r->variations)
      if (f->choices.empty() && !f->selects.value.empty() && v.group.value == f->selects.value)
        with(v.name.value);
  }

  void add_options() {
    for (const CommandOption& o : entry_.options)
      add(o.name + (o.value.empty() || o.name.size() == 2 ? "" : "="));
    if (!entry_.takes_request) return;
    add("--preset=");
    const Recipe* r = root();
    if (!r) return;
    for (const Flag& f : r->flags) add("--" + f.name.value + "=");
    if (words_.back().starts_with("--env."))
      for (const Flag& f : r->flags) add("--env." + f.key.value + "=");
    if (words_.back().starts_with("--adr."))
      for (const Dep& d : r->deps)
        for (const Text& n : d.names)
          for (const char* field : {"tags", "version", "version_min", "version_max", "name"})
            add("--adr." + n.value + "." + field + "=");
  }

  void add_variations() {
    const Recipe* r = entry_.takes_request || entry_.name == "find" ? root() : nullptr;
    if (!r) return;
    for (const Variation& v : r->variations) {
      if (v.internal || !v.parts.empty()) continue;
      add("_" +
          replace_all(v.name.value, ".#", "." + (v.example.value.empty() ? "1" : v.example.value)));
    }
  }

  void add_edges() {
    Result<std::vector<StepSummary>> steps = list_steps(".");
    if (!steps) return;
    for (const StepSummary& s : *steps) add(s.name);
  }

  // As `ninja help` lists them: "  ninja TARGET   what it does".
  void add_targets() {
    static const std::string kBegin = "  ninja ";
    Result<std::string> list = read_file(std::string(kStateFolder) + "/say/help");
    if (!list) return;
    for (const std::string& line : split(*list, '\n'))
      if (line.starts_with(kBegin))
        add(line.substr(kBegin.size(), line.find(' ', kBegin.size()) - kBegin.size()));
  }

  void add_words() {
    static const std::vector<std::string> kShells = {"bash", "zsh", "fish"};
    const std::string& name = entry_.name;
    bool first = words_.size() == 1;
    if (name == "help") return add_all(help_words(session_));
    if (name == "completion") return add_all(kShells);
    if (name == "schema")
      for (const FileKind& k : file_kinds()) add(std::string(k.name));
    if (name == "store") return first ? add_all(kStoreVerbs) : void();
    bool asks = first && (name == "explain" || name == "plan" || name == "query");
    if (name == "log" || name == "repro" || name == "rerun" || asks) add_edges();
    if (name == "rerun" || asks) add_targets();
    if (name == "query" && first)
      for (const QueryFunction& f : kQueryFunctions) add(std::string(f.name) + "(");
    if (entry_.takes_request || name == "show" || name == "find") add_all(session_.library->ids());
    if (name == "find") add_all(session_.library->all_tags());
    if (name == "explain" && first) add_explained();
  }

  // What else than recipes, edges and targets can be explained.
  void add_explained() {
    add("choices");
    const Recipe* r = root();
    if (!r) return;
    for (const Flag& f : r->flags) add(f.key.value);
    for (const Dep& d : r->deps)
      for (const Text& t : d.names) add(t.value);
  }

  const CommandEntry& entry_;
  const std::vector<std::string>& words_;
  Session session_;
  std::set<std::string> found_;
};

std::set<std::string> command_names() {
  std::set<std::string> names = {"--help", "--version"};
  for (const CommandEntry& e : commands())
    if (!e.hidden) names.insert(e.name);
  return names;
}

}  // namespace

static int run_complete(const CommandLine& line) {
  std::vector<std::string> words = line.words;
  if (words.empty()) words.push_back("");
  std::string word = words.back();
  std::set<std::string> all;
  if (words.size() == 1) {
    all = command_names();
  } else if (const CommandEntry* e = find_command(words.front())) {
    words.erase(words.begin());
    all = Completer(*e, words).candidates();
  }
  for (const std::string& c : all)
    if (c.starts_with(word)) std::cout << c << "\n";
  return kDone;
}

CommandEntry complete_entry() {
  return {"__complete", "WORDS", "", "", {}, true, run_complete, true};
}

}  // namespace mlpgen

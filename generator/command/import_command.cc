// mlpgen import-command: commands of CM and MLC to lines of mlpgen that resolve.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "command/request/words.h"
#include "text/text.h"
#include "text/url_secret.h"
#include "translate/translation.h"

namespace mlpgen {
namespace {

struct ImportedCommand {
  CmCommand from;
  Translation to;
  std::vector<std::string> lines;  // what to type here
  std::string fault;               // why the request does not resolve on this machine
};

// The word of a request, typed with blanks between the words, in which an offset lies.
size_t word_at(const std::vector<std::string>& words, size_t offset) {
  size_t end = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    end += words[i].size() + 1;
    if (offset < end) return i;
  }
  return 0;
}

// A word that selects what is measured has no equal: another benchmark would run, so there is no
// line.
bool refused(const ImportedCommand& c) { return !without_equal(c.to, true).empty(); }

// The entry of the translation that gave the n-th word of the request, the id being the first.
TranslatedWord* word_of(Translation& t, size_t n) {
  for (TranslatedWord& w : t.words)
    if (!w.equal.empty() && --n == 0) return &w;
  return nullptr;
}

std::string sentence(const Diagnostic& d) {
  return d.message + (d.help.empty() ? "" : "; " + d.help);
}

// Takes out the word that this error points at; false: it points at none that could go.
bool take_out(Translation& t, const std::vector<std::string>& words, const Session& s) {
  for (const Diagnostic& d : s.sink.sorted()) {
    if (d.severity != Severity::kError || !d.span.known() ||
        s.sources.name(d.span.source) != "command line")
      continue;
    size_t n = word_at(words, d.span.offset);
    if (TranslatedWord* w = n == 0 ? nullptr : word_of(t, n)) {
      w->equal.clear();
      w->why = sentence(d);
      return true;
    }
  }
  return false;
}

void add_lines(ImportedCommand& c, const Resolution& resolution, const Recipe& recipe) {
  std::string configure = "mlpgen configure " + shell_quote(c.to.recipe), options;
  for (const TranslatedWord& w : c.to.words) {
    if (w.equal.empty()) continue;
    bool variation = !w.equal.starts_with("--");
    (variation ? configure : options) += (variation ? "," : " ") + shell_quote(w.equal);
  }
  c.lines.push_back(configure + options);
  bool works = std::any_of(resolution.instances.begin(), resolution.instances.end(),
                           [](const Instance& i) { return !i.steps.empty(); });
  std::string target = target_of(c.to, recipe);
  if (works)
    c.lines.push_back("ninja" + (target.empty() ? "" : " " + target));
  else
    c.to.why += (c.to.why.empty() ? "" : "; ") +
                ("nothing has to be made: configure finds it; `mlpgen explain " + c.to.recipe +
                 "` says what it found");
}

// A line is printed when it resolves; words that keep it from that are taken out, each with its
// reason, up to one that selects what is measured.
void check(ImportedCommand& c, const CommandLine& line) {
  if (c.to.recipe.empty()) return;
  while (!refused(c)) {
    Session s(line);
    std::vector<std::string> words = request_words(c.to);
    std::optional<Resolution> resolution;
    if (s.open(words)) resolution = s.resolve_request();
    if (resolution && s.sink.ok())
      return add_lines(c, *resolution, *s.library->recipe(c.to.recipe));
    if (take_out(c.to, words, s)) continue;
    std::vector<Diagnostic> faults = s.sink.sorted();
    c.fault = faults.empty() ? "it does not resolve" : sentence(faults.front());
    return;
  }
}

std::string quoted(const std::vector<std::string>& words) {
  std::vector<std::string> all;
  for (const std::string& w : words) all.push_back(shell_quote(w));
  return join(all, " ");
}

std::vector<std::string> shown(std::vector<std::string> words) {
  for (std::string& w : words) w = shown_word(w);
  return words;
}

nlohmann::ordered_json to_json(const ImportedCommand& c) {
  nlohmann::ordered_json words = nlohmann::ordered_json::array();
  for (const TranslatedWord& w : c.to.words)
    words.push_back({{"word", shown_word(w.word)},
                     {"equal", shown_word(w.equal)},
                     {"trial", shown_word(w.trial)},
                     {"needed", w.needed},
                     {"selects", w.selects},
                     {"why", without_secrets(w.why)}});
  return {{"command", shown(c.from.words)},
          {"lines", c.lines},
          {"words", words},
          {"why", without_secrets(c.fault.empty() ? c.to.why : c.fault)},
          {"help", without_secrets(c.to.help)},
          {"equal", c.to.understood && c.fault.empty() && without_equal(c.to, false).empty()}};
}

// Lines to type; all else as comments, so that the whole can be pasted into a shell.
void print(const ImportedCommand& c, bool several) {
  if (several) std::cout << "# " << quoted(shown(c.from.words)) << "\n";
  for (const std::string& l : c.lines) std::cout << l << "\n";
  for (const TranslatedWord& w : c.to.words)
    if (!w.why.empty())
      std::cout << "#   " << shown_word(w.word)
                << (!w.equal.empty() ? ": "
                    : w.needed       ? " has no equal: "
                                     : " is not needed: ")
                << without_secrets(w.why) << "\n";
  if (!c.to.why.empty() && c.to.understood)
    std::cout << "#   " << without_secrets(c.to.why) << "\n";
}

void report_words(const ImportedCommand& c, const std::string& command, Sink& sink) {
  bool none = refused(c);
  std::vector<std::string> words;
  for (const TranslatedWord& w : without_equal(c.to, none))
    words.push_back(shown_word(w.word) + (none ? " (" + w.why + ")" : ""));
  if (words.empty()) return;
  sink.error("no-equal", {},
             command +
                 (words.size() == 1 ? "has a word without an equal: "
                                    : "has words without an equal: ") +
                 join(words, ", "))
      .with_help(none
                     ? "no line is printed, because without that word another benchmark would run; "
                       "choose one that mlpgen show " +
                           c.to.recipe + " lists"
                     : "the line does the rest; its comments say why, word by word");
}

void report(const ImportedCommand& c, Sink& sink) {
  std::string command = "`" + quoted(shown(c.from.words)) + "` ";
  if (!c.to.understood)
    sink.error("no-equal", {}, command + "has no equal: " + c.to.why).with_help(c.to.help);
  else if (!c.fault.empty())
    sink.error("no-equal", {},
               command + "would be " + c.to.recipe + " here, which does not resolve: " + c.fault)
        .with_help("see it whole: mlpgen configure " + quoted(shown(request_words(c.to))));
  else
    report_words(c, command, sink);
}

std::string text_of(const std::vector<std::string>& words) {
  return words.size() == 1 ? words.front() : quoted(words);
}

}  // namespace

static int run_import_command(const CommandLine& line) {
  Session s(line);
  if (line.words.empty()) {
    s.sink.error("missing-word", {}, "import which command?")
        .with_help("quote it: mlpgen import-command 'cm run script --tags=detect,os'");
    return s.finish_usage();
  }
  if (!s.open_recipes()) return s.finish();
  std::vector<ImportedCommand> all;
  for (CmCommand& c : split_commands(text_of(line.words))) {
    Translation t = translate(c, *s.library);
    all.push_back({std::move(c), std::move(t), {}, ""});
    all.back().lines = all.back().to.lines;
    check(all.back(), line);
    for (std::string& l : all.back().lines) l = without_secrets(l);
    report(all.back(), s.sink);
  }
  nlohmann::ordered_json j = {{"format", 1}, {"commands", nlohmann::ordered_json::array()}};
  for (const ImportedCommand& c : all) {
    if (s.json)
      j["commands"].push_back(to_json(c));
    else
      print(c, all.size() > 1);
  }
  if (s.json) std::cout << j.dump(2) << "\n";
  return s.finish();
}

CommandEntry import_command_entry() {
  return {"import-command",
          "'COMMAND ...'",
          "Print the lines that do what a command of CM or MLC does",
          R"(COMMAND is `cm run script ...`, `cmr ...`, `mlcr ...`, `cm show cache` and the like;
several on separate lines. Words without an equal become comments with the reason, so you can
paste the output into a shell. Each line was resolved on this machine.

Examples:
  mlpgen import-command 'cm run script --tags=run-mlperf,inference,_submission --model=retinanet'
  mlpgen import-command 'mlcr get,dataset,openimages,_validation')",
          {kTrustOption, kFormatOption, kHelpOption},
          true,
          run_import_command};
}

}  // namespace mlpgen

// mlpgen: finds the command and runs it.
#include <unistd.h>

#include <iostream>
#include <new>

#include "base/diagnostic.h"
#include "command/command.h"
#include "command/text/help_text.h"
#include "command/version.h"
#include "file/inherited.h"
#include "file/standard_output.h"
#include "file/terminal.h"
#include "text/bad_byte.h"
#include "text/closest.h"
#include "text/text.h"

namespace {

using namespace mlpgen;

const CommandOption* find_option(const CommandEntry& entry, const std::string& name) {
  for (const CommandOption& o : entry.options)
    if (o.name == name || (!o.brief.empty() && o.brief == name)) return &o;
  return nullptr;
}

// Whether diagnostics are JSON lines: asked of words that are not told apart yet.
bool wants_json(int argc, char** argv) {
  bool json = false;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "--format" && i + 1 < argc) word += "=" + std::string(argv[i + 1]);
    if (word.starts_with("--format=")) json = word == "--format=json";
  }
  return json;
}

// Prints what is wrong with the words of the command line.
void report(bool json, const Sink& sink, const Sources& sources) {
  std::cerr << (json ? to_json(sink, sources)
                     : to_text(sink, sources, 20, terminal_at(STDERR_FILENO).colour()));
}

bool refuse(bool json, const char* id, const std::string& message, const std::string& help) {
  Sink sink;
  sink.error(id, {}, message).with_help(help);
  report(json, sink, Sources());
  return false;
}

// Told apart: options of the command, and words. A one-letter option takes the next word.
bool read_words(CommandLine& line, int argc, char** argv, int first) {
  for (int i = first; i < argc; ++i) {
    std::string word = argv[i];
    size_t eq = word.find('=');
    const CommandOption* option = !line.entry->hidden && word.starts_with('-')
                                      ? find_option(*line.entry, word.substr(0, eq))
                                      : nullptr;
    if (!option) {
      bool foreign = !line.entry->hidden && word.starts_with('-') &&
                     !(line.entry->takes_request &&
                       (word.starts_with("--") || word.starts_with("-_") || word.size() > 2));
      if (foreign) {
        std::vector<std::string> known;
        for (const CommandOption& o : line.entry->options) known.push_back(o.name);
        std::string near = did_you_mean(word.substr(0, eq), known);
        return refuse(
            wants_json(argc, argv), "unknown-option",
            "mlpgen " + line.entry->name + " has no option '" + word + "'",
            near.empty() ? "`mlpgen " + line.entry->name + " --help` lists its options" : near);
      }
      line.words.push_back(std::move(word));
      continue;
    }
    std::string value;
    if (!option->value.empty()) {
      if (eq != std::string::npos) {
        value = word.substr(eq + 1);
      } else if (i + 1 < argc) {
        value = argv[++i];
      } else {
        return refuse(
            wants_json(argc, argv), "missing-value",
            option->name + " needs a value: " + option->value,
            "write " + option->name + (option->name.size() == 2 ? " " : "=") + option->value);
      }
    }
    line.options.emplace_back(option->name, value);
  }
  return true;
}

// What is typed goes into files and messages; a value of a request has to be one line as well
// (parse_request).
bool are_texts(const CommandLine& line, int argc, char** argv) {
  Sources sources;
  Sink sink;
  std::string text;
  for (int i = 1; i < argc; ++i) text += (i > 1 ? " " : "") + std::string(argv[i]);
  SourceId id = sources.add("command line", text);
  if (std::optional<BadByte> bad = find_bad_byte(text, LineBreaks::kAllowed))
    sink.error("not-text", {id, static_cast<uint32_t>(bad->at), static_cast<uint32_t>(bad->length)},
               "a word has " + bad->what)
        .with_help("write it without that byte, in UTF-8");
  report(line.option("--format") == "json", sink, sources);
  return sink.ok();
}

int unknown_command(const std::string& word, bool json) {
  std::vector<std::string> known;
  for (const CommandEntry& e : commands())
    if (!e.hidden) known.push_back(e.name);
  std::string near = did_you_mean(word, known);
  refuse(json, "unknown-command", "mlpgen has no command '" + word + "'",
         near.empty() ? "commands: " + join(known, ", ") : near);
  return kUsage;
}

int run(int argc, char** argv) {
  std::string word = argc > 1 ? argv[1] : "";
  if (word.empty() || word == "--help" || word == "-h") {
    std::cout << overview();
    return word.empty() ? kUsage : kDone;
  }
  if (word == "--version") {
    std::cout << "mlpgen " << kVersion << "\n";
    return kDone;
  }
  CommandLine line;
  line.entry = find_command(word);
  if (!line.entry) return unknown_command(word, wants_json(argc, argv));
  if (!read_words(line, argc, argv, 2)) return kUsage;
  if (!are_texts(line, argc, argv)) return kMendable;
  if (line.has("--help")) {
    std::cout << help_of(*line.entry);
    return kDone;
  }
  try {
    return line.entry->run(line);
  } catch (const std::bad_alloc&) {
    std::cerr << "error: there is not enough memory\n"
              << "help: see `free -h` and `ulimit -v`\n";
    return kMendable;
  } catch (const std::exception& e) {
    std::cerr << "mlpgen: this is a bug of mlpgen: " << e.what() << "\n"
              << "help: please report the command line, and keep the run directory\n";
    return kBug;
  }
}

}  // namespace

int main(int argc, char** argv) {
  reset_inherited();
  hold_standard_output();
  return finish_standard_output(run(argc, argv));
}

// Shell words to the parts of a command of CM or MLC.
#include "translate/cm_command.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace mlpgen {
namespace {

// Reads words up to the end of one command.
class ShellReader {
 public:
  explicit ShellReader(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }

  std::vector<std::string> command() {
    words_.clear();
    while (!done()) {
      char c = text_[at_];
      if (c == '\n' || c == ';' || text_.substr(at_).starts_with("&&")) {
        at_ += c == '&' ? 2 : 1;
        break;
      }
      if (c == ' ' || c == '\t' || c == '\r') {
        ++at_;
      } else if (text_.substr(at_).starts_with("\\\n") || text_.substr(at_).starts_with("\\\r\n")) {
        at_ = text_.find('\n', at_) + 1;
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        words_.push_back(word());
      }
    }
    return std::move(words_);
  }

 private:
  std::string word() {
    std::string out;
    char quote = 0;
    for (; !done(); ++at_) {
      char c = text_[at_];
      if (quote == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';')) break;
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote && quote != 0) {
        quote = 0;
      } else if (c == '\\' && quote != '\'' && at_ + 1 < text_.size()) {
        if (text_[++at_] != '\n') out += text_[at_];
      } else {
        out += c;
      }
    }
    return out;
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<std::string> words_;
};

struct ShortForm {
  const char* action;
  const char* automation;
};

const std::map<std::string, ShortForm>& short_forms() {
  static const std::map<std::string, ShortForm> kForms = {
      {"cmr", {"run", "script"}},         {"cmrd", {"docker", "script"}},
      {"cmd", {"docker", "script"}},      {"cmf", {"find", ""}},
      {"mlcr", {"run", "script"}},        {"mlcd", {"docker", "script"}},
      {"mlcdr", {"docker", "script"}},    {"mlcp", {"pull", "repo"}},
      {"mlca", {"apptainer", "script"}},  {"mlcar", {"apptainer", "script"}},
      {"mlce", {"experiment", "script"}}, {"mlcer", {"experiment", "script"}},
      {"mlct", {"test", "script"}},       {"mlcrr", {"remote-run", "script"}},
      {"mlcl", {"list", "script"}}};
  return kForms;
}

// "get mlperf loadgen", "get,mlperf,loadgen": each tag a word.
void add_tags(const std::string& text, std::vector<std::string>& tags) {
  for (const std::string& part : split(replace_all(text, " ", ","), ','))
    if (!trim(part).empty()) tags.emplace_back(trim(part));
}

}  // namespace

std::vector<CmCommand> split_commands(std::string_view text) {
  std::vector<CmCommand> commands;
  ShellReader reader(text);
  while (!reader.done()) {
    std::vector<std::string> words = reader.command();
    while (!words.empty() && (words.front() == "$" || words.front().starts_with("```"))) {
      words.front() = words.front().starts_with("```") ? words.front().substr(3) : "";
      if (words.front().empty() || words.front() == "bash" || words.front() == "shell")
        words.erase(words.begin());
    }
    if (!words.empty() && words.back().ends_with("```"))
      words.back().resize(words.back().size() - 3);
    std::erase(words, "");
    if (!words.empty()) commands.push_back(read_cm_command(std::move(words)));
  }
  return commands;
}

CmCommand read_cm_command(std::vector<std::string> words) {
  CmCommand c;
  c.words = std::move(words);
  std::vector<std::string> plain;  // words that are no option
  for (size_t i = 1; i < c.words.size(); ++i) {
    const std::string& w = c.words[i];
    if (w.starts_with("--tags="))
      add_tags(w.substr(7), c.tags);
    else if (w.starts_with("--tags") || w.starts_with("--") || w.starts_with('@') ||
             (w.starts_with('-') && !w.starts_with("-_")))
      c.options.push_back(w);
    else
      plain.push_back(w);
  }
  const std::string& program = c.words.front();
  size_t used = 0;
  if (auto form = short_forms().find(program); form != short_forms().end()) {
    c.action = form->second.action;
    c.automation = form->second.automation;
  } else if (program == "cm" || program == "mlc") {
    if (used < plain.size()) c.action = plain[used++];
    if (used < plain.size()) c.automation = plain[used++];
  } else {
    return c;
  }
  for (; used < plain.size(); ++used) add_tags(plain[used], c.tags);
  return c;
}

}  // namespace mlpgen

// Shell words to the parts of a command of CM or MLC.
#include "translate/cm_command.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "text/text.h"

namespace mlpgen {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Reads words up to the end of one command.
class ShellReader {
 public:
  explicit ShellReader(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  bool piped() const { return piped_; }  // the last command reads what the one before it prints

  std::vector<std::string> command() {
    words_.clear();
    piped_ = ends_in_pipe_;
    ends_in_pipe_ = false;
    while (!done()) {
      char c = text_[at_];
      if (end_of_command()) break;
      if (c == ' ' || c == '\t' || c == '\r') {
        ++at_;
      } else if (rest().starts_with("\\\n") || rest().starts_with("\\\r\n")) {
        at_ = text_.find('\n', at_) + 1;
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (!redirection()) {
        words_.push_back(word());
      }
    }
    return std::move(words_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }

  // Passes a newline, `;`, `|`, `||`, `&` or `&&`.
  bool end_of_command() {
    char c = text_[at_];
    if (c != '\n' && c != ';' && c != '|' && (c != '&' || rest().starts_with("&>"))) return false;
    bool twice = at_ + 1 < text_.size() && text_[at_ + 1] == c && c != '\n';
    ends_in_pipe_ = c == '|' && !twice;
    at_ += twice ? 2 : 1;
    if (ends_in_pipe_ && !done() && text_[at_] == '&') ++at_;
    return true;
  }

  // Passes `> file`, `2>&1`, `&>>file`, `< file`: they choose nothing.
  bool redirection() {
    size_t at = at_;
    while (at < text_.size() &&
           (std::isdigit(static_cast<unsigned char>(text_[at])) || text_[at] == '&'))
      ++at;
    if (at >= text_.size() || (text_[at] != '<' && text_[at] != '>')) return false;
    if (text_[at] == '<' && placeholder_end(at) != std::string_view::npos) return false;
    while (at < text_.size() && (text_[at] == '<' || text_[at] == '>' || text_[at] == '&')) ++at;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    at_ = at;
    if (!done() && !is_blank(text_[at_])) word();
    return true;
  }

  // Where `<my token>` ends that begins at `begin`; npos: it is a redirection.
  size_t placeholder_end(size_t begin) const {
    size_t end = text_.find_first_of("<>\n", begin + 1);
    if (end == std::string_view::npos || text_[end] != '>' || end == begin + 1)
      return std::string_view::npos;
    std::string_view inside = text_.substr(begin + 1, end - begin - 1);
    bool descriptor =
        inside.size() > 1 && is_blank(inside[inside.size() - 2]) &&
        (std::isdigit(static_cast<unsigned char>(inside.back())) || inside.back() == '&');
    return is_blank(inside.front()) || is_blank(inside.back()) || descriptor
               ? std::string_view::npos
               : end;
  }

  std::string word() {
    std::string out;
    char quote = 0;
    for (; !done(); ++at_) {
      char c = text_[at_];
      if (quote == 0 && (is_blank(c) || c == ';' || c == '|' || c == '&' || c == '>')) break;
      if (size_t end = quote == 0 && c == '<' ? placeholder_end(at_) : std::string_view::npos;
          end != std::string_view::npos) {
        out += text_.substr(at_, end - at_ + 1);
        at_ = end;
      } else if (quote == 0 && c == '<') {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
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
  bool piped_ = false, ends_in_pipe_ = false;
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
    if (words.empty()) continue;
    CmCommand command = read_cm_command(std::move(words));
    if (!reader.piped() || !command.action.empty()) commands.push_back(std::move(command));
  }
  return commands;
}

CmCommand read_cm_command(std::vector<std::string> words) {
  CmCommand c;
  c.words = std::move(words);
  std::vector<std::string> plain;  // words that are no option
  for (size_t i = 1; i < c.words.size(); ++i) {
    const std::string& w = c.words[i];
    if (w.starts_with("--tags=") || w.starts_with("--tags,="))
      add_tags(w.substr(w.find('=') + 1), c.tags);
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

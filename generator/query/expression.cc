// Words and signs to a tree; a mistake ends the reading where it stands.
#include "query/expression.h"

#include <algorithm>
#include <cctype>

#include "text/closest.h"

namespace mlpgen {
namespace {

struct Token {
  enum class Kind { kEnd, kName, kSign };
  Kind kind = Kind::kEnd;
  std::string word;
  Span at;
  bool quoted = false;
};

const QueryFunction* find_function(const std::string& name) {
  for (const QueryFunction& f : kQueryFunctions)
    if (name == f.name) return &f;
  return nullptr;
}

// "+", "^" or "-" of an operator's sign or word; "" where the token is none.
std::string operator_of(const Token& t) {
  if (t.quoted || t.kind == Token::Kind::kEnd) return "";
  if (t.word == "+" || t.word == "union") return "+";
  if (t.word == "^" || t.word == "intersect") return "^";
  if (t.word == "-" || t.word == "except") return "-";
  return "";
}

class ExpressionParser {
 public:
  ExpressionParser(const std::string& text, SourceId source, Sink& sink)
      : text_(text), source_(source), sink_(sink) {
    next();
  }

  std::optional<Expression> parse() {
    Expression all;
    if (!set(all)) return std::nullopt;
    if (now_.kind == Token::Kind::kEnd) return all;
    if (now_.word == ")")
      return fail("this ')' closes nothing", "take it out, or open it before with '('");
    if (now_.word == ",")
      return fail("a ',' is allowed only between arguments of a function",
                  "join sets with + (or ^, -)");
    if (now_.word.starts_with('-'))
      return fail("'" + now_.word + "' is one word",
                  "write blanks on both sides of the '-' that takes away");
    return fail("between two sets an operator is missing",
                "join them with + (both), ^ (what is in both) or - (the first without the second)");
  }

 private:
  Span span(size_t begin, size_t end) const {
    return {source_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)};
  }

  std::nullopt_t fail(const std::string& message, const std::string& help) {
    return fail_at(now_.at, message, help);
  }
  std::nullopt_t fail_at(Span at, const std::string& message, const std::string& help) {
    if (!failed_) sink_.error("query-syntax", at, message).with_help(help);
    failed_ = true;
    return std::nullopt;
  }

  void next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
    size_t begin = at_;
    if (at_ == text_.size()) {
      now_ = {Token::Kind::kEnd, "", span(begin, begin), false};
    } else if (std::string_view("(),+^").find(text_[at_]) != std::string_view::npos) {
      ++at_;
      now_ = {Token::Kind::kSign, text_.substr(begin, 1), span(begin, at_), false};
    } else if (text_[at_] == '\'' || text_[at_] == '"') {
      quoted();
    } else {
      at_ = std::min(text_.find_first_of("(),+^'\" \t\r\n", begin), text_.size());
      now_ = {Token::Kind::kName, text_.substr(begin, at_ - begin), span(begin, at_), false};
    }
  }

  void quoted() {
    size_t begin = at_, end = text_.find(text_[at_], at_ + 1);
    if (end == std::string::npos) {
      at_ = text_.size();
      fail_at(span(begin, begin + 1), "this quote is not closed",
              std::string("write ") + text_[begin] + " behind the name");
      now_ = {Token::Kind::kEnd, "", span(at_, at_), false};
      return;
    }
    at_ = end + 1;
    now_ = {Token::Kind::kName, text_.substr(begin + 1, end - begin - 1), span(begin, at_), true};
  }

  bool set(Expression& out) {
    if (!operand(out)) return false;
    for (std::string sign = operator_of(now_); !sign.empty(); sign = operator_of(now_)) {
      Expression both{Expression::Kind::kOperator, sign, now_.at, {std::move(out), {}}};
      next();
      if (!operand(both.parts[1])) return false;
      out = std::move(both);
    }
    return true;
  }

  bool operand(Expression& out) {
    if (now_.kind == Token::Kind::kEnd) {
      fail(text_.find_first_not_of(" \t\r\n") == std::string::npos
               ? "the query is empty"
               : "the query ends where a set is missing",
           "write a target, a recipe, an edge or a function such as deps(submission)");
      return false;
    }
    if (now_.word == "(" && !now_.quoted) return group(out);
    if (now_.kind == Token::Kind::kSign || !operator_of(now_).empty()) {
      fail("'" + now_.word + "' is where a set is expected",
           "write a target, a recipe, an edge or a function here");
      return false;
    }
    Token name = now_;
    next();
    if (now_.word == "(" && !now_.quoted && !name.quoted && now_.kind == Token::Kind::kSign)
      return call(name, out);
    out = {Expression::Kind::kName, name.word, name.at, {}};
    return !failed_;
  }

  bool group(Expression& out) {
    Span open = now_.at;
    next();
    return deeper(open) && set(out) && close(open);
  }

  bool deeper(Span open) {
    constexpr int kDeepest = 100;
    if (++depth_ > kDeepest)
      fail_at(open, "there are too many parentheses in one another", "ask a simpler question");
    return !failed_;
  }

  bool close(Span open) {
    if (now_.word == ")" && !now_.quoted) {
      --depth_;
      next();
      return !failed_;
    }
    if (now_.kind == Token::Kind::kEnd)
      fail_at(open, "this '(' is not closed", "write ')' behind its last argument");
    else
      fail("here a ')' is missing", "close the parenthesis, or join two sets with +, ^ or -");
    return false;
  }

  bool call(const Token& name, Expression& out) {
    const QueryFunction* f = find_function(name.word);
    if (!f) {
      std::vector<std::string> known;
      for (const QueryFunction& k : kQueryFunctions) known.push_back(k.name);
      std::string near = did_you_mean(name.word, known), all;
      for (const std::string& k : known) all += (all.empty() ? "" : ", ") + k;
      failed_ = true;
      sink_.error("unknown-function", name.at, "there is no function '" + name.word + "'")
          .with_help(near.empty() ? "functions: " + all : near);
      return false;
    }
    out = {Expression::Kind::kCall, name.word, name.at, {}};
    Span open = now_.at;
    next();
    if (!deeper(open)) return false;
    if (now_.word != ")" || now_.quoted) {
      out.parts.emplace_back();
      if (!set(out.parts.back())) return false;
      while (now_.word == "," && !now_.quoted) {
        next();
        out.parts.emplace_back();
        if (!set(out.parts.back())) return false;
      }
    }
    return close(open) && check(*f, out);
  }

  // Words and numbers are plain names; there are as many arguments as the function takes.
  bool check(const QueryFunction& f, const Expression& call) {
    size_t most = std::string_view(f.arguments).size(), given = call.parts.size();
    if (given < f.least || given > most) {
      std::string wanted = f.least == most
                               ? std::to_string(most)
                               : std::to_string(f.least) + " or " + std::to_string(most);
      fail_at(call.at,
              call.word + " takes " + wanted + (most == 1 ? " argument" : " arguments") +
                  ", and here " + (given == 1 ? "is " : "are ") + std::to_string(given),
              std::string("write ") + f.usage);
      return false;
    }
    for (size_t i = 0; i < given; ++i) {
      const Expression& part = call.parts[i];
      if (f.arguments[i] == 's') continue;
      bool name = part.kind == Expression::Kind::kName;
      bool number = name && !part.word.empty() && part.word.size() < 7 &&
                    part.word.find_first_not_of("0123456789") == std::string::npos;
      if (f.arguments[i] == 'n' ? number : name) continue;
      fail_at(part.at,
              std::string(f.arguments[i] == 'n' ? "a depth is a whole number"
                                                : "this argument is a word, not a set"),
              std::string("write ") + f.usage +
                  (f.arguments[i] == 'n' ? "" : "; quote a value that has signs in it"));
      return false;
    }
    return true;
  }

  const std::string& text_;
  SourceId source_;
  Sink& sink_;
  size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  Token now_;
};

}  // namespace

std::optional<Expression> parse_expression(const Sources& sources, SourceId source, Sink& sink) {
  size_t before = sink.errors();
  std::optional<Expression> parsed = ExpressionParser(sources.text(source), source, sink).parse();
  return sink.errors() == before ? parsed : std::nullopt;
}

}  // namespace mlpgen

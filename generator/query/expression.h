// The language of `mlpgen query`: a text -> Expression.
//
//   SET      = OPERAND { ('+' | union | '^' | intersect | '-' | except) OPERAND }    from left to
//   right, all equally strong OPERAND  = '(' SET ')' | FUNCTION '(' ARGUMENT { ',' ARGUMENT } ')' |
//   NAME NAME     = characters without blanks, quotes, ( ) , + ^    or any text in '...' or "..."
//
// A '-' is an operator only where it stands alone, since names hold it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace mlpgen {

struct Expression {
  enum class Kind { kName, kCall, kOperator };
  Kind kind = Kind::kName;
  std::string word;               // the name; the function; one of + ^ -
  Span at;                        // of the word
  std::vector<Expression> parts;  // of a call its arguments, of an operator both sides
};

// What a function takes: a letter an argument, s = set, n = number, w = word; `least` of them must
// be there.
struct QueryFunction {
  const char* name;
  const char* arguments;
  size_t least;
  const char* usage;
  const char* about;
};
inline constexpr QueryFunction kQueryFunctions[] = {
    {"deps", "sn", 1, "deps(SET, DEPTH)",
     "what SET needs, itself included; DEPTH levels down, without it all"},
    {"rdeps", "sn", 1, "rdeps(SET, DEPTH)", "what needs SET, itself included; DEPTH levels up"},
    {"somepath", "ss", 2, "somepath(A, B)",
     "one shortest path on which A needs B; empty if there is none"},
    {"allpaths", "ss", 2, "allpaths(A, B)", "all edges on ways on which A needs B"},
    {"kind", "w", 1, "kind(WORD)",
     "edges whose rule is of that kind, e.g. fetch, compile, measure"},
    {"attr", "ww", 2, "attr(KEY, VALUE)",
     "edges whose KEY is VALUE: an env key, a parameter of the step, or rule, recipe, mode, "
     "target, state"},
};

// Reports query-syntax and unknown-function at their places; nothing is returned after an error.
std::optional<Expression> parse_expression(const Sources& sources, SourceId source, Sink& sink);

}  // namespace mlpgen

// mlpgen query: which edges, asked in a small language of sets.
#include <iostream>

#include "command/options.h"
#include "command/request/session.h"
#include "command/run_directory/plan_state.h"
#include "query/evaluate.h"
#include "query/print.h"

namespace mlpgen {
namespace {

std::string answer_text(const std::string& format, const std::string& query, const Work& work,
                        const EdgeBits& edges) {
  if (format == "dot") return edges_dot(work, edges);
  if (format != "json") return names_text(work, edges);
  nlohmann::ordered_json j = {{"format", 1}, {"query", query}, {"edges", edges_json(work, edges)}};
  return j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

static int run_query(const CommandLine& line) {
  Session s(line);
  std::string format = line.option("--format", "text");
  if (format != "text" && format != "json" && format != "dot") {
    s.sink.error("unknown-option", {}, "there is no format '" + format + "'")
        .with_help("formats: text, json, dot");
    return s.finish_usage();
  }
  if (line.words.empty()) {
    s.sink.error("missing-word", {}, "which edges?")
        .with_help(
            "write a query, e.g. mlpgen query 'kind(fetch)'; `mlpgen query --help` has more");
    return s.finish_usage();
  }
  const std::string& query = line.words.front();
  std::optional<Expression> expression =
      parse_expression(s.sources, s.sources.add("query", query), s.sink);
  if (!expression) return s.finish_usage();
  std::vector<std::string> request(line.words.begin() + 1, line.words.end());
  std::optional<RequestPlan> made = s.plan_of(request);
  if (!made) return s.finish();
  Work work(made->resolution, made->planned, done_edges(made->planned.plan));
  if (std::optional<EdgeBits> edges = evaluate(*expression, work, s.sink))
    std::cout << answer_text(format, query, work, *edges);
  return s.finish();
}

namespace {

std::string query_help() {
  std::string text =
      R"(EXPR joins sets of edges, in quotes of the shell. A set is a target (submission), a recipe
(all its edges), an edge as `mlpgen log` lists it or a part of its name that only one has, a
pattern ('*' means all edges), or

)";
  for (const QueryFunction& f : kQueryFunctions)
    text += std::string("  ") + f.usage + std::string(20 - std::string(f.usage).size(), ' ') +
            f.about + "\n";
  return text + R"help(
  a + b    a union b      what is in one of them
  a ^ b    a intersect b  what is in both
  a - b    a except b     the first without the second; blanks around the '-'

All three are equally strong, from left to right; parentheses group. VALUE may be a pattern;
quote names with signs in them. Without a request: that of this run directory. Names come in the
order in which the edges can run.

Examples:
  mlpgen query 'kind(fetch) ^ deps(submission)'
  mlpgen query 'rdeps(get-mlperf-inference-loadgen) - kind(compile)'
  mlpgen query 'somepath(submission, kind(fetch))'
  mlpgen query "attr(CM_MLPERF_LOADGEN_SCENARIO, Offline)" --preset=demo
  mlpgen query 'deps(submission) ^ attr(state, missing)'
  mlpgen query 'deps(performance, 2)' --format=dot | dot -Tsvg > performance.svg)help";
}

}  // namespace

CommandEntry query_entry() {
  return {"query",
          "EXPR [REQUEST]",
          "List the edges that an expression means",
          query_help(),
          {{"--format", "text|json|dot", "names one a line, JSON, or a picture for Graphviz"},
           kDirectoryOption,
           kLockFileOption,
           kTrustOption,
           kHelpOption},
          true,
          run_query};
}

}  // namespace mlpgen

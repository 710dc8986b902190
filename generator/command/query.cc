// mlpgen query: which edges, asked in a small language of sets.
#include <iostream>

#include "command/run_directory/plan_state.h"
#include "command/session.h"
#include "query/evaluate.h"
#include "query/print.h"

namespace mlpgen {
namespace {

std::string answer_text(const std::string& format, const std::string& query, const Work& work, const EdgeBits& edges) {
  if (format == "dot") return edges_dot(work, edges);
  if (format != "json") return names_text(work, edges);
  nlohmann::ordered_json j = {{"format", 1}, {"query", query}, {"edges", edges_json(work, edges)}};
  return j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

int run_query(const CommandLine& line) {
  Session s(line);
  std::string format = line.option("--format", "text");
  if (format != "text" && format != "json" && format != "dot") {
    s.sink.error("unknown-option", {}, "there is no format '" + format + "'").with_help("formats: text, json, dot");
    return s.finish_usage();
  }
  if (line.words.empty()) {
    s.sink.error("missing-word", {}, "which edges?").with_help("write a query, e.g. mlpgen query 'kind(fetch)'; `mlpgen query --help` has more");
    return s.finish_usage();
  }
  const std::string& query = line.words.front();
  std::optional<Expression> expression = parse_expression(s.sources, s.sources.add("query", query), s.sink);
  if (!expression) return s.finish_usage();
  std::vector<std::string> request(line.words.begin() + 1, line.words.end());
  std::optional<RequestPlan> made = s.plan_of(request);
  if (!made) return s.finish();
  Work work(made->resolution, made->planned, done_edges(made->planned.plan));
  if (std::optional<EdgeBits> edges = evaluate(*expression, work, s.sink)) std::cout << answer_text(format, query, work, *edges);
  return s.finish();
}

}  // namespace mlpgen

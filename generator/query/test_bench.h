// A small project planned and asked: what the tests of query ask about.
#pragma once

#include "plan/test_bench.h"
#include "query/evaluate.h"
#include "query/plan_answer.h"
#include "query/print.h"

namespace mlpgen {

class QueryBench : public PlanBench {
 public:
  QueryBench() {
    rule("get",
         "kind: fetch\nmode: fetch\nlock: file\nparams:\n  urls: {type: list, about: u}\n  name: "
         "{type: text, about: n, default: ''}\n  sha256: {type: text, about: s, default: ''}\n"
         "  md5: {type: text, about: m, default: ''}\n  size: {type: text, about: b, default: ''}\n"
         "edges:\n  - {id: e, argv: [get, '${urls}', '${out}/x'], outputs: {x: x}}");
    rule("run",
         "kind: measure\nmode: measure\nparams:\n  from: {type: list, about: f, default: []}\n  "
         "require_valid: {type: text, about: v, default: 'no'}\n"
         "edges:\n  - {id: e, argv: [run, '${from}', '${out}/x'], outputs: {x: x}}");
    rule("conf",
         "kind: write\nparams:\n  settings: {type: map, about: v, default: {}}\n  style: {type: "
         "text, "
         "about: s, default: ''}\n  calibration_s: {type: text, about: c, default: ''}\nedges:\n  "
         "- {id: e, argv: [conf, "
         "{each: settings, add: ['${item.key}=${item}']}, '${out}/user.conf'], outputs: {file: "
         "user.conf}}");
  }

  Work work(std::vector<bool> done = {}) const {
    done.resize(planned->plan.edges.size());
    return Work(*result, *planned, std::move(done));
  }
  // The names that a query means, with blanks between them; or "ID: message | help".
  std::string ask(const std::string& query, std::vector<bool> done = {}) {
    Sink said;
    std::optional<Expression> e = parse_expression(*sources, sources->add("query", query), said);
    std::optional<EdgeBits> edges;
    if (e) edges = evaluate(*e, work(std::move(done)), said);
    if (!edges) return said.all()[0].id + ": " + said.all()[0].message + " | " + said.all()[0].help;
    std::string names = names_text(work(), *edges);
    return names.empty() ? "" : join(split(names.substr(0, names.size() - 1), '\n'), " ");
  }
  // What all edges take.
  PlanAnswer answer(std::vector<bool> done = {}) {
    Work w = work(std::move(done));
    return plan_answer(w, EdgeBits(w.count(), true), *library, lock, {});
  }
};

}  // namespace mlpgen

// What a plan takes: bytes, room, time, trust.
#include "query/test_bench.h"

using namespace mlpgen;

namespace {

const std::string kDigest(64, 'a');

std::string line_of(const std::string& text, const std::string& word) {
  for (const std::string& line : split(text, '\n'))
    if (line.starts_with("  " + word)) return line.substr(12);
  return "";
}

}  // namespace

TEST_CASE("bytes come from the recipe or the lock, and what is unknown is counted") {
  QueryBench b;
  b.recipe("app",
           "steps:\n  - {id: a, rule: get, urls: ['https://one.org/a', 'https://two.org/a'], name: "
           "a, size: '1500000', sha256: " +
               kDigest +
               "}\n"
               "  - {id: b, rule: get, urls: ['https://one.org/b'], name: b, md5: "
               "0123456789abcdef0123456789abcdef}\n  - {id: c, rule: get, urls: "
               "['https://two.org:8080/c?x'], name: c}");
  b.lock.add("file https://one.org/b",
             {{{"sha256", std::string(64, 'b')}, {"size", "500"}}, {}, false, "mlpgen.lock"});
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  PlanAnswer a = b.answer();
  REQUIRE(a.fetches.size() == 3);
  CHECK(a.fetches[0].host == "one.org");
  CHECK(a.fetches[0].checked == "sha256");
  CHECK(a.fetches[1].bytes == 500);
  CHECK(a.fetches[1].sha256 == std::string(64, 'b'));
  CHECK(a.fetches[2].host == "two.org:8080");
  CHECK(a.fetches[2].checked == "first use");
  CHECK(bytes_to_fetch(a.fetches).known == 1500500);
  CHECK(bytes_to_fetch(a.fetches).unknown == 1);
  CHECK(line_of(plan_text(a), "fetch") == "1.5 MB, and 1 of unknown size");
  CHECK(line_of(plan_text(a), "trust") == "on first use, no digest is known: c");
  a.fetches[0].stored = true;
  CHECK(bytes_to_fetch(a.fetches).known == 500);
  CHECK(plan_json(a)["fetch"]["items"][2]["bytes"].is_null());
}

TEST_CASE("environments are as many packages as their lock names") {
  QueryBench b;
  b.rule("conda",
         "kind: install\nmode: fetch\nlock: conda-environment\nparams:\n  packages: {type: list, "
         "about: p}\n  channels: {type: list, about: c}\n  platform: {type: text, about: p, "
         "default: linux-64}\n"
         "edges:\n  - {id: e, argv: [conda, '${lock.lines}', '${out}/x'], outputs: {x: x}}");
  b.rule("python",
         "kind: install\nmode: fetch\nlock: python-environment\nparams:\n  requirements: {type: "
         "list, about: r}\n  python_version: {type: text, about: v}\n"
         "edges:\n  - {id: e, argv: [python, '${lock.lines}', '${out}/x'], outputs: {x: x}}");
  b.recipe("app",
           "steps:\n  - {id: c, rule: conda, packages: [mkl], channels: [intel]}\n  - {id: p, "
           "rule: python, requirements: [numpy], python_version: 3.11.2}");
  b.lock.add("conda-environment mkl from intel linux-64",
             {{},
              {"https://a.org/mkl.conda sha256=1", "https://a.org/tbb.conda sha256=2"},
              false,
              "mlpgen.lock"});
  b.lock.add("python-environment numpy cp311-x86_64",
             {{}, {"numpy==1.26.4 --hash=sha256:1"}, false, "mlpgen.lock"});
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  PlanAnswer a = b.answer();
  REQUIRE(a.fetches.size() == 2);
  CHECK(a.fetches[0].what == "2 conda packages");
  CHECK(a.fetches[1].what == "1 Python package");
  CHECK(a.fetches[0].host == "package index");
  CHECK(a.fetches[0].checked == "hashes");
}

TEST_CASE("a mirror's host is where the bytes come from") {
  QueryBench b;
  b.recipe("app", "steps: [{id: a, rule: get, urls: ['https://one.org/a/b=c'], name: a}]");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  Work w = b.work();
  std::vector<StepWork> steps = steps_of(w, EdgeBits(w.count(), true), *b.library);
  std::vector<Fetch> f = fetches_of(
      steps, b.lock,
      {"https://two.org/=http://localhost/", "https://one.org/a/=http://localhost:8000/"});
  CHECK(f.at(0).urls == std::vector<std::string>{"http://localhost:8000/b=c"});
  CHECK(f.at(0).host == "localhost:8000");
}

TEST_CASE("what steps make is added up, shards that are done left out") {
  QueryBench b;
  b.rule("prep",
         "kind: preprocess\nparams: {made: {type: text, about: m, default: ''}}\nedges:\n  - {id: "
         "e, argv: [prep, '${shard.index}', '${out}/x'], outputs: {x: x}}");
  b.rule("unpack",
         "kind: extract\nedges:\n  - {id: e, argv: [unpack, '${out}/x'], outputs: {x: x}}");
  b.recipe("app",
           "steps:\n  - {id: p, rule: prep, shards: '4', made: 50 x 1000 x 12}\n  - {id: u, rule: "
           "unpack}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  CHECK(b.answer().made.bytes == 600000);
  PlanAnswer a = b.answer({true});
  CHECK(a.made.bytes == 450000);
  CHECK(a.made.unknown == std::vector<std::string>{"app/u"});
  CHECK(line_of(plan_text(a), "disk") ==
        "at least 450.0 kB: 0 bytes fetched, 450.0 kB made by app/p; not known of 1 step that "
        "unpack, install or preprocess");
}

TEST_CASE("a valid run is as long as its round says, a test run as user.conf says") {
  QueryBench b;
  b.recipe("app",
           "flags: {valid: {env: VALID, help: h, default: 'no'}, duration: {env: DURATION, help: "
           "h, default: ''}}\nenv: {CM_MLPERF_ROUND: v5.1, CM_MLPERF_ROUND_MIN_DURATION: "
           "600000}\ndeps: [{tags: bench, env: {VALID: '${VALID}', DURATION: '${DURATION}'}}]");
  b.recipe(
      "bench",
      "inherits: [VALID, DURATION]\nsteps:\n  - {id: conf, rule: conf, settings: {min_duration: "
      "'${DURATION}', max_query_count: '100'}}\n"
      "  - {id: one, rule: run, from: ['${conf.file}'], require_valid: '${VALID}'}\n  - {id: "
      "two, rule: run, from: ['${conf.file}', '${one.x}'], require_valid: '${VALID}'}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  PlanAnswer a = b.answer();
  REQUIRE(a.runs.size() == 2);
  CHECK(least_ms(a) == 0);
  CHECK(a.runs[0].valid_least_ms == 600000);
  CHECK(line_of(plan_text(a), "time") ==
        "2 measurements, alone on the machine: no least time (a test run: user.conf says "
        "max_query_count = 100); a valid one takes at least 10 min");
  REQUIRE(b.plan("app --duration=5000"));
  CHECK(least_ms(b.answer()) == 10000);
  REQUIRE(b.plan("app --valid=yes --duration=5000"));
  CHECK(least_ms(b.answer()) == 1200000);
  CHECK(line_of(plan_text(b.answer()), "time") ==
        "2 measurements, alone on the machine: at least 20 min (the rules of v5.1 ask for it in a "
        "valid result)");
  CHECK(least_ms(b.answer({true, true})) == 600000);
}

TEST_CASE("what ends a run is said of each style") {
  QueryBench b;
  b.recipe("app",
           "flags: {style: {env: STYLE, help: h, default: test}, most: {env: MOST, help: h, "
           "default: ''}}\nsteps:\n  - {id: conf, rule: conf, style: '${STYLE}', settings: "
           "{max_duration: '${MOST}'}}\n  - {id: one, rule: run, from: ['${conf.file}']}");
  auto time_of = [&](const std::string& words) {
    REQUIRE_MESSAGE(b.plan(words), b.diagnostics());
    return line_of(plan_text(b.answer()), "time");
  };
  const std::string begin = "1 measurement, alone on the machine: no least time (a ";
  CHECK(time_of("app --style=fast") ==
        begin + "fast run: a fifth of the queries of a valid run end it)");
  CHECK(time_of("app --most=5000") == begin + "test run: user.conf says max_duration = 5000 ms)");
  CHECK(time_of("app") ==
        begin +
            "test run: user.conf sets neither a duration nor a number of queries, so LoadGen's "
            "own hold)");
}

TEST_CASE("copies to bring and steps that fail are said with the way out") {
  QueryBench b;
  b.rule("local",
         "kind: local\nmode: fetch\nlock: local\nparams:\n  path: {type: text, about: p}\n  what: "
         "{type: text, about: w}\n  how: {type: text, about: h}\n  bytes: {type: text, about: b, "
         "default: ''}\n"
         "edges:\n  - {id: e, argv: [link, '${path}', '${out}/x'], outputs: {x: x}}");
  b.rule("key",
         "kind: work\nlock: local\nparams:\n  file: {type: text, about: f}\nedges:\n  - {id: e, "
         "argv: [ssh, '${file}'], outputs: {x: x}}");
  b.rule("no",
         "kind: refuse\nparams:\n  reason: {type: text, about: r}\n  help: {type: text, about: "
         "h}\nedges:\n  - {id: e, argv: [no, '${out}/x'], outputs: {x: x}}");
  b.recipe("app",
           "steps:\n  - {id: in, rule: key, file: /dev/null}\n  - {id: data, rule: local, path: "
           "'', what: the data, how: fetch it, bytes: 2000000000}\n  - {id: no, rule: no, reason: "
           "nobody wrote it, help: do it by hand}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  std::string text = plan_text(b.answer());
  CHECK(line_of(text, "bring") == "the data (about 2.0 GB)");
  CHECK(text.find("fetch it") != std::string::npos);
  CHECK(line_of(text, "fails") == "app/no: nobody wrote it");
  CHECK(line_of(text, "ninja") == "3 edges to run; some cannot, see above");
  CHECK(line_of(plan_text(b.answer({true, true, true})), "ninja") == "nothing to do");
}

TEST_CASE("sizes and times read well") {
  CHECK(readable_time(100) == "1 s");
  CHECK(readable_time(600000) == "10 min");
  CHECK(readable_time(9000000) == "2 h 30 min");
  CHECK(bytes_of("500 x 602112") == 301056000);
  CHECK(!bytes_of("5 GB"));
  CHECK(!bytes_of("99999999999 x 99999999999"));
  CHECK(!bytes_of(""));
}

TEST_CASE("the calibration before a valid run is counted too") {
  QueryBench b;
  b.recipe("app",
           "env: {CM_MLPERF_ROUND: v5.1, CM_MLPERF_ROUND_MIN_DURATION: 600000}\ndeps: [{tags: "
           "bench}]");
  b.recipe("bench",
           "steps:\n  - {id: short, rule: conf, style: calibration, calibration_s: '30'}\n"
           "  - {id: one, rule: run, from: ['${short.file}']}\n"
           "  - {id: conf, rule: conf, style: valid}\n"
           "  - {id: two, rule: run, from: ['${conf.file}', '${one.x}'], require_valid: 'yes'}");
  REQUIRE_MESSAGE(b.plan("app"), b.diagnostics());
  PlanAnswer a = b.answer();
  REQUIRE(a.runs.size() == 2);
  CHECK(least_ms(a) == 630000);
  CHECK(a.runs[0].why == "a calibration: it finds the target of the run after it");
  CHECK(!a.runs[0].valid_least_ms);
}

// What mlpgen's own checker found: breaches of the rules, what was not checked, and the results
// that count.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "round/round.h"

namespace mlpgen::submission {

// A file or folder of the tree, and a line of it where there is one.
struct Where {
  std::string path;  // below the tree's root
  size_t line = 0;   // from 1; 0: the whole of it
  Where(std::string file, size_t number = 0) : path(std::move(file)), line(number) {}
  Where(const char* file) : path(file) {}
  std::string text() const { return line == 0 ? path : path + ":" + std::to_string(line); }
};

struct Breach {
  Strictness severity = Strictness::kError;
  std::string rule;  // a stable word, e.g. "seeds", "missing-file"
  Where where;
  std::string message;  // what is wrong, with the wanted and the found value
  std::string help;     // what to do
  size_t results = 0;   // that it concerns; 0: no single one
};

struct CheckReport {
  std::string round;                                        // "v5.1"
  std::vector<Breach> breaches;                             // in the order of the tree, each once
  std::vector<std::string> not_checked;                     // sentences
  size_t results = 0;                                       // results without an error
  size_t refused = 0;                                       // results with one
  std::map<std::string, std::set<std::string>> refused_by;  // folder of a result -> rules it breaks
  std::vector<std::vector<std::string>> rows;  // of summary.csv, one a result that counts

  // What is said from now on concerns this result (its folder); "" = no single one.
  void begin_result(std::string folder) {
    result_ = std::move(folder);
    refused_here_ = false;
  }
  // Whether an error was said of that result, be it one that concerns others, too.
  bool result_refused() const { return refused_here_; }
  void error(std::string rule, Where where, std::string message, std::string help);
  void say(Strictness severity, std::string rule, Where where, std::string message,
           std::string help);
  void leave_out(const std::string& sentence);  // adds to not_checked, once
  void add(const CheckReport& later);           // everything that another report says
  size_t errors() const;
  bool ok() const { return errors() == 0; }

 private:
  std::string result_;
  bool refused_here_ = false;
  std::map<std::string, std::pair<size_t, std::string>>
      known_;  // what was said -> its place in breaches, the last result that it was said of
};

// Sentences for a terminal, errors first, then the verdict. What many results have in common is
// told once: where it is first, at how many further places, how many results it concerns.
std::string to_text(const CheckReport& report);
// check.json: {format, checker, round, verdict: "ok"|"errors", results, refused, breaches
// (severity, rule, where, line if there is one, message, help, results), refused_results (result,
// rules), not_checked}.
std::string to_json(const CheckReport& report);

}  // namespace mlpgen::submission

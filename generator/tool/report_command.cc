// mlpgen-tool report
#include <iostream>

#include "base/subcommand.h"
#include "file/file.h"
#include "tree/report.h"

namespace mlpgen::submission {

namespace {

// The texts of the page; an error names the file that is not there.
Result<ReportPage> page_parts(const Arguments& a) {
  const std::string folder = a.text("templates") + "/report.";
  ReportPage parts;
  for (auto& [text, path] : {std::pair{&parts.frame, folder + "html"},
                             {&parts.style, folder + "css"},
                             {&parts.script, folder + "js"}}) {
    Result<std::string> read = read_file(path);
    if (!read) return read.error();
    *text = std::move(*read);
  }
  for (const std::string& path : a.list("plots")) {
    Result<std::string> read = read_file(path);
    if (!read) return read.error();
    parts.library.push_back(std::move(*read));
  }
  return parts;
}

Result<int> report(const Arguments& a) {
  ReportRequest r{a.text("summary"), a.list("performance"), a.text("system"), a.text("lock_file"),
                  a.text("request_file")};
  Result<nlohmann::ordered_json> report = make_report(r);
  if (!report) return report.error();
  Result<ReportPage> parts = page_parts(a);
  if (!parts) return parts.error();
  const std::string out = a.text("out") + "/report.";
  for (const auto& [form, text] :
       {std::pair{
            "json",
            report->dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n"},
        {"csv", report_csv(*report)},
        {"html", report_page(*report, *parts)}})
    if (Status s = write_file(out + form, text); !s) return s.error();
  std::cout << out << "html\n";
  return 0;
}

const Registered kReport(
    {"report", report,
     "report.html shows report.json, which report.csv has as a table: result, latencies, accuracy, "
     "settings, system, inputs.\n"
     "The page asks nothing of a network; docs/report.md has the keys of the JSON."});

}  // namespace

}  // namespace mlpgen::submission

#include "tree/power.h"

#include <nlohmann/json.hpp>

#include "file/file.h"

namespace mlpgen::submission {

std::vector<PowerFile> power_files(const ResultPlace& place, const std::string& performance) {
  if (!exists(performance + "/power")) return {};
  std::vector<PowerFile> files;
  std::string runs = place.result() + "/performance/";
  for (const char* name :
       {"client.json", "client.log", "ptd_logs.txt", "server.json", "server.log"})
    files.push_back({runs + "power/" + name, performance + "/power/" + name});
  for (const char* name : {"mlperf_log_detail.txt", "mlperf_log_summary.txt", "spl.txt"})
    files.push_back({runs + "ranging/" + name, performance + "/ranging/" + name});
  files.push_back({place.performance() + "/spl.txt", performance + "/spl.txt"});
  for (const char* name : {"analyzer_table.md", "power_settings.md"})
    files.push_back({place.measurements() + "/" + name, performance + "/" + name});
  return files;
}

Result<std::optional<bool>> is_simulated_power(const std::string& folder) {
  std::string path = folder + "/server.json";
  if (!exists(path)) return std::optional<bool>();
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  nlohmann::json server = nlohmann::json::parse(*text, nullptr, false);
  if (!server.is_object() || !server["ptd_messages"].is_array())
    return Error{path + " is not what power-dev's server writes", "measure again"};
  for (const nlohmann::json& message : server["ptd_messages"])
    if (message.is_object() && message.value("cmd", nlohmann::json()) == "Identify")
      if (nlohmann::json reply = message.value("reply", nlohmann::json()); reply.is_string())
        return std::optional(reply.get<std::string>().find("simulated") != std::string::npos);
  return Error{path + " does not say which analyser measured", "measure again"};
}

std::string with_simulated_power(const std::string& sentence) {
  return sentence + (sentence.empty() ? "" : "; ") +
         "simulated power: the analyser says that it is simulated, so the watts are no measurement";
}

}  // namespace mlpgen::submission

// Rules of systems/SYSTEM.json: submission.md §2.1.
#include <array>

#include "checker/result_under_check.h"
#include "loadgen/python_text.h"
#include "round/system_keys.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

constexpr std::array kNetwork = {"is_network",
                                 "network_type",
                                 "network_media",
                                 "network_rate",
                                 "nic_loadgen",
                                 "number_nic_loadgen",
                                 "net_software_stack_loadgen",
                                 "network_protocol",
                                 "number_connections",
                                 "nic_sut",
                                 "number_nic_sut",
                                 "net_software_stack_sut",
                                 "network_topology"};

void require(ResultUnderCheck& r, const char* key, bool filled) {
  std::string where = r.place.system_json();
  auto at = r.system.find(key);
  if (at == r.system.end())
    return r.error("missing-key", where, std::string("the system description has no '") + key + "'",
                   std::string("add \"") + key + "\"");
  if (!filled || is_true(*at)) return;
  bool zero = at->is_number();
  r.report.say(r.round.strictness(Rule::kEmptyValues), std::string(word_of(Rule::kEmptyValues)),
               where,
               std::string("'") + key + "' is " +
                   (zero ? "the number 0, which the checkers take for empty" : "empty"),
               zero ? std::string("write it as text: \"") + key + "\": \"0\""
                    : std::string("write something, e.g. \"N/A\""));
}

void equal_to_folder(ResultUnderCheck& r, const char* key, const std::string& folder) {
  std::string found = text_in(r.system, key);
  bool exact = key == std::string("division") && !r.modular();
  if (exact ? found == folder : lower(found) == lower(folder)) return;
  r.error(key, r.place.system_json(),
          std::string("'") + key + "' is '" + found + "', but the folder is " + folder,
          std::string("write \"") + key + "\": \"" + folder + "\"");
}

void check_words(ResultUnderCheck& r) {
  std::string where = r.place.system_json();
  std::string status = text_in(r.system, "status");
  if (std::string s = lower(status); s != "available" && s != "preview" && s != "rdi")
    r.error("status", where, "'status' is '" + status + "'", "write available, preview or rdi");
  std::string type = text_in(r.system, "system_type");
  if (type != "datacenter" && type != "edge" && type != "datacenter,edge" &&
      type != "edge,datacenter")
    r.error("system-type", where, "'system_type' is '" + type + "'",
            "write datacenter, edge or datacenter,edge");
}

void check_whole_numbers(ResultUnderCheck& r) {
  for (const char* key : {"number_of_nodes", "accelerators_per_node"}) {
    auto at = r.system.find(key);
    if (at == r.system.end() || python_int(*at)) continue;
    r.error("whole-number", r.place.system_json(),
            std::string("'") + key + "' is '" + python_text(*at) + "', which is not a whole number",
            std::string("write e.g. \"") + key + "\": \"1\"");
  }
}

void check_division(ResultUnderCheck& r) {
  bool network = is_network_system(r.system);
  bool wrong =
      (r.place.division == "network" && !network) || (r.place.division == "closed" && network);
  if (wrong)
    r.error("network", r.place.system_json(),
            "'is_network' is " + std::string(network ? "true" : "not true") +
                ", which the division " + r.place.division + " does not allow",
            r.place.division == "network" ? "write \"is_network\": \"true\""
                                          : "use the division network or open");
}

// Keys that are text in every submission; a number or a list there stops the official checker.
bool has_text_only(ResultUnderCheck& r) {
  bool fine = true;
  for (const char* key :
       {"division", "submitter", "status", "system_type", "is_network", "hw_notes", "sw_notes"}) {
    auto at = r.system.find(key);
    if (at == r.system.end() || at->is_string()) continue;
    r.error("wrong-type", r.place.system_json(),
            std::string("'") + key + "' must be text, not " + at->dump(),
            std::string("write \"") + key + "\": \"...\"");
    fine = false;
  }
  return fine;
}

}  // namespace

bool is_network_system(const nlohmann::json& system) {
  if (!system.is_object() || !system.contains("is_network") || !system["is_network"].is_string())
    return false;
  return lower(system["is_network"].get<std::string>()) == "true";
}

void check_system(ResultUnderCheck& r) {
  if (!r.system.is_object()) return;
  for (const SystemKey& key : system_keys(r.round)) require(r, key.name.data(), !key.may_be_empty);
  // The modular checker takes any text for yes here, even "false".
  bool modular = r.round.checker.kind == CheckerKind::kModular;
  bool said = r.system.contains("is_network") && is_true(r.system["is_network"]);
  if (modular ? said : is_network_system(r.system))
    for (const char* key : kNetwork) require(r, key, false);
  if (modular) check_whole_numbers(r);  // for summary.csv; the single files take any text
  if (!has_text_only(r)) return;
  check_words(r);
  equal_to_folder(r, "submitter", r.place.submitter);
  equal_to_folder(r, "division", r.place.division);
  check_division(r);
}

}  // namespace mlpgen::submission

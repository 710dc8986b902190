// The file of identities, read and written.
#include "command/run_directory/identities.h"

#include <nlohmann/json.hpp>

#include "command/request/session.h"
#include "file/file.h"
#include "file/sealed.h"

namespace mlpgen {
namespace {

using Json = nlohmann::json;

std::string file_name() { return std::string(kStateFolder) + "/identities.json"; }

Json to_json(const IdentityRecord& r) { return {{"identity", r.identity}, {"parts", r.parts}}; }

IdentityRecord record_of(const Json& j) {
  IdentityRecord r;
  if (!j.is_object()) return r;
  r.identity = j.value("identity", "");
  r.parts = j.value("parts", r.parts);
  return r;
}

}  // namespace

Identities read_identities() {
  Identities all;
  std::optional<std::string> text = read_sealed(file_name());
  Json j = text ? Json::parse(*text, nullptr, false) : Json();
  if (!j.is_object() || j.value("format", 0) != 1 || !j.contains("edges")) return all;
  try {
    for (const auto& [name, e] : j["edges"].items())
      all[name] = {record_of(e), record_of(e.value("former", Json()))};
  } catch (const Json::exception&) {
    return {};  // it only serves explanations: a damaged one is begun anew
  }
  return all;
}

Result<bool> update_identities(const Plan& plan) {
  Identities all = read_identities();
  for (const Edge& e : plan.edges) {
    IdentityHistory& h = all[e.name];
    if (h.now.identity == e.identity) continue;
    if (!h.now.identity.empty()) h.former = std::move(h.now);
    h.now = {e.identity, e.parts};
  }
  Json edges = Json::object();
  for (const auto& [name, h] : all) {
    edges[name] = to_json(h.now);
    if (!h.former.identity.empty()) edges[name]["former"] = to_json(h.former);
  }
  Json j = {{"format", 1}, {"edges", edges}};
  return write_file_if_changed(
      file_name(), sealed(j.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"));
}

}  // namespace mlpgen

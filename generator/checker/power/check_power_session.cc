// Rules of client.json and server.json, which power-dev's client and server write.
#include <algorithm>
#include <charconv>

#include "checker/power/power_run.h"
#include "file/digest.h"
#include "file/file.h"
#include "file/sha1.h"
#include "loadgen/python_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

using Json = nlohmann::json;

constexpr const char* kMeasureAgain = "measure again with an unchanged release of power-dev";

// A value below two keys, or null.
const Json& below(const Json& object, const char* key, const char* inner) {
  static const Json kNone;
  if (!object.contains(key) || !object[key].is_object() || !object[key].contains(inner))
    return kNone;
  return object[key][inner];
}

std::string digest_of(const Json& sources) {
  Sha256 digest;
  if (sources.is_object())
    for (const auto& [path, hash] : sources.items())
      digest.update(path + " " + (hash.is_string() ? hash.get<std::string>() : "?") + "\n");
  return digest.hex();
}

void check_sources(const PowerRun& run, const Json& session, const char* file) {
  std::string digest = digest_of(session["sources"]);
  if (std::find(run.rules.sources.begin(), run.rules.sources.end(), digest) !=
      run.rules.sources.end())
    return;
  run.fault(run.path(file),
            "the sources that it names are of no release of power-dev that " +
                run.result.round.name.value + " takes",
            "measure with the release that the round names, unchanged");
}

// The command and reply of each exchange with PTDaemon; empty: not of this form, which is said.
class Exchanges {
 public:
  explicit Exchanges(const PowerRun& run) : run_(run), where_{run.path("power/server.json")} {}

  void check() {
    if (!load()) return;
    check_identity();
    check_replies("SR,A", "Range A changed");
    check_replies("SR,V", "Range V changed");
    check_replies("Go,1000,",
                  "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup "
                  "samples");
    check_stops();
    check_ranges();
  }

 private:
  struct Exchange {
    std::string command, reply;
  };

  bool load() {
    const Json& list = run_.server.contains("ptd_messages") ? run_.server["ptd_messages"] : Json();
    if (list.is_array())
      for (const Json& entry : list) {
        bool texts = entry.is_object() && entry.contains("cmd") && entry["cmd"].is_string() &&
                     entry.contains("reply") && entry["reply"].is_string();
        if (!texts) break;
        all_.push_back({entry["cmd"], entry["reply"]});
      }
    if (all_.size() > 2 && all_.size() == list.size()) return true;
    run_.fault(where_, "'ptd_messages' is no list of commands and replies of SPEC PTDaemon",
               kMeasureAgain);
    return false;
  }

  void check_identity() {
    std::string reply;
    for (const Exchange& e : all_)
      if (e.command == "Identify") {
        reply = e.reply;
        break;
      }
    std::string name = reply.substr(0, reply.find(','));
    const auto& known = power_analysers();
    if (std::none_of(known.begin(), known.end(), [&](const PowerAnalyser& a) {
          return a.name == name && (run_.rules.direct_current || !a.direct_current);
        }))
      run_.fault(where_,
                 "the power analyser '" + name + "' is not one that " +
                     run_.result.round.name.value + " takes",
                 "measure with a Yokogawa WT210, WT310, WT330 or WT500");
    std::string version = version_in(reply);
    if (version != run_.rules.ptdaemon)
      run_.fault(where_,
                 "SPEC PTDaemon is of version '" + version + "'; " + run_.result.round.name.value +
                     " asks for " + std::string(run_.rules.ptdaemon),
                 "measure with that version");
  }

  static std::string version_in(const std::string& reply) {
    constexpr std::string_view kMark = "version=";
    size_t at = reply.find(kMark);
    if (at == std::string::npos) return "";
    size_t begin = at + kMark.size(), end = reply.find('-', begin);
    return end == std::string::npos ? "" : reply.substr(begin, end - begin);
  }

  void wrong_reply(const Exchange& e, const std::string& wanted) {
    run_.fault(
        where_,
        "SPEC PTDaemon answered '" + e.command + "' by '" + e.reply + "', not by '" + wanted + "'",
        kMeasureAgain);
  }

  void check_replies(std::string_view command, const std::string& wanted) {
    for (const Exchange& e : all_)
      if (e.command.starts_with(command) && e.reply != wanted) wrong_reply(e, wanted);
  }

  // The third Stop comes after the last measurement, so there is none to stop.
  void check_stops() {
    std::string wanted = "Stopping untimed measurement";
    size_t stops = 0;
    for (const Exchange& e : all_) {
      if (!e.command.starts_with("Stop")) continue;
      if (e.command == "Stop" && ++stops == 3) wanted = "Error: no measurement to stop";
      if (e.reply != wanted) wrong_reply(e, wanted);
    }
  }

  // The n-th command that begins so; "" where there are fewer.
  std::string command(std::string_view beginning, size_t n) const {
    for (const Exchange& e : all_)
      if (e.command.starts_with(beginning) && --n == 0) return e.command;
    return "";
  }

  // The range that the analyser had before the measurement, in the third reply: "0,VALUE" is fixed.
  std::optional<std::string> initial_range(size_t field) const {
    std::vector<std::string> fields = split(all_[2].reply, ',');
    if (fields.size() <= field) return std::nullopt;
    if (fields[field] != "0") return "Auto";
    if (fields.size() <= field + 1) return std::nullopt;
    const std::string& text = fields[field + 1];
    double value = 0;
    auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (why != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value > 0 ? text : "Auto";
  }

  void check_ranges() {
    std::optional<std::string> amps = initial_range(1), volts = initial_range(3);
    if (!amps || !volts)
      return run_.fault(where_, "the third reply of SPEC PTDaemon has no ranges: " + all_[2].reply,
                        kMeasureAgain);
    std::string third = command("SR,A", 3), fourth = command("SR,A", 4);
    bool current =
        third == "SR,A," + *amps || (run_.rules.fourth_current && fourth == "SR,A," + *amps);
    if (third.empty() || (run_.rules.fourth_current && fourth.empty())) current = false;
    if (!current)
      run_.fault(where_, "the current range was not set back to '" + *amps + "' after the test",
                 kMeasureAgain);
    if (command("SR,V", 3) != "SR,V," + *volts)
      run_.fault(where_, "the voltage range was not set back to '" + *volts + "' after the test",
                 kMeasureAgain);
  }

  const PowerRun& run_;
  Where where_;
  std::vector<Exchange> all_;
};

// The 32 digits of a UUID; "" where it is none.
std::string uuid_digits(const Json& value) {
  if (!value.is_string()) return "";
  std::string digits = lower(replace_all(value.get<std::string>(), "-", ""));
  return is_hex(digits, 32) ? digits : "";
}

void check_names(const PowerRun& run) {
  std::string where = run.path("power/server.json");
  for (const char* side : {"client", "server"}) {
    std::string uuid = uuid_digits(below(run.client, "uuid", side));
    if (uuid.empty() || uuid != uuid_digits(below(run.server, "uuid", side)))
      run.fault(where, std::string("the ") + side + "'s uuid is not that of client.json",
                "take both files of one session");
  }
  if (run.client["session_name"] != run.server["session_name"])
    run.fault(where, "the session's name is not that of client.json",
              "take both files of one session");
}

// "mlcommons/power client v3" -> "3"
std::string version_after(const std::string& text, const std::string& mark) {
  size_t at = text.rfind(mark);
  std::string digits = at == std::string::npos ? "" : text.substr(at + mark.size());
  bool all = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return all ? digits : "";
}

void check_messages(const PowerRun& run) {
  std::string where = run.path("power/server.json");
  const Json &client = run.client["messages"], &server = run.server["messages"];
  if (!client.is_array() || !server.is_array() || client.empty() || client.size() != server.size())
    return run.fault(where, "client.json and server.json hold not as many messages",
                     "take both files of one session");
  for (size_t i = 0; i < client.size(); ++i) {
    std::string command = text_in(server[i], "cmd");
    bool equal =
        !command.empty() && command == text_in(client[i], "cmd") &&
        (command == "time" || (client[i].contains("reply") && server[i].contains("reply") &&
                               client[i]["reply"] == server[i]["reply"]));
    if (!equal)
      return run.fault(
          where,
          "message " + std::to_string(i + 1) + " ('" + command + "') is not that of client.json",
          "take both files of one session");
  }
  std::string mine = version_after(text_in(server[0], "cmd"), "mlcommons/power client v");
  if (mine.empty() ||
      mine != version_after(text_in(server[0], "reply"), "mlcommons/power server v"))
    run.fault(where, "the first message does not say that client and server are of one version",
              kMeasureAgain);
}

// Each file has the SHA-1 that client and server noted when they wrote it.
void check_digests(const PowerRun& run) {
  for (const char* name :
       {"power/client.log", "power/ptd_logs.txt", "power/server.log",
        "ranging/mlperf_log_detail.txt", "ranging/mlperf_log_summary.txt", "ranging/spl.txt",
        "run_1/mlperf_log_detail.txt", "run_1/mlperf_log_summary.txt", "run_1/spl.txt"}) {
    const Json& client = below(run.client, "results", name);
    const Json& server = below(run.server, "results", name);
    Result<std::string> bytes = read_file(run.result.root + "/" + run.path(name));
    if (!bytes) {
      run.fault(run.path(name), bytes.error().message, "copy it from power-dev's output");
      continue;
    }
    const Json& noted = server.is_null() ? client : server;
    if (noted.is_null())
      run.fault(run.path(name), "neither client.json nor server.json notes its digest",
                kMeasureAgain);
    else if ((!client.is_null() && client != noted) || noted != sha1(*bytes))
      run.fault(run.path(name), "it is not the file whose SHA-1 the session noted",
                "copy it unchanged from power-dev's output");
  }
}

// Two channels of a multichannel analyser: `-c 1,2` in its command, and both in `channel`.
bool has_two_channels(const Json& analyser) {
  std::string channels;
  if (!analyser.contains("command") || !analyser["command"].is_array()) return false;
  const Json& words = analyser["command"];
  for (size_t i = 0; i + 1 < words.size() && channels.empty(); ++i)
    if (words[i] == "-c" && words[i + 1].is_string()) channels = words[i + 1];
  return std::count(channels.begin(), channels.end(), ',') == 1 && analyser.contains("channel") &&
         analyser["channel"].is_array() && analyser["channel"].size() == 2;
}

void check_analyser(const PowerRun& run, const Json& analyser) {
  constexpr int64_t kMultichannel = 77;
  std::string where = run.path("power/server.json");
  if (!analyser.is_object() || !analyser.contains("device_type"))
    return run.fault(where, "'ptd_config' names no device_type", kMeasureAgain);
  const Json& type = analyser["device_type"];
  const auto& known = power_analysers();
  if (std::none_of(known.begin(), known.end(), [&](const PowerAnalyser& a) {
        return type == a.device_type && (run.rules.direct_current || !a.direct_current);
      }))
    return run.fault(where, "the device type " + type.dump() + " is not one that the round takes",
                     "measure with a supported analyser; type 0 is a simulated one");
  if (type == kMultichannel && !has_two_channels(analyser))
    run.fault(where, "a multichannel analyser was not used with two channels",
              "name both channels in server.conf");
}

void check_configuration(const PowerRun& run) {
  std::string where = run.path("power/server.json");
  const Json config = run.server.contains("ptd_config") ? run.server["ptd_config"] : Json();
  if (run.rules.analyser_list && config.is_array())
    for (const Json& analyser : config) check_analyser(run, analyser);
  else if (run.rules.analyser_list)
    run.fault(where, "'ptd_config' is no list of analysers", kMeasureAgain);
  else
    check_analyser(run, config);
  if (run.server.contains("debug") && run.server["debug"] != Json(false))
    run.fault(where, "the server ran in debug mode", "measure again without it");
}

}  // namespace

void check_power_session(const PowerRun& run) {
  check_sources(run, run.client, "power/client.json");
  check_sources(run, run.server, "power/server.json");
  Exchanges(run).check();
  check_names(run);
  check_messages(run);
  check_digests(run);
  check_configuration(run);
}

}  // namespace mlpgen::submission

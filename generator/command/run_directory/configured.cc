// .mlpgen/configured: the digest of everything that a configure depends on, and what it said.
#include "command/run_directory/configured.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "command/version.h"
#include "file/digest.h"
#include "file/file.h"

namespace mlpgen {
namespace {

using Json = nlohmann::json;

// The clock of a file system ticks every few milliseconds, so a file may seem that much older than
// it is.
constexpr int64_t kTick = 20'000'000;

std::string state(const char* name) { return std::string(kStateFolder) + "/" + name; }

int64_t ns(const timespec& t) { return static_cast<int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec; }

// Two times: mtime tells of contents and of entries; ctime also of modes, and of an mtime that was
// set back.
std::string stamp(const std::string& path, int64_t& newest) {
  struct stat st {};
  if (stat(path.c_str(), &st) != 0) return "absent";
  newest = std::max({newest, ns(st.st_mtim), ns(st.st_ctim)});
  return std::to_string(st.st_size) + " " + std::to_string(ns(st.st_mtim)) + " " +
         std::to_string(ns(st.st_ctim)) + " " + std::to_string(st.st_ino) + " " +
         std::to_string(st.st_dev);
}

struct Digest {
  std::string hex;
  int64_t newest_input = 0;  // ns since 1970
};

// Nothing where the facts of this machine cannot be read.
std::optional<Digest> digest_of(const Session& s, const std::vector<std::string>& inputs,
                                const Configured& said) {
  Result<std::map<std::string, std::string>> facts = read_facts();
  if (!facts) return std::nullopt;
  Digest d;
  int64_t ignored = 0;
  Sha256 all;
  auto list = [&](const std::vector<std::string>& fields) {
    all.field(std::to_string(fields.size()));
    for (const std::string& f : fields) all.field(f);
  };
  list({kVersion, stamp(s.installation.mlpgen, ignored), s.installation.root, s.installation.mlpgen,
        s.installation.edge, s.installation.tool});
  list(s.saved.words);
  list({s.saved.directory, s.saved.path, s.saved.lock, s.saved.presets,
        s.json      ? "json"
        : s.quiet   ? "quiet"
        : s.verbose ? "verbose"
                    : "text",
        s.in_directory(), said.summary, said.warnings});
  list(s.saved.trusted);
  list(s.saved.mirrors);
  list({s.saved.offline ? "offline" : "", to_word(s.saved.lock_use), s.saved.vendor});
  for (const Link& l : said.links) list({l.name, l.directory, l.to});
  for (const auto& [name, fact] : *facts) list({name, fact});
  for (const std::string& path : inputs) list({path, stamp(path, d.newest_input)});
  // Configure makes this file itself, so that its time says nothing.
  Result<std::string> attempts = read_file(state("attempts.json"));
  list({attempts ? *attempts : ""});
  for (const std::string& written :
       {std::string("build.ninja"), state("plan"), state("request.json"), state("fetch.json"),
        state("identities.json"), state("askers.json"), state("say/help")})
    list({written, sha256_file(written).value_or("absent")});
  d.hex = all.hex();
  return d;
}

std::optional<Configured> read_configured(std::string& digest) {
  Result<std::string> text = read_file(state("configured"));
  Json j = text ? Json::parse(*text, nullptr, false) : Json();
  if (!j.is_object() || j.value("format", 0) != 1) return std::nullopt;
  try {
    Configured c;
    digest = j.at("digest").get<std::string>();
    c.inputs = j.at("inputs").get<std::vector<std::string>>();
    for (const Json& l : j.at("links")) c.links.push_back({l.at(0), l.at(1), l.at(2)});
    c.summary = j.at("summary").get<std::string>();
    c.warnings = j.at("warnings").get<std::string>();
    return c;
  } catch (const Json::exception&) {
    return std::nullopt;  // damaged: configure does its work again and writes it anew
  }
}

}  // namespace

int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<Configured> unchanged(const Session& s) {
  std::string digest;
  std::optional<Configured> c = read_configured(digest);
  std::optional<Digest> now = c ? digest_of(s, c->inputs, *c) : std::nullopt;
  if (!now || now->hex != digest) return std::nullopt;
  return c;
}

void keep_configured(const Session& s, const Configured& c, int64_t began_ns) {
  std::optional<Digest> d = digest_of(s, c.inputs, c);
  if (!d || d->newest_input >= began_ns - kTick) return;
  Json j = {{"format", 1},          {"digest", d->hex},
            {"inputs", c.inputs},   {"links", Json::array()},
            {"summary", c.summary}, {"warnings", c.warnings}};
  for (const Link& l : c.links) j["links"].push_back({l.name, l.directory, l.to});
  write_cache(state("configured"), j.dump(0, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace mlpgen

// explain KEY: every instance that has the key, who set it and what that beat.
#include <algorithm>

#include "base/text.h"
#include "command/explain.h"

namespace mlpgen {
namespace {

std::string shown(const Value& v) { return readable(join(v.items, ",")); }

Answer setter_json(const Setter& s, const Sources& sources) {
  return {{"value", shown(s.value)},
          {"rank", to_word(s.rank)},
          {"set_by", s.who},
          {"place", sources.describe(s.span)}};
}

Answer binding_json(const Instance& i, const Binding& b, const Sources& sources) {
  Answer j = {{"recipe", i.recipe->id.value},
              {"variations", i.variations},
              {"value", shown(b.value)},
              {"set_by", setter_json(b.winner, sources)},
              {"beat", Answer::array()}};
  for (const Setter& s : b.beaten) j["beat"].push_back(setter_json(s, sources));
  return j;
}

std::string setter_line(const Answer& s) {
  std::string place = s.value("place", ""), rank = s.value("rank", ""), who = s.value("set_by", "");
  std::string by = who.find(rank) != std::string::npos || who.starts_with("--") ||
                           who.starts_with("preset") || who.starts_with("default of")
                       ? who
                       : who + " (" + rank + ")";
  return by + (place.empty() ? "" : "  " + place);
}

}  // namespace

Answer explain_key(const Asked& asked, const std::string& what) {
  std::string key = what;
  if (what.starts_with("--"))
    for (const Instance& i : asked.resolution.instances)
      if (const Flag* f = i.recipe->find_flag(replace_all(what.substr(2), "-", "_")))
        key = f->key.value;
  Answer instances = Answer::array();
  for (const Instance& i : asked.resolution.instances) {
    auto it = i.env.find(key);
    if (it == i.env.end()) continue;
    Answer one = binding_json(i, it->second, asked.session.sources);
    auto same = std::find_if(instances.begin(), instances.end(), [&](const Answer& o) {
      return o["recipe"] == one["recipe"] && o["value"] == one["value"] &&
             o["set_by"] == one["set_by"] && o["beat"] == one["beat"];
    });
    if (same == instances.end()) {
      one["instances"] = 1;
      instances.push_back(std::move(one));
    } else {
      (*same)["instances"] = (*same)["instances"].get<int>() + 1;
    }
  }
  if (instances.empty()) return {};
  return {{"format", 1}, {"kind", "key"}, {"key", key}, {"instances", instances}};
}

std::string key_text(const Answer& a) {
  std::string key = a["key"], out = key + "\n";
  for (const Answer& i : a["instances"]) {
    int count = i["instances"];
    std::string value = i["value"], written = i["set_by"]["value"];
    out += "  " + i["recipe"].get<std::string>() +
           (count > 1 ? "  (" + std::to_string(count) + " instances)" : "") + "\n";
    out += "    = " + (value.empty() ? "(empty)" : value) + "\n";
    out += "      set by " + setter_line(i["set_by"]) + "\n";
    if (written != value && !key.starts_with('+')) out += "      written as " + written + "\n";
    for (const Answer& b : i["beat"]) {
      std::string lost = b["value"];
      out += "      " + std::string(key.starts_with('+') ? "joined with " : "beat ") +
             (lost.empty() ? "(empty)" : lost) + " of " + setter_line(b) + "\n";
    }
  }
  return out;
}

}  // namespace mlpgen

// .mlpgen/plan: written by hand, since a JSON library is the slowest part of a plan of 100,000 edges.
#include <algorithm>
#include <array>
#include <numeric>

#include "manifest/ninja.h"

namespace mlpgen {
namespace {

// Which bytes JSON wants escaped: a table, since every byte of the plan is asked for.
constexpr std::array<bool, 256> kSpecial = [] {
  std::array<bool, 256> t{};
  for (size_t i = 0; i < 0x20; ++i) t[i] = true;
  t['"'] = t['\\'] = true;
  return t;
}();
bool special(char c) { return kSpecial[static_cast<unsigned char>(c)]; }

void add_string(std::string& out, std::string_view text) {
  static const char* kHex = "0123456789abcdef";
  out += '"';
  // Most texts hold nothing to escape and go in whole.
  while (!text.empty()) {
    size_t plain = 0;
    while (plain < text.size() && !special(text[plain])) ++plain;
    out.append(text, 0, plain);
    if (plain == text.size()) break;
    char c = text[plain];
    auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else {
      out += "\\u00";
      out += kHex[u >> 4];
      out += kHex[u & 15];
    }
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

void add_strings(std::string& out, const std::vector<std::string>& items) {
  out += '[';
  for (size_t i = 0; i < items.size(); ++i) {
    if (i) out += ',';
    add_string(out, items[i]);
  }
  out += ']';
}

void add_field(std::string& out, const char* name, std::string_view value) {
  out += ",\"";
  out += name;
  out += "\":";
  add_string(out, value);
}

void add_inputs(std::string& out, const Edge& e) {
  out += ",\"inputs\":[";
  for (size_t i = 0; i < e.inputs.size(); ++i) {
    if (i) out += ',';
    out += "{\"path\":";
    add_string(out, e.inputs[i].path);
    if (e.inputs[i].fetched) out += ",\"fetched\":true";
    if (!e.inputs[i].sha256.empty()) add_field(out, "sha256", e.inputs[i].sha256);
    out += '}';
  }
  out += ']';
}

void add_line(std::string& out, const Edge& e) {
  out += "{\"identity\":";
  add_string(out, e.identity);
  add_field(out, "name", e.name);
  add_field(out, "about", e.about);
  add_field(out, "directory", e.directory);
  add_field(out, "mode", e.mode);
  out += ",\"argv\":";
  add_strings(out, e.argv);
  out += ",\"env\":{";
  for (size_t i = 0; i < e.env.size(); ++i) {
    if (i) out += ',';
    add_string(out, e.env[i].first);
    out += ':';
    add_string(out, e.env[i].second);
  }
  out += "},\"pass_env\":";
  add_strings(out, e.pass_env);
  out += ",\"secrets\":";
  add_strings(out, e.secrets);
  out += ",\"cwd\":\".\"";
  add_inputs(out, e);
  out += ",\"outputs\":";
  add_strings(out, e.outputs);
  out += ",\"links\":[";
  for (size_t i = 0; i < e.links.size(); ++i) {
    if (i) out += ',';
    out += "{\"name\":";
    add_string(out, e.links[i].first);
    add_field(out, "to", e.links[i].second);
    out += '}';
  }
  out += "]}\n";
}

}  // namespace

std::string to_plan_file(const Plan& plan) {
  std::vector<uint32_t> order(plan.edges.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return plan.edges[a].identity < plan.edges[b].identity; });
  std::string out;
  out.reserve(plan.edges.size() * 600);
  for (uint32_t i : order) add_line(out, plan.edges[i]);
  return out;
}

}  // namespace mlpgen

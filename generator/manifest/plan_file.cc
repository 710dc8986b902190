// .mlpgen/plan: written by hand, since a JSON library is the slowest part of a plan of 100,000
// edges.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <future>

#include "file/sealed.h"
#include "manifest/escape.h"
#include "manifest/ninja.h"

namespace mlpgen {
namespace {

void add_escaped(PieceWriter& out, char c) {
  static const char* kHex = "0123456789abcdef";
  auto u = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\')
    out << '\\' << c;
  else
    out << "\\u00" << kHex[u >> 4] << kHex[u & 15];
}

void add_string(PieceWriter& out, std::string_view text) {
  out << '"';
  for (;;) {
    size_t plain = plain_length(
        text, [](uint64_t b) { return has_below(b, 0x20) | has_byte(b, '"') | has_byte(b, '\\'); },
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
    out << text.substr(0, plain);
    if (plain == text.size()) break;
    add_escaped(out, text[plain]);
    text.remove_prefix(plain + 1);
  }
  out << '"';
}

// The items with commas between; `add` writes one.
template <class Items, class Add>
void add_items(PieceWriter& out, const Items& items, Add add) {
  bool first = true;
  for (const auto& item : items) {
    if (!first) out << ',';
    first = false;
    add(item);
  }
}

void add_strings(PieceWriter& out, const std::vector<Interned>& texts) {
  out << '[';
  add_items(out, texts, [&](Interned text) { add_string(out, text); });
  out << ']';
}

void add_env(PieceWriter& out, const Edge& e) {
  out << ",\"env\":{";
  add_items(out, e.env, [&](const auto& entry) {
    add_string(out, entry.first);
    out << ':';
    add_string(out, entry.second);
  });
  out << '}';
}

void add_inputs(PieceWriter& out, const Edge& e) {
  out << ",\"inputs\":[";
  add_items(out, e.inputs, [&](const EdgeInput& input) {
    out << "{\"path\":";
    add_string(out, input.path);
    if (input.fetched) out << ",\"fetched\":true";
    out << '}';
  });
  out << ']';
}

void add_links(PieceWriter& out, const Edge& e) {
  out << ",\"links\":[";
  add_items(out, e.links, [&](const auto& link) {
    out << "{\"name\":";
    add_string(out, link.first);
    out << ",\"to\":";
    add_string(out, link.second);
    out << '}';
  });
  out << ']';
}

void add_members(PieceWriter& out, const Edge& e) {
  out << "{\"identity\":\"" << e.identity << "\",\"name\":";
  add_string(out, e.name);
  out << ",\"about\":";
  add_string(out, e.about);
  out << ",\"directory\":";
  add_string(out, e.directory);
  out << ",\"mode\":";
  add_string(out, e.mode);
  out << ",\"argv\":";
  add_strings(out, e.argv);
  add_env(out, e);
  out << ",\"pass_env\":";
  add_strings(out, e.pass_env);
  if (!e.secrets.empty()) {
    out << ",\"secrets\":";
    add_strings(out, e.secrets);
  }
  add_inputs(out, e);
  out << ",\"outputs\":";
  add_strings(out, e.outputs);
  if (!e.links.empty()) add_links(out, e);
}

// The first eight digits of an identity as a number that sorts as they do.
uint64_t head_of(const std::string& identity) {
  uint64_t head = 0;
  for (size_t i = 0; i < 8; ++i)
    head = head << 8 | (i < identity.size() ? static_cast<unsigned char>(identity[i]) : 0u);
  return head;
}

// The edges in the order of their identities. The heads tell nearly all apart, and numbers sort
// faster than texts.
std::vector<uint32_t> by_identity(const Plan& plan) {
  std::vector<std::pair<uint64_t, uint32_t>> keys;
  keys.reserve(plan.edges.size());
  for (uint32_t i = 0; i < plan.edges.size(); ++i)
    keys.emplace_back(head_of(plan.edges[i].identity), i);
  std::sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first
                              : plan.edges[a.second].identity < plan.edges[b.second].identity;
  });
  std::vector<uint32_t> order;
  order.reserve(keys.size());
  for (const auto& [head, edge] : keys) order.push_back(edge);
  return order;
}

// Identities are random, so each line reads memory at places that no cache holds. Asked for some
// lines ahead, in the order in which one place tells of the next, it is there in time; without,
// half of the time is waiting.
void ask_for_edge(const Edge& e) {
  constexpr size_t kCacheLine = 64;
  const char* begin = reinterpret_cast<const char*>(&e);
  for (size_t i = 0; i + 2 * kCacheLine < sizeof e; i += kCacheLine) __builtin_prefetch(begin + i);
}

void ask_for_words(const Edge& e) {
  __builtin_prefetch(e.identity.data());
  __builtin_prefetch(e.name.data());
  __builtin_prefetch(e.directory.data());
  __builtin_prefetch(e.argv.data());
  __builtin_prefetch(e.env.data());
  __builtin_prefetch(e.inputs.data());
  __builtin_prefetch(e.outputs.data());
}

void ask_for_inputs(const Edge& e) {
  for (const EdgeInput& input : e.inputs) __builtin_prefetch(&input.path.text());
}

void ask_for_paths(const Edge& e) {
  for (const EdgeInput& input : e.inputs) __builtin_prefetch(input.path.text().data());
}

// A range of the lines.
void add_lines(PieceWriter& out, const Plan& plan, const std::vector<uint32_t>& order, size_t begin,
               size_t end) {
  auto ahead = [&](size_t at, void (*ask)(const Edge&)) {
    if (at < end) ask(plan.edges[order[at]]);
  };
  std::string line;
  const Pieces::Take keep = [&](std::string_view piece) { line += piece; };
  PieceWriter members(keep);
  for (size_t i = begin; i < end; ++i) {
    ahead(i + 16, ask_for_edge);
    ahead(i + 12, ask_for_words);
    ahead(i + 8, ask_for_inputs);
    ahead(i + 4, ask_for_paths);
    line.clear();
    add_members(members, plan.edges[order[i]]);
    members.flush();
    out << line << line_seal(line) << '\n';
  }
}

std::string lines_of(const Plan& plan, const std::vector<uint32_t>& order, size_t begin,
                     size_t end) {
  std::string text;
  const Pieces::Take keep = [&](std::string_view piece) { text += piece; };
  {
    PieceWriter out(keep);  // gives its last piece at its end
    add_lines(out, plan, order, begin, end);
  }
  return text;
}

}  // namespace

Pieces to_plan_file(const Plan& plan) {
  return Pieces([&plan](const Pieces::Take& take) {
    // Of each thousand lines a second thread makes the latter half, while this one makes the
    // former and writes what is made.
    constexpr size_t kHalf = 500;
    PieceWriter out(take);
    const std::vector<uint32_t> order = by_identity(plan);
    auto latter_half = [&](size_t begin) {
      const size_t middle = std::min(begin + kHalf, order.size());
      const size_t end = std::min(middle + kHalf, order.size());
      if (middle == end) return std::future<std::string>();
      return std::async(lines_of, std::cref(plan), std::cref(order), middle, end);
    };
    std::future<std::string> latter = latter_half(0);
    for (size_t i = 0; i < order.size(); i += 2 * kHalf) {
      add_lines(out, plan, order, i, std::min(i + kHalf, order.size()));
      if (!latter.valid()) break;
      const std::string text = latter.get();
      latter = latter_half(i + 2 * kHalf);
      out << text;
    }
  });
}

}  // namespace mlpgen

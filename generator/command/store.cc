// mlpgen store: what the store holds, whether it is sound, and taking things out.
#include "store/store.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/closest.h"
#include "base/text.h"
#include "command/session.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string size_words(uint64_t bytes) {
  const char* units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  while (value >= 1024 && unit < 4) {
    value /= 1024;
    ++unit;
  }
  std::string digits = std::to_string(static_cast<uint64_t>(value * 10 + 0.5));
  if (digits.size() == 1) digits = "0" + digits;
  std::string number =
      unit == 0 ? std::to_string(bytes) : digits.substr(0, digits.size() - 1) + "." + digits.back();
  return number + " " + units[unit];
}

// Store errors carry their word at the end: "message  [id]".
void add_error(const Error& e, Sink& sink) {
  size_t at = e.message.rfind("  [");
  bool named = at != std::string::npos && e.message.ends_with(']');
  sink.error(named ? e.message.substr(at + 3, e.message.size() - at - 4) : "unreadable-file", {},
             named ? e.message.substr(0, at) : e.message)
      .with_help(e.help);
}

OrderedJson object_json(const Object& o) {
  return {{"sha256", o.sha256}, {"name", o.name}, {"size", o.size},
          {"from", o.from},     {"when", o.when}, {"path", o.path}};
}

void list(const Store& store, bool json) {
  OrderedJson all = OrderedJson::array();
  for (const Object& o : store.list()) {
    if (json)
      all.push_back(object_json(o));
    else
      std::cout << o.sha256.substr(0, 12) << "  "
                << std::string(10 - std::min<size_t>(10, size_words(o.size).size()), ' ')
                << size_words(o.size) << "  " << o.name << "  " << o.from << "\n";
  }
  if (json) std::cout << OrderedJson{{"format", 1}, {"objects", all}}.dump(2) << "\n";
}

// The one object whose digest begins with the word, or whose file has that name.
std::optional<Object> one_object(const Store& store, const std::string& word, Sink& sink) {
  std::vector<Object> found;
  std::vector<std::string> names;
  for (const Object& o : store.list()) {
    names.push_back(o.name);
    if (o.name == word || (word.size() >= 6 && o.sha256.starts_with(lower(word))))
      found.push_back(o);
  }
  if (found.size() == 1) return found.front();
  std::string near = did_you_mean(word, names);
  if (found.empty())
    sink.error("not-in-store", {}, "the store has no object '" + word + "'")
        .with_help(near.empty() ? "write the first digits of its digest or its file name; `mlpgen "
                                  "store list` shows what it has"
                                : near);
  else
    sink.error("ambiguous-object", {},
               std::to_string(found.size()) + " objects are meant by '" + word + "'")
        .with_help("write more digits of the digest");
  return std::nullopt;
}

void show(const Store& store, const std::string& word, Session& s) {
  std::optional<Object> o = one_object(store, word, s.sink);
  if (!o) return;
  if (s.json)
    std::cout << object_json(*o).dump(2) << "\n";
  else
    std::cout << "sha256  " << o->sha256 << "\nname    " << o->name << "\nsize    " << o->size
              << " bytes\nfrom    " << o->from << "\nsince   " << o->when << "\npath    " << o->path
              << "\n";
}

void verify(const Store& store, Session& s) {
  size_t count = store.list().size();
  Result<std::vector<Damage>> damages = verify_store(store.root(), true);
  if (!damages) return add_error(damages.error(), s.sink);
  for (const Damage& d : *damages)
    s.sink
        .error("damaged-object", {},
               d.sha256.substr(0, 12) + " (" + (d.name.empty() ? "no name" : d.name) +
                   ") is damaged: " + d.why)
        .with_help("it was moved to " + store.root() +
                   "/trash; the next edge that needs it fetches it again");
  std::cout << count << " objects, " << damages->size() << " damaged\n";
}

// Bytes that a folder's files take, without following links.
std::pair<uint64_t, size_t> used(const std::string& folder) {
  uint64_t bytes = 0;
  size_t files = 0;
  std::error_code why;
  for (auto it = fs::recursive_directory_iterator(
           folder, fs::directory_options::skip_permission_denied, why);
       it != fs::recursive_directory_iterator(); it.increment(why)) {
    if (why || !it->is_regular_file(why) || it->is_symlink(why)) continue;
    bytes += it->file_size(why);
    ++files;
  }
  return {bytes, files};
}

void du(const Store& store, bool json) {
  OrderedJson j = {{"format", 1}, {"root", store.root()}};
  for (const char* part : {"objects", "partial", "tmp", "trash"}) {
    auto [bytes, files] = used(store.root() + "/" + part);
    j[part] = {{"bytes", bytes}, {"files", files}};
    if (!json)
      std::cout << part << std::string(9 - std::string(part).size(), ' ') << size_words(bytes)
                << " in " << files << " files\n";
  }
  if (json)
    std::cout << j.dump(2) << "\n";
  else
    std::cout << "in       " << store.root() << "\n";
}

}  // namespace

int run_store(const CommandLine& line) {
  static const std::vector<std::string> kVerbs = {"list", "show", "verify", "remove", "du"};
  Session s(line);
  std::string verb = line.words.empty() ? "" : line.words.front();
  bool needs_word = verb == "show" || verb == "remove";
  if (std::find(kVerbs.begin(), kVerbs.end(), verb) == kVerbs.end() ||
      (needs_word && line.words.size() < 2)) {
    std::string near = did_you_mean(verb, kVerbs);
    std::string what = verb.empty() ? "do what with the store?"
                       : needs_word ? verb + " which object?"
                                    : "the store cannot '" + verb + "'";
    s.sink.error("missing-word", {}, what)
        .with_help(!near.empty() && !needs_word ? near
                   : needs_word                 ? "write its digest or its file name"
                                                : "write one of: " + join(kVerbs, ", "));
    return s.finish_usage();
  }
  Result<Store> store = Store::open_default();
  if (!store) {
    add_error(store.error(), s.sink);
    return s.finish();
  }
  if (verb == "list") list(*store, s.json);
  if (verb == "show") show(*store, line.words[1], s);
  if (verb == "verify") verify(*store, s);
  if (verb == "du") du(*store, s.json);
  if (verb == "remove")
    for (size_t i = 1; i < line.words.size(); ++i)
      if (std::optional<Object> o = one_object(*store, line.words[i], s.sink)) {
        if (Status done = store->remove(o->sha256); !done)
          add_error(done.error(), s.sink);
        else
          std::cout << "removed " << o->sha256.substr(0, 12) << " " << o->name << "\n";
      }
  return s.finish();
}

}  // namespace mlpgen

// mlpgen store: what the store holds and who asked for it, whether it is sound, what may go.
#include "store/store.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "command/options.h"
#include "command/request/session.h"
#include "command/text/store_text.h"
#include "recipe/tags.h"
#include "store/collect.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using StoreJson = nlohmann::ordered_json;

constexpr size_t kFewestDigits = 6;  // of a digest that names an object

std::vector<std::string> texts_of(const std::vector<Text>& all) {
  std::vector<std::string> words;
  for (const Text& one : all) words.push_back(one.value);
  return words;
}

// One verb and the things that its words mean.
class StoreCommand {
 public:
  StoreCommand(Session& session, const CommandLine& line, const Store& store, Inventory inventory)
      : s_(session), line_(line), store_(store), inventory_(std::move(inventory)) {
    if (inventory_.damaged_notes) rebuild();
  }

  void list();
  void show();
  void find();
  void remove();
  void verify();
  void gc();
  void du();

 private:
  void rebuild();
  // By the words after the verb: file names, first digits of digests, tags. Without words: all.
  std::vector<Thing> chosen();
  std::vector<Thing> named(const std::string& word) const;
  std::vector<Thing> tagged(const std::string& words);
  void report_none(const std::string& word);
  std::vector<std::string> words() const { return {line_.words.begin() + 1, line_.words.end()}; }
  void print(const StoreJson& json) const { std::cout << json.dump(2) << "\n"; }

  Session& s_;
  const CommandLine& line_;
  const Store& store_;
  Inventory inventory_;
};

// What a damaged line said is taken from the objects' own notes and from the run directories.
void StoreCommand::rebuild() {
  (void)rebuild_notes(store_.root());
  std::cerr << "warning: " << inventory_.damaged_notes << " damaged lines of " << store_.root()
            << "/uses.jsonl were dropped; it was restored from the objects' own notes and the "
               "run directories\n";
}

std::vector<Thing> StoreCommand::named(const std::string& word) const {
  std::vector<Thing> found;
  for (const Thing& thing : inventory_.things)
    if ((!word.empty() && thing.name == word) ||
        (word.size() >= kFewestDigits && thing.key.starts_with(lower(word))))
      found.push_back(thing);
  return found;
}

// Words that ask for nothing, such as "" and ",", name nothing.
std::vector<Thing> StoreCommand::tagged(const std::string& text) {
  TagQuery query = parse_tags(text, {}, s_.sink);
  AskerWords asked{texts_of(query.tags), texts_of(query.not_tags), texts_of(query.variations),
                   texts_of(query.excluded)};
  std::vector<Thing> found;
  if (query.tags.empty() && query.not_tags.empty() && query.variations.empty() &&
      query.excluded.empty())
    return found;
  for (const Thing& thing : inventory_.things)
    if (asked_by(thing, asked)) found.push_back(thing);
  return found;
}

void StoreCommand::report_none(const std::string& word) {
  std::set<std::string> known;
  for (const Thing& thing : inventory_.things) {
    known.insert(thing.name);
    for (const Asker& asker : thing.askers) {
      known.insert(asker.recipe);
      known.insert(asker.tags.begin(), asker.tags.end());
    }
  }
  std::string near = did_you_mean(word, std::vector<std::string>(known.begin(), known.end()));
  s_.sink.error("not-in-store", {}, "the store has nothing that '" + word + "' names")
      .with_help(near.empty() ? "write the first digits of a digest, a file name, or tags of the "
                                "recipe that asked for it; `mlpgen store list` shows all"
                              : near);
}

std::vector<Thing> StoreCommand::chosen() {
  std::vector<std::string> all = words();
  if (line_.has("--tags")) all.push_back(line_.option("--tags"));
  if (all.empty()) return inventory_.things;
  std::vector<Thing> found;
  for (const std::string& word : all) {
    std::vector<Thing> here = named(word);
    if (here.size() > 1)
      s_.sink
          .error("ambiguous-object", {},
                 std::to_string(here.size()) + " objects are meant by '" + word + "'")
          .with_help("write more digits of the digest");
    if (here.empty()) here = tagged(word);
    if (here.empty() && s_.sink.ok()) report_none(word);
    for (Thing& thing : here)
      if (std::none_of(found.begin(), found.end(),
                       [&](const Thing& other) { return other.key == thing.key; }))
        found.push_back(std::move(thing));
  }
  return s_.sink.ok() ? found : std::vector<Thing>();
}

void StoreCommand::list() {
  std::vector<Thing> things = chosen();
  if (!s_.sink.ok()) return;
  if (s_.json) return print({{"format", 1}, {"objects", things_json(things)}});
  for (const Thing& thing : things) std::cout << thing_line(thing);
}

void StoreCommand::show() {
  std::vector<Thing> things = chosen();
  if (!s_.sink.ok()) return;
  if (s_.json) return print(things.size() == 1 ? thing_json(things[0]) : things_json(things));
  for (size_t i = 0; i < things.size(); ++i) std::cout << (i ? "\n" : "") << thing_text(things[i]);
}

void StoreCommand::find() {
  std::vector<Thing> things = chosen();
  StoreJson paths = StoreJson::array();
  for (const Thing& thing : things)
    if (s_.json)
      paths.push_back(thing.path);
    else
      std::cout << thing.path << "\n";
  if (s_.json && s_.sink.ok()) print({{"format", 1}, {"paths", paths}});
}

void StoreCommand::remove() {
  std::vector<Thing> things = chosen();
  bool dry = line_.has("--dry-run");
  if (s_.sink.ok() && !dry)
    if (Status done = remove_things(store_, things); !done) add_error(done.error(), s_.sink);
  if (!s_.sink.ok()) return;
  if (s_.json)
    return print({{"format", 1},
                  {"dry_run", dry},
                  {"bytes", bytes_of(things)},
                  {"removed", things_json(things)}});
  for (const Thing& thing : things)
    std::cout << (dry ? "would remove " : "removed ") << thing_line(thing);
  std::cout << counted(things.size(), "object") << ", " << readable_bytes(bytes_of(things)) << "\n";
}

void StoreCommand::verify() {
  std::set<std::string> keys;
  for (const Thing& thing : chosen())
    if (thing.kind == ThingKind::kFile) keys.insert(thing.key);
  if (!s_.sink.ok()) return;
  StoreJson damaged = StoreJson::array();
  Result<std::vector<Object>> objects = store_.list();
  if (!objects) return add_error(objects.error(), s_.sink);
  for (const Object& object : *objects) {
    std::optional<Damage> damage;
    if (keys.count(object.sha256)) damage = store_.verify(object);
    if (!damage) continue;
    damaged.push_back({{"sha256", damage->sha256}, {"name", damage->name}, {"why", damage->why}});
    if (Status done = store_.set_aside(*damage); !done) return add_error(done.error(), s_.sink);
    s_.sink
        .error("damaged-object", {},
               damage->sha256.substr(0, 12) + " (" +
                   (damage->name.empty() ? "no name" : damage->name) +
                   ") is damaged: " + damage->why)
        .with_help("it was moved to " + store_.root() +
                   "/trash; the next edge that needs it fetches it again");
  }
  if (s_.json) return print({{"format", 1}, {"objects", keys.size()}, {"damaged", damaged}});
  std::cout << keys.size() << " objects, " << damaged.size() << " damaged\n"
            << "Not read: repositories (each file is compared with its commit when it is checked "
               "out) and uv's own cache ("
            << readable_bytes(room_of(store_.root() + "/uv-cache").bytes) << "; uv checks it).\n";
}

void StoreCommand::gc() {
  CollectRequest request;
  request.dry_run = line_.has("--dry-run");
  request.unknown = line_.has("--unknown");
  if (line_.has("--older-than")) {
    std::string days = line_.option("--older-than");
    char* end = nullptr;
    request.older_than_days = std::strtod(days.c_str(), &end);
    if (days.empty() || *end || *request.older_than_days < 0)
      s_.sink.error("wrong-word", {}, "'" + days + "' is no number of days")
          .with_help("write, for example, --older-than=30");
  }
  if (!s_.sink.ok()) return;
  Result<Collected> all = collect(store_, request);
  if (!all) return add_error(all.error(), s_.sink);
  if (s_.json)
    return print({{"format", 1},
                  {"dry_run", request.dry_run},
                  {"bytes", bytes_of(all->removed)},
                  {"removed", things_json(all->removed)},
                  {"used", all->used},
                  {"unknown", all->unknown},
                  {"young", all->young},
                  {"left_overs", all->left_overs},
                  {"left_over_bytes", all->left_over_bytes}});
  const char* verb = request.dry_run ? "would remove " : "removed ";
  for (const Thing& thing : all->removed) std::cout << verb << thing_line(thing);
  std::cout << verb << all->removed.size() << " of "
            << all->removed.size() + all->used + all->unknown + all->young << " objects ("
            << readable_bytes(bytes_of(all->removed)) << ") and " << all->left_overs.size()
            << " left-overs (" << readable_bytes(all->left_over_bytes) << ")\n"
            << "kept: " << all->used << " in use by run directories, " << all->young
            << " too young, " << all->unknown << " of unknown origin"
            << (all->unknown ? " (--unknown takes them too)" : "") << "\n";
}

void StoreCommand::du() {
  StoreJson j = {{"format", 1}, {"root", store_.root()}};
  for (const char* part : {"objects", "git", "uv-cache", "partial", "tmp", "trash"}) {
    Room room = room_of(store_.root() + "/" + part);
    j[part] = {{"bytes", room.bytes}, {"files", room.files}};
    if (!s_.json)
      std::cout << part << std::string(9 - std::string(part).size(), ' ')
                << readable_bytes(room.bytes) << " in " << room.files << " files\n";
  }
  std::map<std::string, std::pair<uint64_t, size_t>> recipes;  // bytes, objects
  for (const Thing& thing : inventory_.things) {
    std::set<std::string> askers;
    for (const Asker& asker : thing.askers) askers.insert(asker.recipe);
    if (askers.empty()) askers.insert("(unknown)");
    for (const std::string& recipe : askers) {
      recipes[recipe].first += thing.size;
      ++recipes[recipe].second;
    }
  }
  j["recipes"] = StoreJson::object();
  for (const auto& [recipe, room] : recipes)
    j["recipes"][recipe] = {{"bytes", room.first}, {"objects", room.second}};
  if (s_.json) return print(j);
  std::cout << "in       " << store_.root()
            << "\n\nby recipe (what several asked for counts for each)\n";
  for (const auto& [recipe, room] : recipes)
    std::cout << "  " << recipe << "  " << readable_bytes(room.first) << " in "
              << counted(room.second, "object") << "\n";
}

const std::map<std::string, void (StoreCommand::*)()>& verbs() {
  static const std::map<std::string, void (StoreCommand::*)()> kVerbs = {
      {"list", &StoreCommand::list},     {"show", &StoreCommand::show},
      {"find", &StoreCommand::find},     {"remove", &StoreCommand::remove},
      {"verify", &StoreCommand::verify}, {"gc", &StoreCommand::gc},
      {"du", &StoreCommand::du}};
  return kVerbs;
}

// Whether the verb is there and has the words that it needs.
bool complete(const CommandLine& line, Sink& sink) {
  std::string verb = line.words.empty() ? "" : line.words.front();
  bool needs_word = verb == "show" || verb == "remove" || verb == "find";
  if (verbs().count(verb) && (!needs_word || line.words.size() > 1 || line.has("--tags")))
    return true;
  std::vector<std::string> known = {"list", "show", "find", "remove", "verify", "gc", "du"};
  std::string near = did_you_mean(verb, known);
  std::string what = verb.empty() ? "do what with the store?"
                     : needs_word ? verb + " which object?"
                                  : "the store cannot '" + verb + "'";
  sink.error("missing-word", {}, what)
      .with_help(!near.empty() && !needs_word ? near
                 : needs_word
                     ? "write its digest, its file name, or tags of the recipe that asked for it"
                     : "write one of: " + join(known, ", "));
  return false;
}

}  // namespace

static int run_store(const CommandLine& line) {
  Session s(line);
  if (!complete(line, s.sink)) return s.finish_usage();
  Result<std::string> root = Store::default_root();
  Result<Store> store = root ? Store::open(*root) : Result<Store>(root.error());
  Result<Inventory> inventory = store ? take_inventory(*store) : Result<Inventory>(store.error());
  if (!inventory) {
    add_error(inventory.error(), s.sink);
    return s.finish();
  }
  StoreCommand command(s, line, *store, std::move(*inventory));
  (command.*verbs().at(line.words.front()))();
  return s.finish();
}

CommandEntry store_entry() {
  return {
      "store",
      "list|show|find|remove|verify|gc|du [OBJECT|TAGS] ...",
      "Look after the store of fetched files",
      R"(OBJECT is a file name or the first digits of a SHA-256; TAGS are words of the recipe that
asked for it, as `mlpgen find` takes them.

  list [WORD...]    its objects, and the recipes that asked for them
  show WORD...      all details of one object, or of all that the tags name
  find WORD...      where they are: one path a line
  remove WORD...    remove without a question; print the objects and their size
  verify [WORD...]  read every byte; damaged objects go to its trash/ and are fetched again when
                    needed; exit code 1
  gc                remove objects that no existing run directory uses, stopped transfers and the
                    trash
  du                its disk space, by part and by recipe

It is in $MLPGEN_STORE, or ~/.cache/mlpgen.

Examples:
  mlpgen store list get,ml-model,_onnx
  mlpgen store find --tags=get,dataset,openimages
  mlpgen store gc --older-than=30 --dry-run)",
      {{"--tags", "TAGS", "the same as TAGS as a word"},
       {"--dry-run", "", "remove, gc: only print what would be removed"},
       {"--older-than", "DAYS", "gc: only objects last used longer ago"},
       {"--unknown", "", "gc: also objects of unknown origin"},
       kFormatOption,
       kHelpOption},
      false,
      run_store};
}

}  // namespace mlpgen

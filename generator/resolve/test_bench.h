// A small project in a temporary folder and one request: what the tests of resolve and plan ask
// about.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "recipe/library.h"
#include "recipe/load/parts.h"
#include "recipe/tags.h"
#include "resolve/resolver.h"
#include "text/text.h"

namespace mlpgen {

class Bench {
 public:
  Bench() {
    std::string pattern = std::filesystem::temp_directory_path() / "mlpgen-bench-XXXXXX";
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
    std::filesystem::create_directories(folder + "/recipes");
  }
  ~Bench() { std::filesystem::remove_all(folder); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  // Format, id, about and tags (`id` itself) are added before `body`.
  Bench& recipe(const std::string& id, const std::string& body = "", const std::string& tags = "") {
    write("recipes/t/" + id + "/recipe.yaml", "format: 1\nrecipe: " + id +
                                                  "\nabout: for a test\ntags: [" +
                                                  (tags.empty() ? id : tags) + "]\n" + body + "\n");
    return *this;
  }
  Bench& rule(const std::string& name, const std::string& body) {
    write("rules/" + name + ".yaml",
          "format: 1\nrule: " + name + "\nabout: for a test\n" + body + "\n");
    return *this;
  }
  Bench& presets(const std::string& body) {
    write("recipes/presets.yaml", "format: 1\npresets:\n" + body + "\n");
    return *this;
  }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::path path = folder + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  // Words with blanks between them, as on the command line: "app,_x --count=2 --env.K=v
  // --adr.lib.tags=_y --preset=p".
  bool resolve(const std::string& words) {
    sources = std::make_unique<Sources>();
    sink = std::make_unique<Sink>();
    library = std::make_unique<Library>(std::vector<std::string>{folder}, *sources, *sink);
    host = std::make_unique<Host>("", folder + "/bin:/usr/bin:/bin");
    result = mlpgen::resolve(*library, *host, request(words), *sink);
    return result.has_value();
  }

  // The instances of a recipe, in the order in which they were made.
  std::vector<const Instance*> all(const std::string& id) const {
    std::vector<const Instance*> found;
    for (const Instance& i : result->instances)
      if (i.recipe->id.value == id) found.push_back(&i);
    return found;
  }
  const Instance& the(const std::string& id) const {
    REQUIRE_MESSAGE(result.has_value(), diagnostics());
    std::vector<const Instance*> found = all(id);
    REQUIRE(found.size() == 1);
    return *found.front();
  }
  // "(unset)" where nothing sets the key; a list joined with blanks.
  std::string value(const std::string& id, const std::string& key) const {
    const auto& env = the(id).env;
    auto it = env.find(key);
    return it == env.end() ? "(unset)" : join(readable(it->second.value.items), " ");
  }
  std::string variations(const std::string& id) const { return join(the(id).variations, " "); }
  std::string diagnostics() const { return to_text(*sink, *sources); }
  // The stable words of all that was reported, each as often as it was.
  std::string ids() const {
    std::vector<std::string> words;
    for (const Diagnostic& d : sink->sorted()) words.push_back(d.id);
    return join(words, " ");
  }
  bool says(const std::string& text) const { return diagnostics().find(text) != std::string::npos; }

  std::string folder;
  std::unique_ptr<Sources> sources;
  std::unique_ptr<Sink> sink;
  std::unique_ptr<Library> library;
  std::unique_ptr<Host> host;
  std::optional<Resolution> result;

 private:
  static Override& override_of(Request& r, const std::string& handle, Span at) {
    for (Override& o : r.overrides)
      if (o.handle.value == handle) return o;
    r.overrides.emplace_back().handle = {handle, at};
    return r.overrides.back();
  }
  void add_override(Request& r, const std::string& path, const Text& value) const {
    for (const char* field : {".tags", ".version", ".version_min", ".version_max", ".name"})
      if (path.ends_with(field)) {
        Override& o =
            override_of(r, path.substr(0, path.size() - std::string(field).size()), value.span);
        std::string f = field;
        if (f == ".tags") o.tags = parse_tags(value.value, value.span, *sink);
        if (f == ".version") o.version.exact = value;
        if (f == ".version_min") o.version.min = value;
        if (f == ".version_max") o.version.max = value;
        if (f == ".name") o.name = value;
        return;
      }
    size_t env = path.rfind(".env.");
    REQUIRE(env != std::string::npos);
    override_of(r, path.substr(0, env), value.span)
        .env.push_back({{path.substr(env + 5), value.span}, {TemplateText::plain(value)}, false});
  }
  Request request(const std::string& words) const {
    SourceId source = sources->add("command line", words);
    Request r;
    r.directory = folder;
    size_t at = 0;
    for (const std::string& word : split(words, ' ')) {
      Span span{source, static_cast<uint32_t>(at), static_cast<uint32_t>(word.size())};
      at += word.size() + 1;
      size_t eq = word.find('=');
      std::string name = word.substr(0, eq);
      Text value{eq == std::string::npos ? "yes" : word.substr(eq + 1), span};
      if (name.starts_with("--env."))
        r.env.push_back({{name.substr(6), span}, {TemplateText::plain(value)}, false});
      else if (name.starts_with("--adr."))
        add_override(r, name.substr(6), value);
      else if (name == "--preset")
        r.presets.push_back(value);
      else if (name.starts_with("--"))
        r.flags.push_back({{name.substr(2), span}, value});
      else
        r.root = parse_tags(word, span, *sink), r.root_span = span;
    }
    return r;
  }
};

}  // namespace mlpgen

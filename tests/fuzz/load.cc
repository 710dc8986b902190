// Damaged recipe, rule, preset and round files: reading them never crashes, and every refusal has a
// place in the file.
//
//   fuzz_load [--slow] FOLDER...
//
// Reads every *.yaml below the folders, and each of them cut short and with changed bytes; the
// changes are drawn from a generator with a fixed seed, so that a failure comes again. The last
// line is `N passed, N failed, N skipped`, a file each.
#include "recipe/load/load.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "file/file.h"
#include "round/round.h"

namespace fs = std::filesystem;
using namespace mlpgen;

namespace {

// Why this text was not read as it must be: "" when all is well.
std::string fault_in(const std::string& text) {
  Sources sources;
  SourceId id = sources.add("damaged.yaml", text);
  using Load = bool (*)(const Sources&, SourceId, Sink&);
  const Load loads[] = {
      [](const Sources& s, SourceId i, Sink& sink) {
        return load_recipe(s, i, "/recipes/t/x", sink).has_value();
      },
      [](const Sources& s, SourceId i, Sink& sink) { return load_rule(s, i, sink).has_value(); },
      [](const Sources& s, SourceId i, Sink& sink) { return load_presets(s, i, sink).has_value(); },
      [](const Sources& s, SourceId i, Sink& sink) { return load_round(s, i, sink).has_value(); },
  };
  for (Load load : loads) {
    Sink sink;
    try {
      if (load(sources, id, sink) != sink.ok())
        return "refused without a word, or taken with an error";
      for (const Diagnostic& d : sink.all())
        if (!d.span.known() || d.span.offset > text.size()) return "no place for: " + d.message;
      (void)to_text(sink, sources);
      (void)to_json(sink, sources);
    } catch (const std::exception& e) {
      return std::string("an exception came out: ") + e.what();
    }
  }
  return "";
}

class Damage {
 public:
  Damage(std::string text, unsigned seed) : text_(std::move(text)), random_(seed) {}

  std::string cut(size_t length) const { return text_.substr(0, length); }
  // One to four places: a byte changed, taken out, doubled, or something that YAML reads as its own
  // put in.
  std::string next() {
    static const std::string kMarks[] = {":",  "- ", "{",     "}",  "[",   "]",  "\n",   "'",
                                         "\"", "#",  "&a ",   "*a", "|\n", ">",  "!",    "? ",
                                         ",",  "\t", "---\n", "~",  "${",  "}}", "\x01", "\xff"};
    std::string t = text_;
    for (size_t n = below(4) + 1; n > 0 && !t.empty(); --n) {
      size_t at = below(t.size());
      switch (below(4)) {
        case 0:
          t[at] = static_cast<char>(below(256));
          break;
        case 1:
          t.erase(at, below(8) + 1);
          break;
        case 2:
          t.insert(at, t.substr(at, below(40) + 1));
          break;
        default:
          t.insert(at, kMarks[below(std::size(kMarks))]);
      }
    }
    return t;
  }

 private:
  size_t below(size_t n) { return random_() % n; }

  std::string text_;
  std::mt19937 random_;
};

bool survives(const std::string& path, size_t cuts, size_t changes) {
  Result<std::string> text = read_file(path);
  if (!text) return false;
  Damage damage(*text, static_cast<unsigned>(text->size()));
  size_t step = std::max<size_t>(1, text->size() / cuts);
  auto tell = [&](const std::string& how, const std::string& fault) {
    if (!fault.empty()) std::cout << path << ", " << how << ": " << fault << "\n";
    return fault.empty();
  };
  for (size_t n = 0; n < text->size(); n += step)
    if (!tell("cut to " + std::to_string(n) + " bytes", fault_in(damage.cut(n)))) return false;
  for (size_t n = 0; n < changes; ++n)
    if (!tell("change " + std::to_string(n), fault_in(damage.next()))) return false;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  bool slow = false;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "--slow") {
      slow = true;
      continue;
    }
    for (const auto& e : fs::recursive_directory_iterator(word))
      if (e.path().extension() == ".yaml") files.push_back(e.path());
  }
  std::sort(files.begin(), files.end());
  size_t passed = 0;
  for (const std::string& f : files) passed += survives(f, slow ? 1'000'000 : 16, slow ? 2000 : 12);
  std::cout << passed << " passed, " << files.size() - passed << " failed, 0 skipped\n";
  return passed == files.size() && passed > 0 ? 0 : 1;
}

// By parts and by bytes.
#include "recipe/load/place_name.h"

#include <algorithm>

#include "file/inside_name.h"
#include "text/bad_byte.h"

namespace mlpgen {
namespace {

constexpr const char* kOurs[] = {".mlpgen",     "out",        "build.ninja",
                                 "mlpgen.lock", ".ninja_log", ".ninja_deps"};

// False after an error; an empty name is reported where it is read.
bool check_bytes(const Text& name, const std::string& what, Sink& sink) {
  std::optional<BadByte> bad = find_bad_byte(name.value);
  if (bad)
    sink.error("not-text", name.span, what + " has " + bad->what + ": " + printable(name.value))
        .with_help("a name is one line of UTF-8");
  return !bad;
}

bool check_for_ninja(const Text& name, const std::string& what, Sink& sink) {
  bool good = is_name_for_ninja(name.value);
  if (!good)
    sink.error("not-text", name.span,
               what + " has the character '|', which Ninja reads as its own: " + name.value)
        .with_help("choose a name without it");
  return good;
}

// The first folder or file of a path.
std::string_view first_of(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  return path.substr(0, path.find('/'));
}

}  // namespace

bool is_name_for_ninja(std::string_view name) { return name.find('|') == std::string_view::npos; }

void check_name(const Text& name, const std::string& what, Sink& sink) {
  if (!check_bytes(name, what, sink)) return;
  if (name.value.find('/') != std::string::npos || name.value == "." || name.value == "..")
    sink.error("leads-outside", name.span,
               what + " names one folder, and '" + name.value + "' leads elsewhere")
        .with_help("write a name without '/'");
}

bool check_inside(const Text& path, const std::string& what, const std::string& folder,
                  Sink& sink) {
  if (!check_bytes(path, what, sink)) return false;
  if (is_inside_name(path.value)) return true;
  sink.error("leads-outside", path.span,
             what + " is a path below " + folder + ", and '" + path.value + "' leads out of it")
      .with_help("write a relative path without '..'");
  return false;
}

bool check_output(const Text& path, const std::string& what, Sink& sink) {
  if (!check_inside(path, what, "the folder of its edge", sink) ||
      !check_for_ninja(path, what, sink))
    return false;
  if (first_of(path.value) != ".done") return true;
  sink.error("leads-outside", path.span,
             what + " takes the place of .done, which mlpgen keeps there")
      .with_help("choose another name");
  return false;
}

bool check_place(const Text& path, const std::string& what, Sink& sink) {
  if (!check_inside(path, what, "the run directory", sink) || !check_for_ninja(path, what, sink))
    return false;
  if (path.value.ends_with('/')) {
    sink.error("leads-outside", path.span,
               what + " names a file, and '" + path.value + "' names a folder")
        .with_help("remove the '/' at its end");
    return false;
  }
  std::string_view first = first_of(path.value);
  if (first != "." && std::find(std::begin(kOurs), std::end(kOurs), first) == std::end(kOurs))
    return true;
  sink.error("leads-outside", path.span,
             what + " takes the place of " + std::string(first) +
                 ", which mlpgen and Ninja keep in a run directory")
      .with_help("choose another name");
  return false;
}

}  // namespace mlpgen

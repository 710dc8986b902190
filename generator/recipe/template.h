// Texts with references, taken apart once: when they are read. Resolving puts values in the place
// of names; the plan turns what is left into paths.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.h"
#include "text/interned.h"

namespace mlpgen {

enum class InstanceId : uint32_t { kNone = 0xffffffff };
enum class EdgeId : uint32_t {};

class Template;
struct TemplateName;

// An output of a step of that instance.
struct StepOutput {
  static constexpr int kNoShard = -1;

  InstanceId instance = InstanceId::kNone;
  Interned step;    // RECIPE/STEP
  Interned output;  // empty: the directory
  int shard = kNoShard;
  auto operator<=>(const StepOutput&) const = default;
};

// A file or folder of a project, of the user or of mlpgen.
struct SourceFile {
  Interned root;  // absolute
  Interned name;  // of the root, without the machine: what an identity says in its place
  Interned below;
  bool operator==(const SourceFile&) const = default;
};

struct ToolPath {
  Interned path, version, digest;
  bool operator==(const ToolPath&) const = default;
};

// A value at a JSON pointer in a file that an edge makes: it is read when the edge runs that needs
// it.
struct LateValue {
  std::shared_ptr<const Template> file;
  Interned pointer;
  bool operator==(const LateValue& other) const;
};

// An output of an edge of the plan, below its directory.
struct EdgeOutput {
  EdgeId edge{};
  Interned path;
  bool operator==(const EdgeOutput&) const = default;
};

// A file below .mlpgen that configure writes: an input, but its contents are in no identity.
struct StateFile {
  Interned path;
  bool operator==(const StateFile&) const = default;
};

// A text that stands for itself; a name, as long as nothing is put in its place; what only the plan
// knows as a path.
using Part = std::variant<std::string, const TemplateName*, StepOutput, SourceFile, ToolPath,
                          LateValue, EdgeOutput, StateFile>;

// Functions for the alternatives of a Part, as std::visit takes them.
template <class... F>
struct Cases : F... {
  using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

class Template {
 public:
  Template() = default;
  Template(std::string_view text) { add_text(text); }  // NOLINT: a text that stands for itself
  Template(const std::string& text) : Template(std::string_view(text)) {}  // NOLINT
  Template(const char* text) : Template(std::string_view(text)) {}         // NOLINT
  explicit Template(Part part) { parts_.push_back(std::move(part)); }

  // Text goes on below a source file up to the first of " ,:=;".
  Template& add_text(std::string_view text);
  Template& add(const Template& other);
  Template& add(Part part);

  const std::vector<Part>& parts() const { return parts_; }
  bool empty() const { return parts_.empty(); }
  size_t size() const;  // bytes of its plain texts

  bool operator==(const Template&) const = default;

 private:
  std::vector<Part> parts_;  // no text is empty, and no two stand beside each other
};

// ${NAME}, ${NAME:-otherwise}, ${A*B/C}, ${lock:PACKAGE}, ${late:FILE#/pointer} or <<<NAME>>>. Each
// exists once.
struct TemplateName {
  enum class Kind { kValue, kLock, kLate };
  struct Factor {
    char operation = '*';
    std::string name;  // or a whole number
  };

  std::string written;
  std::string text;  // without braces and otherwise
  Kind kind = Kind::kValue;
  std::vector<Factor> factors;        // of a calculation, else none
  std::string package;                // of kLock
  Template file;                      // of kLate
  std::string pointer;                // of kLate
  std::optional<Template> otherwise;  // what is taken where the name has no value
};

// `$$` stands for one dollar sign.
Template parse_template(std::string_view text);

// A word or text that a user wrote.
struct Text {
  std::string value;
  Span span;
};

// A text that may hold references: as it was written, and its parts.
struct TemplateText : Text {
  TemplateText() = default;
  TemplateText(Text text)
      : Text(std::move(text)), parts(parse_template(value)) {}  // NOLINT: the same text, read
  static TemplateText plain(const Text& text) {  // a user's word: it has no references
    TemplateText t;
    t.value = text.value, t.span = text.span, t.parts = text.value;
    return t;
  }

  Template parts;
};

template <class T>
std::vector<std::string> values_of(const std::vector<T>& texts) {
  std::vector<std::string> all;
  for (const T& t : texts) all.push_back(t.value);
  return all;
}

inline std::vector<Template> templates_of(const std::vector<TemplateText>& texts) {
  std::vector<Template> all;
  for (const TemplateText& t : texts) all.push_back(t.parts);
  return all;
}

Template joined(const std::vector<Template>& templates, std::string_view separator);

bool has_names(const Template& text);
bool has_reference(const Template& text);  // a part that is no plain text
bool has_late(const Template& text);
// The keys and members that a template asks for, in the order of the text.
std::vector<std::string> names_in(const Template& text);

// For people: references in short words.
std::string readable(const Template& text);
std::vector<std::string> readable(const std::vector<Template>& texts);
// For look-ups: equal for equal templates alone.
std::string exact(const Template& text);

}  // namespace mlpgen

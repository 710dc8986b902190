// Texts and their parts.
#include "recipe/template.h"

#include <doctest/doctest.h>

#include "text/text.h"

using namespace mlpgen;

namespace {

const TemplateName& name_in(const Template& text) {
  return *std::get<const TemplateName*>(text.parts().at(0));
}

const Template kSource = Template(SourceFile{"/a/b", "mlpgen", {}});

}  // namespace

TEST_CASE("the names in a template are listed in order, also those behind ':-'") {
  auto names = [](const char* text) { return join(names_in(parse_template(text)), " "); };
  CHECK(names("${B} $${C} <<<A>>> ${D:-x}") == "B A D");
  CHECK(names("${A:-${B:-${C:-}}}") == "A B C");
  CHECK(names("${A*4/B:-${C}}") == "A B C");
  CHECK(names("${lock:numpy} ${late:s.log#/a/b}") == "s.log");
}

TEST_CASE("a name is read once, and says what it asks for") {
  Template text = parse_template("${A*4/B:-x}");
  CHECK(&name_in(text) == &name_in(parse_template("${A*4/B:-x} y")));
  REQUIRE(name_in(text).factors.size() == 3);
  CHECK(name_in(text).factors[2].operation == '/');
  CHECK(name_in(text).factors[2].name == "B");
  CHECK(name_in(text).text == "A*4/B");
  CHECK(*name_in(text).otherwise == Template("x"));
  for (const char* plain : {"${A}", "${A*}", "${/A}", "${lock:a/b}", "${late:s.log#/qps}"})
    CHECK(name_in(parse_template(plain)).factors.empty());
  CHECK(name_in(parse_template("${lock:a/b:-1}")).package == "a/b");
  CHECK(name_in(parse_template("${late:s.log#/qps}")).pointer == "/qps");
}

TEST_CASE(
    "texts beside each other are one part, and go on below a source file up to its path's end") {
  Template text =
      Template("x").add_text("y").add(kSource).add_text("/c").add_text("d e").add(kSource);
  REQUIRE(text.parts().size() == 4);
  CHECK(std::get<std::string>(text.parts()[0]) == "xy");
  CHECK(std::get<SourceFile>(text.parts()[1]).below == "/cd");
  CHECK(std::get<std::string>(text.parts()[2]) == " e");
  CHECK(text == Template("xy").add(kSource).add_text("/cd e").add(kSource));
  CHECK(Template("").empty());
}

TEST_CASE("a template is written for people, and has a text that no other one has") {
  Template late = Template("before ")
                      .add(Template(LateValue{std::make_shared<const Template>(kSource), "/qps"}))
                      .add_text(" after");
  CHECK(readable(late) == "before <late /a/b#/qps> after");
  CHECK(readable(parse_template("${A:-b}<<<C>>>")) == "${A:-b}<<<C>>>");
  CHECK(has_late(late));
  CHECK_FALSE(has_late(kSource));
  CHECK(has_reference(kSource));
  CHECK_FALSE(has_reference("/a/b"));
  std::vector<Template> all = {late,
                               kSource,
                               "/a/b",
                               "",
                               "before <late /a/b#/qps> after",
                               Template(StepOutput{InstanceId{1}, "r/s", "log"}),
                               Template(StepOutput{InstanceId{1}, "r/s", "log", 0}),
                               Template(ToolPath{"/a/b", "1", ""})};
  for (const Template& a : all)
    for (const Template& b : all) {
      CHECK((exact(a) == exact(b)) == (&a == &b));
      CHECK((a == b) == (&a == &b));
    }
}

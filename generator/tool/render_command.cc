// mlpgen-tool render: a template and values into a text file.
#include <nlohmann/json.hpp>

#include "base/subcommand.h"
#include "file/file.h"
#include "text/text.h"
#include "tool/template.h"

namespace mlpgen::tool {
namespace {

using Json = nlohmann::ordered_json;

Result<Json> read_values(const std::string& path) {
  if (path.empty()) return Json(Json::object());
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  Json values = Json::parse(*text, nullptr, false);
  if (values.is_object()) return values;
  return named_error("bad-json", path + " is not a JSON object", "look at it: `head " + path + "`");
}

Result<int> render(const Arguments& a) {
  Result<Json> values = read_values(a.text("json"));
  if (!values) return values.error();
  for (const auto& [key, value] : a.map("values"))
    (*values)[key] = trim(value).empty() ? "" : value;  // blanks alone are nothing
  if (const auto& lines = a.list("lines"); !lines.empty())
    (*values)["text"] = join(lines, "\n") + "\n";
  Result<std::string> text = read_file(a.text("template"));
  if (!text) return text.error();
  Result<std::string> filled = fill_template(a.text("template"), *text, *values);
  if (!filled) return filled.error();
  if (Status s = write_file(a.text("out"), *filled); !s) return s.error();
  return 0;
}

const Registered kRender(
    {"render",
     render,
     "Nothing is escaped. A key that the template names must be set; an empty value closes its "
     "section. --values overrides --json.\n"
     "Example: mlpgen-tool render --template README.md.mustache --values model=resnet50 --values "
     "scenario=Offline --out README.md",
     {{"json", Parameter::Type::kText, "file with an object of further values"}}});

}  // namespace

}  // namespace mlpgen::tool

// mlpgen-tool render: a template and values into a text file.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "tool/options.h"
#include "tool/subcommands.h"
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
  return named_error("bad-json", path + " is not a JSON object",
                     "see what is there: `head " + path + "`");
}

}  // namespace

int run_render(int argc, char** argv) {
  std::string source, json, out;
  std::vector<std::string> words, lines;
  CLI::App app(std::string(kRenderAbout) +
                   ".\nNothing is escaped. A key that the template names must be set; an empty "
                   "value closes its section.\n"
                   "Example: mlpgen-tool render --template user.conf.mustache --set model=resnet50 "
                   "--set scenario=Offline --out user.conf",
               "mlpgen-tool render");
  app.add_option("--template", source, "Mustache file")->required();
  app.add_option("--set", words, "K=V: a string; may be given again; beats --json");
  // A word of a command is at most 128 KiB long, which the lock of a large environment is not.
  app.add_option("--lines", lines, "lines of the key `text`");
  app.add_option("--json", json, "file with an object of further values");
  app.add_option("--out", out, "file to write")->required();
  if (auto code = read_options(app, argc, argv)) return *code;
  auto pairs = read_pairs("--set", words);
  if (!pairs) return report(pairs.error());
  Result<Json> values = read_values(json);
  if (!values) return report(values.error());
  for (const auto& [key, value] : *pairs) (*values)[key] = trim(value).empty() ? "" : value;  // blanks alone are nothing
  if (!lines.empty()) (*values)["text"] = join(lines, "\n") + "\n";
  Result<std::string> text = read_file(source);
  if (!text) return report(text.error());
  Result<std::string> filled = fill_template(source, *text, *values);
  if (!filled) return report(filled.error());
  Status s = write_file(out, *filled);
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool

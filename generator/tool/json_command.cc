// mlpgen-tool json: strings into a JSON object.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "tool/options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {

int run_json(int argc, char** argv) {
  std::vector<std::string> words;
  std::string out;
  CLI::App app(std::string(kJsonAbout) +
                   ".\nExample: mlpgen-tool json --set retraining=no --set input_data_types=fp32 "
                   "--out measurements.json",
               "mlpgen-tool json");
  app.add_option("--set", words,
                 "K=V: one string of the object, in the order given; may be given again")
      ->required();
  app.add_option("--out", out, "file to write")->required();
  if (auto code = read_options(app, argc, argv)) return *code;
  auto pairs = read_pairs("--set", words);
  if (!pairs) return report(pairs.error());
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [key, value] : *pairs) object[key] = value;
  // Bytes that are not UTF-8 are replaced rather than refused: they come from host facts.
  Status s = write_file(
      out, object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  return s ? 0 : report(s.error());
}

}  // namespace mlpgen::tool

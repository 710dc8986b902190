// The words of the command line as settings.
#include "tool/source_options.h"

namespace mlpgen::tool {

void SourceOptions::add_to(CLI::App& app) {
  app.add_option("--mirror", mirrors_,
                 "PREFIX=URL: ask URL + rest for URLs that begin with PREFIX; may be given again. "
                 "MLPGEN_MIRROR has more of them, with blanks between them");
  app.add_flag(
      "--offline", offline_,
      "take it from the store or from a file:// mirror, or fail; likewise MLPGEN_OFFLINE=1");
  app.add_option("--settings", file_,
                 "JSON {format: 1, mirrors: [PREFIX=URL], offline: bool}, read where it is there");
}

Result<SourceSettings> SourceOptions::read() const {
  SourceSettings settings;
  settings.offline = offline_;
  for (const std::string& word : mirrors_) {
    Result<Mirror> mirror = expect_mirror(word);
    if (!mirror) return mirror.error();
    settings.mirrors.push_back(*mirror);
  }
  if (Status s = add_settings(settings, file_); !s) return s.error();
  return settings;
}

}  // namespace mlpgen::tool

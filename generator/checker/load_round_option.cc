// `--round FILE` of a subcommand.
#include "checker/load_round_option.h"

#include <iostream>

namespace mlpgen::submission {

std::optional<Round> load_round_option(const std::string& path) {
  Sources sources;
  Sink sink;
  std::optional<Round> round = load_round_file(sources, path, sink);
  std::cerr << to_text(sink, sources);
  return round;
}

}  // namespace mlpgen::submission

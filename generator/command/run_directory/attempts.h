// How often each measurement was asked for again (`mlpgen rerun`), in .mlpgen/attempts.json.
#pragma once

#include <map>
#include <string>

#include "base/diagnostic.h"
#include "base/result.h"

namespace mlpgen {

std::string attempts_file();  // its path in the run directory

// Edge::attempt_key -> number. Reports damaged-attempts, unreadable-file.
std::map<std::string, int> read_attempts(Sink& sink);
Result<bool> write_attempts(const std::map<std::string, int>& attempts);

// Makes the file where there is none. A damaged one gets the name attempts.json.damaged, with the
// warning damaged-attempts: the first attempts count again.
Status prepare_attempts(Sink& sink);

}  // namespace mlpgen

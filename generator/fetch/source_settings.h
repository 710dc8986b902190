// Where bytes may come from instead, and whether the network may be used at all.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "file/mirror.h"

namespace mlpgen::tool {

struct SourceSettings {
  std::vector<Mirror> mirrors;  // the first that fits is taken
  bool offline = false;
};

// As file/mirror.h reads it. Errors: usage, secret-given.
Result<Mirror> expect_mirror(const std::string& word);

// Adds to what the command line said: MLPGEN_MIRROR (words PREFIX=URL with blanks between them),
// MLPGEN_OFFLINE (1), then `file` where it is there: {format: 1, mirrors: [PREFIX=URL], offline:
// bool}. "" names no file.
Status add_settings(SourceSettings& settings, const std::string& file);

bool offline_by_environment();  // MLPGEN_OFFLINE is set, and not 0

// Messages, notes of the store and command lines would have it. Errors: secret-given.
Status expect_no_secret(const std::string& url);

// The URL as it is asked. Errors: secret-given, for one that has a password or token in it;
// bad-url, for another scheme than http and https where no mirror fits.
Result<std::string> asked_url(const std::string& url, const std::vector<Mirror>& mirrors);

}  // namespace mlpgen::tool

// Words of the command line -> Request.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "resolve/request.h"

namespace mlpgen {

// `words`: tags (commas or blanks between them), _variations, --FLAG=value, --env.KEY=value,
// --adr.NAME.FIELD=value,
// --preset=NAME. Reports wrong-word. A flag without '=' has the value "yes".
Request parse_request(const std::vector<std::string>& words, Sources& sources, Sink& sink);

// What is shown of a word: a secret in its URL, and the value of a key with a secret's name, keep
// their place alone.
std::string shown_word(const std::string& word);

}  // namespace mlpgen

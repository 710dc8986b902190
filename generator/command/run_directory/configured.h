// What configure did last time: when nothing that it was made of changed, the next configure says
// the same and stops.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "command/request/session.h"
#include "command/run_directory/links.h"

namespace mlpgen {

struct Configured {
  std::vector<std::string>
      inputs;  // files and folders whose change asks for configure; may be absent, as a lock
  std::vector<Link> links;
  std::string summary;   // what was printed on stdout
  std::string warnings;  // and on stderr
};

// Nothing where anything changed: the program, the request, a fact of the host, an input, what was
// written.
std::optional<Configured> unchanged(const Session& session);

// `began_ns`: when configure began, in ns since 1970. An input that changed since then may have
// been read before it changed, so nothing is kept then. Failure is no error: the next configure
// does its work again.
void keep_configured(const Session& session, const Configured& configured, int64_t began_ns);

int64_t now_ns();

}  // namespace mlpgen

// Request + recipes + host -> Resolution: every choice made, every value with its origin.
#pragma once

#include <optional>

#include "host/host.h"
#include "recipe/library.h"
#include "resolve/request.h"
#include "resolve/resolution.h"

namespace mlpgen {

// Reports all that is wrong; nothing is returned after an error.
std::optional<Resolution> resolve(Library& library, Host& host, const Request& request, Sink& sink);

}  // namespace mlpgen

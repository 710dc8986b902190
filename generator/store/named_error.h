// An Error that carries a stable word, printed as diagnostics print theirs: "message  [word]".
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mlpgen {

// `id` has a page: `mlpgen help ID`.
inline Error named_error(std::string_view id, std::string message, std::string help = "") {
  message += "  [";
  message += id;
  message += ']';
  return Error{std::move(message), std::move(help)};
}

}  // namespace mlpgen

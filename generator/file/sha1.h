// SHA-1, for formats of others that name files by it; an identity of ours is SHA-256 (digest.h).
#pragma once

#include <string>
#include <string_view>

namespace mlpgen {

std::string sha1(std::string_view bytes);  // 40 lower-case hexadecimal digits

}  // namespace mlpgen

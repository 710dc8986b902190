// JSON files of ours that carry the SHA-256 of their own bytes: one that was damaged is known from
// one that says something else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mlpgen {

// `json`, the text of an object that is not empty, with a first member "digest": the digest of all
// that follows it.
std::string sealed(std::string_view json);

// Whether the text is as sealed() made it. Without a digest, or with another one, it is not.
bool is_sealed(std::string_view text);

// The bytes of a cache at `path`; nothing where there is none, or where it was damaged: it is then
// made again.
std::optional<std::string> read_sealed(const std::string& path);

// A line of .mlpgen/plan begins with its identity, so its seal, of all before it, is the last
// member: `line` has no closing brace yet. There are as many as edges, so it is a CRC-32: a SHA-256
// for each took a third of the time that a plan takes to disk.
std::string line_seal(std::string_view line);
bool is_sealed_line(std::string_view line);

}  // namespace mlpgen

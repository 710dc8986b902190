// A stand-in for gflags: --name=value, where the dashes of a name may be underscores; an unknown
// name ends the program.
#pragma once
#include <string>
namespace gflags {
bool define(const char* name, std::string* value);
void ParseCommandLineFlags(int* argc, char*** argv, bool remove);
}  // namespace gflags
#define DEFINE_string(name, value, about) \
  std::string FLAGS_##name = value;       \
  static bool defined_##name = gflags::define(#name, &FLAGS_##name)

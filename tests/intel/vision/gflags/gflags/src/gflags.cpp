#include "gflags/gflags.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace gflags {
static std::map<std::string, std::string*>& flags() {
  static std::map<std::string, std::string*> all;
  return all;
}
bool define(const char* name, std::string* value) { return flags().emplace(name, value).second; }
void ParseCommandLineFlags(int* argc, char*** argv, bool) {
  for (int i = 1; i < *argc; ++i) {
    std::string word = (*argv)[i];
    size_t equal = word.find('=');
    std::string name = word.substr(2, equal - 2);
    std::replace(name.begin(), name.end(), '-', '_');
    auto found = flags().find(name);
    if (word.rfind("--", 0) != 0 || equal == std::string::npos || found == flags().end()) {
      std::fprintf(stderr, "ERROR: unknown command line flag '%s'\n", word.c_str());
      std::exit(1);
    }
    *found->second = word.substr(equal + 1);
  }
}
}  // namespace gflags

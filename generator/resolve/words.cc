// Ranks in words.
#include "resolve/resolution.h"

namespace mlpgen {

const char* to_word(Rank rank) {
  static const char* kWords[] = {"default_env",
                                 "export of a dep",
                                 "recipe env",
                                 "version",
                                 "default variation",
                                 "inherited",
                                 "variation",
                                 "combined variation",
                                 "dep entry",
                                 "preset",
                                 "flag",
                                 "--env",
                                 "--adr"};
  return kWords[static_cast<int>(rank)];
}

}  // namespace mlpgen

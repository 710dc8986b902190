// What a program inherits from the one that started it and must not depend on.
#pragma once

namespace mlpgen {

// To be called first. Streams 0, 1 and 2 that the caller closed are /dev/null (a file that is
// opened must not get their number); writing to a closed standard output stays an error. And
// a child can be waited for although the caller ignores
// SIGCHLD.
void reset_inherited();

}  // namespace mlpgen

// What a program prints is part of its work: when it cannot be written, the program has not done
// it.
#pragma once

namespace mlpgen {

// At the beginning of main(), behind reset_inherited(): std::cout notes why it could not be
// written.
void hold_standard_output();

// At the end of main(): writes what std::cout still holds. Gives `code`; where standard output
// could not be written, reports that on stderr and gives 1 instead of 0.
int finish_standard_output(int code);

}  // namespace mlpgen

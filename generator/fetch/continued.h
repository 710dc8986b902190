// mlpgen-edge stops a fetch for a measurement and continues it (SIGSTOP, SIGCONT). What fails over
// such a stop is no failure: the server may have closed the connection, and the time that passed
// counts for no timeout.
#pragma once

namespace mlpgen::tool {

// How often this process was continued since it first asked.
unsigned times_continued();

}  // namespace mlpgen::tool

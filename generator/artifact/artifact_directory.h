// The life of an artifact's directory: filled under a temporary name, synced, renamed at the end.
// All of this happens under the artifact's lock.
#pragma once

#include <string>

#include "base/result.h"
#include "step/step.h"

namespace mlpgen {

// "out/RECIPE/IDENTITY12.tmp.PID" of this process.
std::string temporary_directory(const Step& step);

// Makes it. What stands there already, a link to another folder for one, is an error.
Status make_temporary(const Step& step);

// Removes what killed runs of this artifact left: every IDENTITY12.tmp.*. Whoever holds the
// artifact's lock knows that none of them is in use.
Status remove_leftovers(const Step& step);

// Takes away what stands in the artifact's place: empty folders (Ninja makes them) and an outdated
// artifact are removed; something without .done, or a measurement, goes to .mlpgen/trash. What was
// kept is said on stderr, with `why`.
Status clear_place(const Step& step, bool finished, const std::string& why);

// Moves the temporary directory of a measurement that failed to .mlpgen/failed/IDENTITY12.TIME,
// with its log beside it as .log, and returns that path; "" where the command left no file.
Result<std::string> keep_failed(const Step& step, const std::string& temporary);

// Writes every file and folder under `folder` to the disk.
Status sync_tree(const std::string& folder);

// Renames the synced temporary directory to the artifact's.
Status publish(const Step& step, const std::string& temporary);

Status remove_tree(const std::string& path);

}  // namespace mlpgen

// Names that become paths: a recipe, given by --trust or not, writes nothing outside its run
// directory.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "recipe/recipe.h"

namespace mlpgen {

// Whether Ninja reads the name as one path: it has no way to write a '|'.
bool is_name_for_ninja(std::string_view name);

// Of one folder or file: no '/', not "." or "..", one line. Reports leads-outside.
void check_name(const Text& name, const std::string& what, Sink& sink);

// Of a path below `folder`: relative, without "..", one line. Reports leads-outside; false then.
bool check_inside(const Text& path, const std::string& what, const std::string& folder, Sink& sink);

// Of an edge's output: below the edge's folder, and not the note that mlpgen keeps there.
bool check_output(const Text& path, const std::string& what, Sink& sink);

// Of a target or a link: inside the run directory, and none of the files that mlpgen and Ninja keep
// there.
bool check_place(const Text& path, const std::string& what, Sink& sink);

}  // namespace mlpgen

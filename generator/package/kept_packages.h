// Package files of a Python environment that the store keeps by digest, so that uv needs no index.
#pragma once

#include <string>

#include "base/result.h"
#include "store/store.h"

namespace mlpgen::tool {

// Places what the store (or the second one) has of the requirements in `folder`; true when that is
// at least one file for each. With `fetch`, what is missing is brought by pip first, a wheel that
// fits `python` or else the source package, and accepted only with a digest that the requirements
// name. Errors: those of obtain_package, digest-differs.
Result<bool> place_kept_packages(const Store& store, const std::string& requirements,
                                 const std::string& python, bool fetch, const std::string& folder);

// Whether `mlpgen vendor` fills this store: then environments' packages are kept in it.
bool keeps_packages(const Store& store);

}  // namespace mlpgen::tool

// What the subcommands that fetch many files have in common.
#pragma once

#include "base/subcommand.h"
#include "list/list_fetch.h"

namespace mlpgen::tool {

// All but names and URLs. Errors: usage, those of read_sources.
Result<ListRequest> list_request(const Arguments& arguments);

// Fetches the list and places it below --out: data/FOLDER/NAME and manifest.json.
Result<int> fetch_and_place(const Store& store, const ListRequest& request,
                            const Arguments& arguments);

}  // namespace mlpgen::tool

// Arguments into the request for a list of files.
#include "list/list_request.h"

#include "archive/inside.h"
#include "fetch/transfer_options.h"

namespace mlpgen::tool {

Result<ListRequest> list_request(const Arguments& a) {
  ListRequest request;
  Result<SourceSettings> settings = read_sources(a);
  if (!settings) return settings.error();
  Result<TransferLimits> limits = read_limits(a);
  if (!limits) return limits.error();
  Result<unsigned> connections = number_within(a, "connections", 1, 256);
  if (!connections) return connections.error();
  request.settings = *settings;
  request.limits.connections = *connections;
  request.limits.tries = limits->tries;
  request.limits.stall_seconds = limits->stall_seconds;
  request.limits.max_bytes = limits->max_bytes;
  request.trusted = limits->trusted;
  request.sha256 = a.text("sha256");
  for (const std::string& url : a.list("urls"))
    if (Status s = expect_no_secret(url); !s) return s.error();
  if (!is_inside_name(a.text("folder")))
    return named_error("usage", "'" + a.text("folder") + "' is no folder below --out",
                       "use a relative path without '..'");
  if (Status s = expect_digest(request.sha256, request.trusted); !s) return s.error();
  return request;
}

Result<int> fetch_and_place(const Store& store, const ListRequest& request, const Arguments& a) {
  Result<FetchedList> list = fetch_list(store, request);
  if (!list) return list.error();
  if (Status s = place_list(store, *list, a.text("out"), "data/" + a.text("folder")); !s)
    return s.error();
  return 0;
}

}  // namespace mlpgen::tool

// One call of a list's download: its connection, and how it ended (libcurl).
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <optional>
#include <string>

#include "fetch/http_call.h"
#include "list/list_download.h"

namespace mlpgen::tool {

// A call that is to be made.
struct ListCall {
  size_t job = 0;
  size_t url = 0;          // of the job's
  unsigned failed = 0;     // calls of this URL that brought nothing
  std::string why = {};    // what the URLs before it said
  unsigned continued = 0;  // times_continued() when it began
};

// One connection's call in progress.
struct ListSlot {
  CURL* easy = nullptr;
  bool busy = false;
  ListCall call;
  std::optional<PartialFile> file;
  HeaderList headers;         // of this call
  std::optional<Error> ours;  // the file cannot be written
  uint64_t most_bytes = 0;    // of this call's file
  bool too_many = false;      // more came
  char why[CURL_ERROR_SIZE] = "";
  uint64_t* bytes = nullptr;  // that came in all
};

// How a call ended; an empty `why` is a good end.
struct ListCallEnd {
  std::string why;
  bool may_pass = false;
  bool digest_differs = false;
};

// Bytes that come are appended to the slot's file. The handle is the slot's for good.
void set_list_options(ListSlot& slot);

ListCallEnd call_end(const ListSlot& slot, const ListJob& job, CURLcode code,
                     unsigned stall_seconds);

}  // namespace mlpgen::tool

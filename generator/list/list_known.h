// What is known of a list of files before anything is fetched, and what is noted afterwards.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "list/list_fetch.h"
#include "store/trusted.h"

namespace mlpgen::tool {

struct KnownList {
  std::string sha256;                         // of the manifest, or ""
  std::optional<TrustedFile> record;          // of an earlier fetch, where that is who knows it
  std::map<std::string, std::string> digest;  // by name, where the manifest is in the store
};

// Errors: digest-differs, where the manifest that must come out has other names than the list.
Result<KnownList> known_list(const Store& store, const ListRequest& request);

// The error of a list whose manifest has another digest than it must have.
Error manifest_differs(const Store& store, const ListRequest& request, const KnownList& known,
                       const std::string& why);

// The manifest into the store, where a later run looks its digests up; its digest, unless it was
// given, into the records of the store and of the run directory.
Status note_list(const Store& store, const ListRequest& request, const KnownList& known,
                 const std::string& manifest);

// The record of the store that says which bytes came first from this URL.
std::optional<TrustedFile> file_record(const Store& store, const std::string& url);
Status note_file(const Store& store, const std::string& url, const Object& object);

}  // namespace mlpgen::tool

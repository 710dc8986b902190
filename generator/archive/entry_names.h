// Which names of an archive are wanted, and what they become: --strip, --select, --rename.
#pragma once

#include <string>
#include <vector>

#include "archive/unpack.h"
#include "base/result.h"

namespace mlpgen::tool {

class EntryNames {
 public:
  explicit EntryNames(const ExtractRequest& request)
      : request_(request),
        select_used_(request.select.size()),
        rename_used_(request.rename.size()) {}

  // The name after --strip and --select; "" when it is not wanted.
  std::string wanted(const std::string& name);
  // A wanted name after --rename, without "." and double slashes.
  std::string mapped(const std::string& name) const;
  // Every --select and --rename has fitted. Errors: nothing-selected.
  Status check_used() const;

 private:
  const ExtractRequest& request_;
  std::vector<char> select_used_, rename_used_;
};

}  // namespace mlpgen::tool

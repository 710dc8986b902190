// The log of an edge: the command line first, then what the command wrote to stdout and stderr.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "edge/secret_filter.h"

namespace mlpgen {

class EdgeLog {
 public:
  // Makes `path` and its folder. With `verbose` all goes to stderr, too. Values of `secrets` become
  // ***.
  static Result<EdgeLog> create(const std::string& path, std::vector<std::string> secrets,
                                bool verbose);
  EdgeLog(EdgeLog&& other) noexcept;
  EdgeLog& operator=(EdgeLog&&) = delete;
  ~EdgeLog();

  void add(std::string_view text);
  // Writes what is left; an error where the log could not be written in full, e.g. on a full disk.
  Status finish();

 private:
  EdgeLog(std::string path, int descriptor, std::vector<std::string> secrets, bool verbose)
      : path_(std::move(path)),
        descriptor_(descriptor),
        filter_(std::move(secrets)),
        verbose_(verbose) {}
  void write_out(std::string_view text);

  std::string path_;
  int descriptor_;
  SecretFilter filter_;
  bool verbose_;
  int error_ = 0;  // errno of the first write that went wrong
};

// The last `count` lines of a file; "" where it cannot be read.
std::string last_lines(const std::string& path, size_t count);

}  // namespace mlpgen

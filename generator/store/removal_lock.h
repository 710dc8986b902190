// Notes of uses exclude removals for as long as one write takes. For the store only.
#pragma once

#include <string>

namespace mlpgen {

// A flock on a file of STORE/locks. Where the file cannot be opened (a store that may only be read)
// it holds nothing.
class RemovalLock {
 public:
  static RemovalLock shared(const std::string& root);     // by those who note a use, for one write
  static RemovalLock exclusive(const std::string& root);  // by what removes
  // Shared by an edge from its first use to its end, so that `store remove` takes away nothing that
  // it is about to place. (gc need not wait: it takes nothing whose use is noted.)
  static RemovalLock in_use(const std::string& root);
  static std::string in_use_path(const std::string& root) { return root + "/locks/in-use"; }

  RemovalLock(RemovalLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  RemovalLock& operator=(RemovalLock&&) = delete;
  ~RemovalLock();

 private:
  RemovalLock(const std::string& path, int how);
  int fd_;
};

}  // namespace mlpgen

// The bytes of `.mlpgen/plan`, mapped: a line is found by binary search over its identity.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mlpgen {

class PlanFile {
 public:
  static Result<PlanFile> open(const std::string& path);
  PlanFile(PlanFile&& other) noexcept;
  PlanFile& operator=(PlanFile&&) = delete;
  ~PlanFile();

  std::string_view text() const { return {data_, size_}; }
  // The line whose identity begins with `prefix`, or "" where there is none.
  std::string_view find(std::string_view prefix) const { return find_plan_line(text(), prefix); }

  static std::string_view find_plan_line(std::string_view text, std::string_view prefix);

 private:
  PlanFile(const char* data, size_t size) : data_(data), size_(size) {}

  const char* data_;
  size_t size_;
};

}  // namespace mlpgen

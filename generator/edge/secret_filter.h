// Takes the values of secrets out of a stream of text, also where a value is cut by a read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

class SecretFilter {
 public:
  explicit SecretFilter(std::vector<std::string> values);  // empty ones are left out

  // What may be shown now: each value is replaced by ***. The end of the text is kept back where it
  // could be the beginning of a value.
  std::string pass(std::string_view text);
  std::string finish();  // what was kept back

 private:
  std::vector<std::string> values_;
  std::string kept_;
};

}  // namespace mlpgen

// The whole accuracy log, without a tree of JSON: a log may have gigabytes.
#include "loadgen/accuracy_log.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "file/file.h"

namespace mlpgen::submission {
namespace {

using Json = nlohmann::json;

// [{"seq_id": N, "qsl_idx": N, "data": "HEX", "token_data": "HEX", "token_count": N}, ...]
class Outputs : public nlohmann::json_sax<Json> {
 public:
  std::vector<LoggedOutput> all;
  bool whole() const { return ended_ && complete_; }

  bool start_array(size_t) override { return depth_++ == 0; }
  bool end_array() override {
    ended_ = true;
    return --depth_ == 0;
  }
  bool start_object(size_t) override {
    all.emplace_back();
    has_index_ = has_data_ = false;
    return depth_++ == 1;
  }
  bool end_object() override {
    complete_ = complete_ && has_index_ && has_data_;
    return --depth_ == 1;
  }
  bool key(string_t& name) override {
    key_ = name;
    return true;
  }
  bool string(string_t& text) override {
    if (all.empty()) return false;
    if (key_ == "data") {
      all.back().data = std::move(text);
      has_data_ = true;
    }
    if (key_ == "token_data") all.back().token_data = std::move(text);
    return true;
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (all.empty()) return false;
    if (key_ == "qsl_idx") {
      all.back().index = value;
      has_index_ = true;
    }
    if (key_ == "token_count") all.back().tokens = value;
    return true;
  }
  bool number_integer(number_integer_t) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool parse_error(size_t, const std::string&, const Json::exception&) override { return false; }

 private:
  std::string key_;
  int depth_ = 0;
  bool ended_ = false, complete_ = true, has_index_ = false, has_data_ = false;
};

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

Result<std::vector<LoggedOutput>> read_accuracy_log(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{path + " cannot be read", "make the run again that writes it"};
  Outputs outputs;
  if (!Json::sax_parse(file, &outputs) || !outputs.whole())
    return Error{path + " is no whole accuracy log of LoadGen",
                 "take the log as the run wrote it; the one of a submission tree is cut"};
  return std::move(outputs.all);
}

Result<std::string> bytes_of(const std::string& hexadecimal) {
  std::string bytes(hexadecimal.size() / 2, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    int high = digit(hexadecimal[2 * i]), low = digit(hexadecimal[2 * i + 1]);
    if (high < 0 || low < 0) return Error{"an output of the accuracy log is not hexadecimal"};
    bytes[i] = static_cast<char>(high * 16 + low);
  }
  if (hexadecimal.size() % 2) return Error{"an output of the accuracy log ends in half a byte"};
  return bytes;
}

Result<std::string> part_of_log(const std::string& path, const std::vector<uint64_t>& indices) {
  Result<std::vector<LoggedOutput>> all = read_accuracy_log(path);
  if (!all) return all.error();
  std::set<uint64_t> wanted(indices.begin(), indices.end());
  std::string text;
  size_t taken = 0;
  for (const LoggedOutput& o : *all)
    if (wanted.count(o.index))
      text += (text.empty() ? "" : ",\n") + std::string("{ \"seq_id\" : ") +
              std::to_string(taken++) + ", \"qsl_idx\" : " + std::to_string(o.index) +
              ", \"data\" : \"" + o.data + "\" }";
  return "[\n" + text + "\n]\n";
}

}  // namespace mlpgen::submission

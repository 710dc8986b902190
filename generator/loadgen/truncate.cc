// Cutting the accuracy log; reads its two ends only, whatever its size.
#include "loadgen/truncate.h"

#include <algorithm>
#include <cctype>
#include <fstream>

#include "file/digest.h"
#include "file/file.h"
#include "loadgen/official_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

Result<std::string> read_range(const std::string& path, uint64_t offset, size_t length) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(length, '\0');
  file.seekg(static_cast<std::streamoff>(offset));
  if (!file.read(bytes.data(), static_cast<std::streamsize>(length)))
    return Error{path + " changed while it was read", "run the same command again"};
  return bytes;
}

Result<std::string> cut(const std::string& path, uint64_t size) {
  if (size < kKeptBytes) return read_range(path, 0, static_cast<size_t>(size));
  // The official tool counts the kept start in characters, after it made each CR LF one LF.
  size_t longest = static_cast<size_t>(std::min<uint64_t>(size, 4 * kKeptBytes));
  Result<std::string> head = read_range(path, 0, longest);
  if (!head) return head;
  Result<std::string> tail = read_range(path, size - kKeptBytes, kKeptBytes);
  if (!tail) return tail;
  std::string start = universal_newlines(*head);
  return std::string(first_characters(start, kKeptBytes)) + "\n\n...\n\n" +
         universal_newlines(*tail);
}

}  // namespace

std::string hash_line_of(std::string_view accuracy_txt) {
  for (const std::string& line : split(accuracy_txt, '\n')) {
    if (line.size() <= 5 || line.compare(0, 5, "hash=") != 0) continue;
    std::string value = line.substr(5);
    bool word = true;
    for (char c : value) word = word && (std::isalnum(static_cast<unsigned char>(c)) || c == '_');
    if (word) return value;
  }
  return "";
}

Result<Truncation> truncate_accuracy_log(const std::string& log_path,
                                         const std::string& accuracy_path) {
  Result<FileStamp> stamp = stamp_of(log_path);
  if (!stamp) return stamp.error();
  Result<std::string> digest = sha256_file(log_path);
  if (!digest) return digest.error();
  Result<std::string> text = read_file(accuracy_path), read = read_official_text(accuracy_path);
  if (!text) return text.error();
  if (!read) return read.error();
  Result<std::string> log = cut(log_path, stamp->size);
  if (!log) return log.error();
  std::string known = hash_line_of(*read);
  if (!known.empty() && known != *digest)
    return Error{accuracy_path + " carries the hash " + known + ", but the log's is " + *digest,
                 "take the accuracy.txt of this log, as the accuracy script wrote it"};
  std::string accuracy = known.empty() ? *text + "\nhash=" + *digest + "\n" : *text;
  return Truncation{std::move(*log), std::move(accuracy), std::move(*digest)};
}

}  // namespace mlpgen::submission

// The list at the end of a zip file against the heads of its entries: APPNOTE.TXT of PKWARE, 4.3
// and 4.5.
#include "archive/zip_names.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string_view>

#include "text/bad_byte.h"

namespace mlpgen::tool {
namespace {

constexpr uint32_t kEndMark = 0x06054b50, kEnd64Mark = 0x06064b50, kLocator64Mark = 0x07064b50,
                   kListMark = 0x02014b50, kEntryMark = 0x04034b50;
constexpr size_t kEndSize = 22, kLocator64Size = 20, kEnd64Size = 56, kListSize = 46,
                 kEntrySize = 30, kLongestComment = 0xffff;
constexpr uint64_t kIn64 = 0xffffffff;         // the number stands in the part for large files
constexpr uint64_t kLongestList = 1ULL << 30;  // bytes: ten million entries
constexpr uint64_t kUtf8 = 1 << 11;            // how the name is written

uint64_t number(std::string_view bytes, size_t at, size_t size) {
  uint64_t n = 0;
  for (size_t i = size; i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[at + i]);
  return n;
}

class ZipNames {
 public:
  explicit ZipNames(int fd) : fd_(fd) {}
  Status check();

 private:
  struct List {
    uint64_t at = 0, size = 0, count = 0;
  };
  std::optional<std::string> bytes(uint64_t at, size_t size) const;
  std::optional<List> find_list() const;
  bool read_large(uint64_t end, List& list) const;
  Status check_entry(std::string_view listed) const;

  int fd_;
};

// Nothing where the file ends before.
std::optional<std::string> ZipNames::bytes(uint64_t at, size_t size) const {
  std::string text(size, '\0');
  for (size_t done = 0; done < size;) {
    ssize_t n = pread(fd_, text.data() + done, size - done, static_cast<off_t>(at + done));
    if (n <= 0) return std::nullopt;
    done += static_cast<size_t>(n);
  }
  return text;
}

std::optional<ZipNames::List> ZipNames::find_list() const {
  struct stat st {};
  if (fstat(fd_, &st) != 0) return std::nullopt;
  auto whole = static_cast<uint64_t>(st.st_size);
  uint64_t begin = whole > kEndSize + kLongestComment ? whole - kEndSize - kLongestComment : 0;
  std::optional<std::string> tail = bytes(begin, static_cast<size_t>(whole - begin));
  if (!tail) return std::nullopt;
  for (size_t at = tail->size() < kEndSize ? 0 : tail->size() - kEndSize + 1; at-- > 0;) {
    if (number(*tail, at, 4) != kEndMark ||
        at + kEndSize + number(*tail, at + 20, 2) != tail->size())
      continue;
    List list{number(*tail, at + 16, 4), number(*tail, at + 12, 4), number(*tail, at + 10, 2)};
    bool large = list.at == kIn64 || list.size == kIn64 || list.count == 0xffff;
    if (large && !read_large(begin + at, list)) return std::nullopt;
    return list;
  }
  return std::nullopt;
}

// The numbers of a file with many or large entries; true as well where the file has no such part.
bool ZipNames::read_large(uint64_t end, List& list) const {
  std::optional<std::string> locator =
      end < kLocator64Size ? std::nullopt : bytes(end - kLocator64Size, kLocator64Size);
  if (!locator || number(*locator, 0, 4) != kLocator64Mark)
    return list.at != kIn64 && list.size != kIn64;
  std::optional<std::string> large = bytes(number(*locator, 8, 8), kEnd64Size);
  if (!large || number(*large, 0, 4) != kEnd64Mark) return false;
  list = {number(*large, 48, 8), number(*large, 40, 8), number(*large, 32, 8)};
  return true;
}

// Where the entry begins: the last of the numbers that its part for large files holds.
std::optional<uint64_t> begin_of(std::string_view listed) {
  uint64_t at = number(listed, 42, 4);
  if (at != kIn64) return at;
  size_t name = number(listed, 28, 2), size = number(listed, 30, 2);
  std::string_view extra = listed.substr(kListSize + name, size);
  while (extra.size() >= 4) {
    size_t kind = number(extra, 0, 2), length = number(extra, 2, 2);
    if (length + 4 > extra.size()) return std::nullopt;
    if (kind == 1) {
      size_t before = 8 * ((number(listed, 24, 4) == kIn64) + (number(listed, 20, 4) == kIn64));
      return before + 8 <= length ? std::optional(number(extra, 4 + before, 8)) : std::nullopt;
    }
    extra.remove_prefix(length + 4);
  }
  return std::nullopt;
}

Status ZipNames::check_entry(std::string_view listed) const {
  std::string name(listed.substr(kListSize, number(listed, 28, 2)));
  std::optional<uint64_t> at = begin_of(listed);
  std::optional<std::string> head = at ? bytes(*at, kEntrySize) : std::nullopt;
  if (!head || number(*head, 0, 4) != kEntryMark)
    return Error{"its list names '" + printable(name) + "' at a place where no entry begins"};
  std::optional<std::string> own = bytes(*at + kEntrySize, number(*head, 26, 2));
  bool equal = own == name && ((number(*head, 6, 2) ^ number(listed, 8, 2)) & kUtf8) == 0;
  return equal ? Status(Done{})
               : Error{"an entry is '" + printable(own.value_or("")) + "' where it begins and '" +
                       printable(name) + "' in the list at the end"};
}

Status ZipNames::check() {
  std::optional<List> found = find_list();
  std::optional<std::string> list = found && found->size <= kLongestList
                                        ? bytes(found->at, static_cast<size_t>(found->size))
                                        : std::nullopt;
  if (!list) return Error{"the list of entries at its end is missing; it was cut, or is damaged"};
  std::string_view rest = *list;
  uint64_t count = 0;
  for (; rest.size() >= kListSize && number(rest, 0, 4) == kListMark; ++count) {
    size_t size = kListSize + number(rest, 28, 2) + number(rest, 30, 2) + number(rest, 32, 2);
    if (size > rest.size()) break;
    if (Status s = check_entry(rest.substr(0, size)); !s) return s;
    rest.remove_prefix(size);
  }
  if (!rest.empty() || count != found->count)
    return Error{"the list of entries at its end is damaged: it says " +
                 std::to_string(found->count) + " and holds " + std::to_string(count)};
  return Done{};
}

}  // namespace

Status check_zip_names(const std::string& path) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Error{"it cannot be read"};
  Status status = ZipNames(fd).check();
  close(fd);
  return status;
}

}  // namespace mlpgen::tool

// Lines in places of fixed size: the first for the inode, the others for processes.
#include "edge/turnstile.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "edge/clock.h"

namespace mlpgen {
namespace {

constexpr size_t kPlace_bytes = 256;
constexpr pid_t kPlaces = 1024;

off_t place_of(pid_t process) { return (1 + process % kPlaces) * static_cast<off_t>(kPlace_bytes); }

void write_place(int file, off_t at, std::string text) {
  text.resize(kPlace_bytes - 1);
  text += '\n';
  [[maybe_unused]] ssize_t n = pwrite(file, text.data(), text.size(), at);
}

std::string read_place(int file, off_t at) {
  std::string text(kPlace_bytes, '\0');
  ssize_t n = pread(file, text.data(), text.size(), at);
  text.resize(n > 0 ? static_cast<size_t>(n) : 0);
  return text.substr(0, text.find_first_of(std::string_view("\0\n", 2)));
}

}  // namespace

void note_holder(int file, const std::string& name) {
  std::string since = clock_now().time_of_day();
  write_place(file, place_of(getpid()),
              std::to_string(getpid()) + " " + since + " " + name.substr(0, kPlace_bytes / 2));
}

std::string noted_holder(int file, pid_t process) {
  std::string number = std::to_string(process);
  std::string text = read_place(file, place_of(process));
  for (char& c : text)
    if (c < ' ' || c > '~') c = '?';
  std::vector<std::string> words = split(text, ' ');
  if (words.size() != 3 || words[0] != number) return "process " + number;
  return words[2] + " (process " + number + ", since " + words[1] + ")";
}

void note_inode(int file, ino_t inode) { write_place(file, 0, std::to_string(inode)); }

ino_t noted_inode(int file) { return std::strtoul(read_place(file, 0).c_str(), nullptr, 10); }

}  // namespace mlpgen

// Lines in places of fixed size, one for a process.
#include "machine/turnstile.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <vector>

#include "step/clock.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr size_t kPlace_bytes = 256;
constexpr pid_t kPlaces = 1024;

off_t place_of(pid_t process) { return (process % kPlaces) * static_cast<off_t>(kPlace_bytes); }

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

void write_note(int file, const std::string& name) {
  write_place(
      file, place_of(getpid()),
      join({std::to_string(getpid()), clock_now().time_of_day(), name.substr(0, kPlace_bytes / 2)},
           " "));
}

HolderNote note_of_holder(int file, pid_t process) {
  std::string text = read_place(file, place_of(process));
  for (char& c : text)
    if (c < ' ' || c > '~') c = '?';
  std::vector<std::string> words = split(text, ' ');
  if (words.size() != 3 || words[0] != std::to_string(process)) return {};
  return {words[1], words[2]};
}

std::string noted_holder(int file, pid_t process) {
  HolderNote note = note_of_holder(file, process);
  std::string number = "process " + std::to_string(process);
  return note.since.empty() ? number : note.name + " (" + number + ", since " + note.since + ")";
}

}  // namespace mlpgen

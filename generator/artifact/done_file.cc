// DoneFile <-> text.
#include "artifact/done_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>

#include "file/digest.h"

namespace mlpgen {
namespace {

constexpr std::string_view kFirstLine = "mlpgen-done 2";
constexpr std::string_view kEnd = "end ";  // and the digest of all before that line

// A name may hold any byte but 0; a line ends at the first newline.
std::string escape(std::string_view name) {
  std::string out;
  for (char c : name)
    if (c == '%')
      out += "%25";
    else if (c == '\n')
      out += "%0a";
    else
      out += c;
  return out;
}

std::string unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size()) {
      out += text[i];
      continue;
    }
    out += text.substr(i, 3) == "%0a" ? '\n' : '%';
    i += 2;
  }
  return out;
}

void append_file(std::string& out, std::string_view kind, std::string_view digest,
                 const FileStamp& stamp, std::string_view name) {
  out.append(kind).append(" ").append(digest);
  out += " " + std::to_string(stamp.size) + " " + std::to_string(stamp.mtime_ns) + " " +
         std::to_string(stamp.inode) + " " + escape(name) + "\n";
}

void append_note(std::string& out, const std::string& kind, const PathNote& note) {
  if (!note.folder) return append_file(out, kind, note.digest, note.stamp, note.name);
  out += kind + "-folder " + note.digest + " " + escape(note.name) + "\n";
  for (const FileNote& f : note.files) append_file(out, "+", f.digest, f.stamp, f.name);
}

std::string_view take_word(std::string_view& line) {
  size_t end = std::min(line.find(' '), line.size());
  std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

template <class Number>
bool take_number(std::string_view& line, Number& number) {
  std::string_view word = take_word(line);
  return std::from_chars(word.data(), word.data() + word.size(), number).ec == std::errc();
}

std::optional<FileNote> file_of(std::string_view rest) {
  FileNote note;
  note.digest = take_word(rest);
  if (!take_number(rest, note.stamp.size) || !take_number(rest, note.stamp.mtime_ns) ||
      !take_number(rest, note.stamp.inode))
    return std::nullopt;
  note.name = unescape(rest);
  return note;
}

// Adds what one line says; false where it says nothing that is known.
bool add_line(DoneFile& done, PathNote*& last, std::string_view line) {
  std::string_view kind = take_word(line);
  if (kind == "identity") {
    done.identity = line;
    return true;
  }
  if (kind == "+") {
    std::optional<FileNote> file = file_of(line);
    if (!file || !last || !last->folder) return false;
    last->files.push_back(std::move(*file));
    return true;
  }
  if (kind != "output" && kind != "input" && kind != "output-folder" && kind != "input-folder")
    return false;
  std::vector<PathNote>& list = kind.starts_with("output") ? done.outputs : done.inputs;
  PathNote note;
  if (kind.ends_with("-folder")) {
    note.folder = true;
    note.digest = take_word(line);
    note.name = unescape(line);
  } else {
    std::optional<FileNote> file = file_of(line);
    if (!file) return false;
    note = PathNote{std::move(file->name), false, std::move(file->digest), file->stamp, {}};
  }
  list.push_back(std::move(note));
  last = &list.back();
  return true;
}

std::string last_line(std::string_view before) { return std::string(kEnd) + sha256(before) + "\n"; }

// The lines before the last one; nothing where a byte of them is not as it was written.
std::optional<std::string_view> whole_lines(std::string_view text) {
  size_t end = text.rfind(kEnd);
  if (end == std::string_view::npos || text.substr(end) != last_line(text.substr(0, end)))
    return std::nullopt;
  return text.substr(0, end);
}

const PathNote* find_in(const std::vector<PathNote>& list, std::string_view name) {
  auto at =
      std::find_if(list.begin(), list.end(), [&](const PathNote& n) { return n.name == name; });
  return at == list.end() ? nullptr : &*at;
}

}  // namespace

const PathNote* DoneFile::output(std::string_view name) const { return find_in(outputs, name); }
const PathNote* DoneFile::input(std::string_view name) const { return find_in(inputs, name); }

PathNote DoneFile::known_under(std::string_view relative) const {
  while (relative.ends_with('/')) relative.remove_suffix(1);
  PathNote known;
  known.name = relative;
  std::string prefix = relative.empty() ? "" : std::string(relative) + "/";
  auto take = [&](const std::string& name, const std::string& digest, const FileStamp& stamp) {
    if (name == relative) {
      known.digest = digest;
      known.stamp = stamp;
    } else if (name.starts_with(prefix)) {
      known.folder = true;
      known.files.push_back({name.substr(prefix.size()), digest, stamp});
    }
  };
  for (const PathNote& out : outputs) {
    if (out.folder && out.name == prefix) known.digest = out.digest;
    if (out.folder) known.folder = known.folder || out.name == prefix;
    if (!out.folder) take(out.name, out.digest, out.stamp);
    for (const FileNote& f : out.files) take(out.name + f.name, f.digest, f.stamp);
  }
  std::sort(known.files.begin(), known.files.end(),
            [](const FileNote& a, const FileNote& b) { return a.name < b.name; });
  return known;
}

std::string to_text(const DoneFile& done) {
  std::string out(kFirstLine);
  out += "\nidentity " + done.identity + "\n";
  for (const PathNote& note : done.outputs) append_note(out, "output", note);
  for (const PathNote& note : done.inputs) append_note(out, "input", note);
  return out + last_line(out);
}

Result<DoneFile> parse_done(std::string_view text) {
  const Error damaged{"a .done file is damaged", "run ninja again"};
  DoneFile done;
  PathNote* last = nullptr;
  std::optional<std::string_view> lines = whole_lines(text);
  if (!lines || !lines->ends_with('\n')) return damaged;
  bool first = true;
  while (!lines->empty()) {
    std::string_view line = lines->substr(0, lines->find('\n'));
    lines->remove_prefix(line.size() + 1);
    if (first ? line != kFirstLine : !add_line(done, last, line)) return damaged;
    first = false;
  }
  return done;
}

Result<DoneFile> read_done(const std::string& directory) {
  Result<std::string> text = read_file(directory + "/.done");
  if (!text) return text.error();
  return parse_done(*text);
}

// Written beside the directory: what a kill leaves there is no part of the artifact, and the next
// run removes it (remove_leftovers).
Status write_done(const std::string& directory, const DoneFile& done, bool keep_mtime) {
  std::string path = directory + "/.done";
  std::string beside = directory + ".tmp.done";
  struct stat before {};
  keep_mtime = keep_mtime && stat(path.c_str(), &before) == 0;
  if (Status s = write_file(beside, to_text(done)); !s) return s;
  if (keep_mtime) {
    struct timespec times[2] = {before.st_mtim, before.st_mtim};
    utimensat(AT_FDCWD, beside.c_str(), times, 0);
  }
  if (rename(beside.c_str(), path.c_str()) == 0) return Done{};
  int why = errno;
  unlink(beside.c_str());
  return Error{path + " cannot be written: " + std::strerror(why), ""};
}

}  // namespace mlpgen

// Reading and writing whole files so that nothing half-written is ever seen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/pieces.h"

namespace mlpgen {

// A descriptor that reads the regular file at `path`. A FIFO, a socket or a device is an error and
// is never waited for.
Result<int> open_to_read(const std::string& path);
Result<std::string> read_file(const std::string& path);  // of a regular file, as open_to_read

// Writes to a new file PATH.tmp.PID.NUMBER, syncs, renames. A full disk leaves the old file as it
// was and no temporary file.
Status write_file(const std::string& path, std::string_view bytes, unsigned mode = 0644);
Status write_file(const std::string& path, const Pieces& text, unsigned mode = 0644);

// As write_file, but leaves a file with the same bytes alone, so that its mtime stays; true when
// written.
Result<bool> write_file_if_changed(const std::string& path, std::string_view bytes);
Result<bool> write_file_if_changed(const std::string& path, const Pieces& text);

// As write_file_if_changed, without waiting for the disk: for what is made again when a power cut
// damaged it.
void write_cache(const std::string& path, std::string_view bytes);

// Why `path`, which a person wrote as `shown`, cannot be an input: it is not there, or it is
// neither a file nor a folder (a FIFO, a device). "" where it can be.
std::string input_fault(const std::string& path, const std::string& shown);
bool exists(const std::string& path);  // follows links; for what we made ourselves

// What stands at a path; links are followed. Only ENOENT and ENOTDIR mean nothing: what cannot be
// looked at is an error, as no choice may depend on a file that is there and was not seen.
enum class PathKind { kNothing, kFolder, kOther };
Result<PathKind> look_at(const std::string& path);

// Before a file is opened: false only where there is nothing. What cannot be looked at is opened,
// which then says why not.
bool may_be_there(const std::string& path);

// The names in a folder, sorted; none where there is no folder. A name that is no text is an error.
Result<std::vector<std::string>> folder_names(const std::string& folder);

// What tells cheaply that a file is still the one that was hashed.
struct FileStamp {
  uint64_t size = 0;
  int64_t mtime_ns = 0;
  uint64_t inode = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
Result<FileStamp> stamp_of(const std::string& path);

// Makes `path` and its parents; an error names the folder that could not be made and why.
Status make_directories(const std::string& path);

}  // namespace mlpgen

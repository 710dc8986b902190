// `.done` of an artifact: the digests and stamps of its outputs and inputs. That it is there says
// that the artifact is finished; that its stamps still hold spares hashing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "file/file.h"

namespace mlpgen {

// One file that was hashed.
struct FileNote {
  std::string name;    // relative to the folder that the list is of
  std::string digest;  // SHA-256
  FileStamp stamp;     // taken when it was hashed
};

// One output or input: a file, or a folder with all that is in it.
struct PathNote {
  std::string name;  // of an output: relative to the artifact; of an input: as the plan says
  bool folder = false;
  std::string digest;           // of a file: SHA-256; of a folder: its tree digest (tree_digest.h)
  FileStamp stamp;              // of a file
  std::vector<FileNote> files;  // of a folder: the regular files in it, sorted by name
};

struct DoneFile {
  std::string identity;
  std::vector<PathNote> outputs;
  std::vector<PathNote> inputs;

  const PathNote* output(std::string_view name) const;
  const PathNote* input(std::string_view name) const;
  // What is known of `relative` in the artifact ("" is the whole of it), whether it is an output, a
  // file in one, or a folder around some; without a digest where it is a folder.
  PathNote known_under(std::string_view relative) const;
};

// Text, one note a line; the last line is "end" with the digest of all before it, so that a .done
// with a changed byte is damaged, never another one.
std::string to_text(const DoneFile& done);
Result<DoneFile> parse_done(std::string_view text);

Result<DoneFile> read_done(const std::string& directory);
// Atomically. `keep_mtime` leaves the mtime as it was, so that Ninja does not see a new output.
Status write_done(const std::string& directory, const DoneFile& done, bool keep_mtime);

}  // namespace mlpgen

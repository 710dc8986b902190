// libarchive over a stream of unpacked bytes.
#include "archive/archive_reader.h"

#include "archive/zip_names.h"

namespace mlpgen::tool {
namespace {

Error not_an_archive(const std::string& path, const std::string& why) {
  return named_error("not-an-archive", path + " cannot be read as an archive: " + why,
                     "a tar or zip file is expected; `file " + path +
                         "` says what it is, and a damaged one is fetched again");
}

}  // namespace

ArchiveReader::ArchiveReader(std::string path, uint64_t most_bytes)
    : path_(std::move(path)),
      most_bytes_(most_bytes),
      source_(std::make_unique<Source>()),
      reader_(archive_read_new()) {}

Result<ArchiveReader> ArchiveReader::open(const std::string& path, uint64_t most_bytes) {
  ArchiveReader archive(path, most_bytes);
  Result<std::string> first = first_bytes(path, 4);
  if (!first) return not_an_archive(path, first.error().message);
  bool zip = *first == "PK\x03\x04" || *first == "PK\x05\x06";
  if (Status s = zip ? archive.open_zip() : archive.open_tar(); !s) return s.error();
  return archive;
}

// By the list at its end, so that a cut one is noticed.
Status ArchiveReader::open_zip() {
  if (Status names = check_zip_names(path_); !names)
    return not_an_archive(path_, names.error().message);
  archive_read_support_format_zip_seekable(reader_.get());
  if (archive_read_open_filename(reader_.get(), path_.c_str(), 1 << 18) == ARCHIVE_OK)
    return Done{};
  return unreadable();
}

Status ArchiveReader::open_tar() {
  Result<std::unique_ptr<PackedStream>> stream = open_packed(path_);
  if (!stream) return not_an_archive(path_, stream.error().message);
  source_->stream = std::move(*stream);
  archive_read_support_format_tar(reader_.get());
  if (archive_read_open(reader_.get(), source_.get(), nullptr, on_read, nullptr) == ARCHIVE_OK)
    return Done{};
  return unreadable();
}

la_ssize_t ArchiveReader::on_read(struct archive*, void* data, const void** bytes) {
  Source& source = *static_cast<Source*>(data);
  Result<std::string_view> next = source.stream->next();
  if (next) {
    *bytes = next->data();
    return static_cast<la_ssize_t>(next->size());
  }
  source.error = next.error();
  source.failed = true;
  return ARCHIVE_FATAL;
}

Error ArchiveReader::unreadable() const {
  const char* why = archive_error_string(reader_.get());
  return not_an_archive(path_, source_->failed ? source_->error.message
                               : why           ? why
                                               : "unknown format");
}

Result<struct archive_entry*> ArchiveReader::next() {
  if (begun_ && archive_read_data_skip(reader_.get()) != ARCHIVE_OK) return unreadable();
  begun_ = true;
  int64_t before = archive_filter_bytes(reader_.get(), 0);
  struct archive_entry* entry = nullptr;
  int code = archive_read_next_header(reader_.get(), &entry);
  if (source_->failed || (code != ARCHIVE_OK && code != ARCHIVE_EOF)) return unreadable();
  if (code == ARCHIVE_OK) return entry;
  if (source_->stream)
    if (Status s = check_end(before); !s) return s.error();
  return nullptr;
}

// The end mark is a block of zeros, which libarchive has just taken.
Status ArchiveReader::check_end(int64_t before) {
  if (archive_filter_bytes(reader_.get(), 0) <= before)
    return not_an_archive(path_, "it ends without the mark that ends a tar file; it was cut");
  for (uint64_t bytes = 0;;) {
    Result<std::string_view> rest = source_->stream->next();
    if (!rest) return not_an_archive(path_, rest.error().message);
    if (rest->empty()) return Done{};
    bytes += rest->size();
    if (bytes > most_bytes_)
      return not_an_archive(path_, "too much follows the mark that ends a tar file");
  }
}

Result<ArchiveReader::Block> ArchiveReader::block() {
  const void* bytes = nullptr;
  size_t size = 0;
  la_int64_t at = 0;
  int code = archive_read_data_block(reader_.get(), &bytes, &size, &at);
  if (source_->failed || (code != ARCHIVE_OK && code != ARCHIVE_EOF)) return unreadable();
  if (code == ARCHIVE_EOF) return Block{nullptr, 0, 0};
  static const char kNone = 0;
  return Block{bytes ? static_cast<const char*>(bytes) : &kNone, size, static_cast<uint64_t>(at)};
}

}  // namespace mlpgen::tool

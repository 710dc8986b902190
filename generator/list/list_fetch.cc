// The store first; what it lacks is fetched; then the manifest is compared with the known one.
#include "list/list_fetch.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "fetch/download.h"
#include "fetch/url_list.h"
#include "file/digest.h"
#include "file/file.h"
#include "list/list_known.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr size_t kShownFailures = 5;
// A file of this size is fetched by itself, since a transfer of the list begins again when it
// stops.
constexpr uint64_t kResumedBytes = 64 << 20;

class ListFetch {
 public:
  ListFetch(const Store& store, const ListRequest& request, const KnownList& known)
      : store_(store), request_(request), known_(known) {}

  Result<FetchedList> run();

 private:
  Status look_in_store();
  Status fetch_missing();
  Status fetch_big();
  Result<std::vector<ListJob>> missing_jobs();
  Status arrived(const ListJob& job, PartialFile& file, const std::string& digest);
  Error failed(const std::vector<ListFailure>& failures) const;
  std::string record_help(const std::vector<ListFailure>& failures) const;
  bool has_all() const {
    return std::all_of(objects_.begin(), objects_.end(), [](const auto& o) { return o; });
  }
  std::string url_of(const std::string& prefix, const std::string& name) const {
    return prefix.substr(0, prefix.find('#')) + url_part(name);
  }
  std::string digest_of(const std::string& name) const;
  FetchRequest request_for(const std::string& name) const;
  const PublishedFile* published(const std::string& name) const {
    auto it = request_.published.find(name);
    return it == request_.published.end() ? nullptr : &it->second;
  }

  const Store& store_;
  const ListRequest& request_;
  const KnownList& known_;
  std::vector<std::optional<Object>> objects_;  // by the number of the name
};

std::string ListFetch::digest_of(const std::string& name) const {
  if (auto it = known_.digest.find(name); it != known_.digest.end()) return it->second;
  if (const PublishedFile* file = published(name); file && !file->sha256.empty())
    return lower(file->sha256);
  auto record = file_record(store_, url_of(request_.urls[0], name));
  return record ? record->sha256 : "";
}

FetchRequest ListFetch::request_for(const std::string& name) const {
  FetchRequest one;
  for (const std::string& prefix : request_.urls) one.urls.push_back(url_of(prefix, name));
  one.file_name = name.substr(name.rfind('/') + 1);
  one.sha256 = digest_of(name);
  one.settings = request_.settings;
  one.tries = request_.limits.tries;
  one.stall_seconds = request_.limits.stall_seconds;
  one.max_bytes = request_.limits.max_bytes;
  if (const PublishedFile* file = published(name)) {
    one.size = file->size;
    one.md5 = one.sha256.empty() ? file->md5 : "";
  }
  return one;
}

Status ListFetch::look_in_store() {
  objects_.resize(request_.names.names.size());
  for (size_t i = 0; i < objects_.size(); ++i) {
    if (objects_[i]) continue;
    std::string digest = digest_of(request_.names.names[i]);
    if (digest.empty()) continue;
    Result<std::optional<Object>> found = store_.find(digest);
    if (!found) return found.error();
    objects_[i] = *found;
  }
  return Done{};
}

// Nothing where a file may not be asked for, since the network is off.
Result<std::vector<ListJob>> ListFetch::missing_jobs() {
  std::vector<ListJob> jobs;
  for (size_t i = 0; i < objects_.size(); ++i) {
    if (objects_[i]) continue;
    const std::string& name = request_.names.names[i];
    FetchRequest one = request_for(name);
    Result<std::vector<AskedUrl>> urls = asked_urls(one);
    if (!urls) return urls.error();
    if (urls->empty()) return std::vector<ListJob>();
    std::string key = sha256("file of a list\n" + one.urls[0]);
    ListJob job{i, name, {}, one.sha256, one.md5, "", one.size, store_.partial(key)};
    if (const PublishedFile* file = published(name)) job.git_blob = file->git_blob;
    for (const AskedUrl& url : *urls) job.urls.push_back(url.asked);
    jobs.push_back(std::move(job));
  }
  return jobs;
}

Status ListFetch::arrived(const ListJob& job, PartialFile& file, const std::string& digest) {
  std::string url = url_of(request_.urls[0], job.name);
  std::string base = job.name.substr(job.name.rfind('/') + 1);
  Result<Object> object = store_.put_hashed(file.path(), {digest, base, url});
  if (!object) return object.error();
  objects_[job.index] = *object;
  return note_file(store_, url, *object);
}

// What is big, or said to have a digest but no size: each by itself, and resumed.
Status ListFetch::fetch_big() {
  for (size_t i = 0; i < objects_.size(); ++i) {
    const std::string& name = request_.names.names[i];
    const PublishedFile* file = published(name);
    if (objects_[i] || !file ||
        !(file->size >= kResumedBytes || (file->size == 0 && !file->md5.empty())))
      continue;
    Result<Object> object = fetch_file(store_, request_for(name));
    if (!object) return object.error();
    objects_[i] = *object;
    if (Status s = note_file(store_, url_of(request_.urls[0], name), *object); !s) return s;
  }
  return Done{};
}

// How to take bytes that came first for wrong ones.
std::string ListFetch::record_help(const std::vector<ListFailure>& failures) const {
  std::string files;
  for (const ListFailure& failure : failures) {
    std::string url = url_of(request_.urls[0], request_.names.names[failure.index]);
    if (file_record(store_, url)) files += " " + trusted_path(store_.root() + "/trusted", url, "");
  }
  if (files.empty() || !known_.digest.empty())
    return "if the new bytes are right, correct the digest in the recipe or the lock; else take "
           "them from elsewhere by MLPGEN_MIRROR='PREFIX=URL' or --mirror";
  return "no digests are published; the expected ones are those of the first fetch. If the "
         "new bytes are right: `rm" +
         files + "`";
}

Error ListFetch::failed(const std::vector<ListFailure>& failures) const {
  size_t left = static_cast<size_t>(
      std::count_if(objects_.begin(), objects_.end(), [](const auto& o) { return !o; }));
  std::string message = std::to_string(left) + " of " + std::to_string(objects_.size()) +
                        " files of " + request_.list_path + " could not be fetched";
  for (size_t i = 0; i < std::min(failures.size(), kShownFailures); ++i)
    message += "\n  " + failures[i].why;
  if (left > kShownFailures) message += "\n  ...";
  bool other_bytes = std::all_of(failures.begin(), failures.end(),
                                 [](const ListFailure& f) { return f.digest_differs; });
  return named_error(other_bytes ? "digest-differs" : "not-fetched", message,
                     other_bytes ? record_help(failures)
                                 : "check the network, or take them from elsewhere by "
                                   "MLPGEN_MIRROR='PREFIX=URL' or --mirror; the next run fetches "
                                   "only what is missing");
}

Status ListFetch::fetch_missing() {
  Result<std::vector<ListJob>> jobs = missing_jobs();
  if (!jobs) return jobs.error();
  if (jobs->empty())
    return named_error(
        "offline", "not all files of " + request_.list_path + " are in the store " + store_.root(),
        "run once without --offline and MLPGEN_OFFLINE");
  std::string place = request_.urls[0].substr(0, request_.urls[0].find('#'));
  Result<LockFile> lock = store_.lock(sha256("list\n" + place), place);
  if (!lock) return lock.error();
  if (Status s = look_in_store(); !s) return s;  // another process may have fetched some meanwhile
  if (Status s = fetch_big(); !s) return s;
  if (has_all()) return Done{};
  jobs = missing_jobs();
  if (!jobs) return jobs.error();
  if (size_t there = objects_.size() - jobs->size())
    std::fprintf(stderr, "%s: %zu of %zu files are in the store\n", request_.list_path.c_str(),
                 there, objects_.size());
  Result<std::vector<ListFailure>> failures =
      download_list(std::move(*jobs), request_.limits, request_.list_path,
                    [&](const ListJob& job, PartialFile& file, const std::string& digest) {
                      return arrived(job, file, digest);
                    });
  if (!failures) return failures.error();
  return failures->empty() ? Status(Done{}) : Status(failed(*failures));
}

Result<FetchedList> ListFetch::run() {
  if (Status s = look_in_store(); !s) return s.error();
  if (!has_all())
    if (Status s = fetch_missing(); !s) return s.error();
  FetchedList list;
  for (size_t i = 0; i < objects_.size(); ++i) {
    const Object& object = *objects_[i];
    list.files.push_back({request_.names.names[i], object.size, object.sha256});
    list.objects.push_back(object);
  }
  list.manifest = manifest_text(list.files);
  return list;
}

}  // namespace

Result<FetchedList> fetch_list(const Store& store, const ListRequest& request) {
  if (request.urls.empty())
    return named_error("bad-url", request.list_path + " has no URL", "give one by --url");
  Result<KnownList> known = known_list(store, request);
  if (!known) return known.error();
  Result<FetchedList> list = ListFetch(store, request, *known).run();
  if (!list) return list;
  std::string digest = sha256(list->manifest);
  if (!known->sha256.empty() && digest != known->sha256)
    return manifest_differs(store, request, *known, "theirs has " + digest);
  if (Status s = note_list(store, request, *known, list->manifest); !s) return s.error();
  return list;
}

Status place_list(const Store& store, const FetchedList& list, const std::string& out,
                  const std::string& folder) {
  std::set<std::string> made;
  for (size_t i = 0; i < list.files.size(); ++i) {
    std::filesystem::path path = out + "/" + folder + "/" + list.files[i].name;
    if (made.insert(path.parent_path()).second)
      if (Status s = make_directories(path.parent_path()); !s) return s;
    if (Status s = store.get(list.objects[i], path); !s) return s;
  }
  return write_file(out + "/manifest.json", list.manifest);
}

}  // namespace mlpgen::tool

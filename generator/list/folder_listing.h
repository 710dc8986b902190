// How buckets and hubs say which files a folder of theirs has.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

// A file as its publisher describes it; what he does not say is "" or 0.
struct PublishedFile {
  std::string name;      // below the folder
  uint64_t size = 0;     // bytes
  std::string sha256;    // 64 hexadecimal digits
  std::string md5;       // 32
  std::string git_blob;  // 40: SHA-1 of "blob SIZE\0" and the bytes
};

// One page of an S3 bucket's list (ListObjectsV2, XML). Names lose `prefix`; folders are left out.
struct BucketPage {
  std::vector<PublishedFile> files;
  std::string next;  // continuation token, or ""
};
Result<BucketPage> read_bucket_page(const std::string& xml, const std::string& prefix);

// MLCommons' folders in Cloudflare R2: a file NAME.uri has the folder's URL, and NAME.md5 beside it
// a line "MD5  NAME" for each file (mlcommons/r2-downloader 239a3557, mlc-r2-downloader.sh).
Result<std::vector<PublishedFile>> read_md5_list(const std::string& text, const std::string& path);

// A revision of a repository in the Hugging Face hub (GET
// /api/models/REPO/revision/COMMIT?blobs=true).
Result<std::vector<PublishedFile>> read_hub_listing(const std::string& json,
                                                    const std::string& path);

}  // namespace mlpgen::tool

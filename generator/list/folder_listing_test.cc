#include "list/folder_listing.h"

#include <doctest/doctest.h>

using namespace mlpgen;
using namespace mlpgen::tool;

TEST_CASE(
    "a page of a bucket's list: names without the prefix, MD5 of objects of one part, the next "
    "page") {
  Result<BucketPage> page = read_bucket_page(
      "<?xml version=\"1.0\"?>\n<ListBucketResult "
      "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><KeyCount>3</KeyCount>"
      "<Contents><Key>v/</Key><Size>0</Size></Contents>"
      "<Contents><Key>v/a&amp;b.jpg</Key><ETag>&quot;900150983cd24fb0d6963f7d28e17f72&quot;</"
      "ETag><Size>3</Size></Contents>"
      "<Contents><Key>v/big</Key><ETag>\"900150983cd24fb0d6963f7d28e17f72-2\"</"
      "ETag><Size>70000000</Size></Contents>"
      "<NextContinuationToken>1/x+y=</NextContinuationToken></ListBucketResult>",
      "v/");
  REQUIRE(page.ok());
  REQUIRE(page->files.size() == 2);
  CHECK(page->files[0].name == "a&b.jpg");
  CHECK(page->files[0].md5 == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(page->files[1].size == 70000000);
  CHECK(page->files[1].md5 == "");
  CHECK(page->next == "1/x+y=");
  CHECK_FALSE(read_bucket_page("<html>sign in</html>", "").ok());
  CHECK_FALSE(read_bucket_page("<Error><Code>AccessDenied</Code>", "").ok());
}

TEST_CASE("lines of md5sum, with and without its marks") {
  Result<std::vector<PublishedFile>> files = read_md5_list(
      "900150983CD24FB0D6963F7D28E17F72  a/b c.bin\n\nd41d8cd98f00b204e9800998ecf8427e *./e\n",
      "u");
  REQUIRE(files.ok());
  REQUIRE(files->size() == 2);
  CHECK((*files)[0].name == "a/b c.bin");
  CHECK((*files)[0].md5 == "900150983cd24fb0d6963f7d28e17f72");
  CHECK((*files)[1].name == "e");
  CHECK_FALSE(read_md5_list("<html>", "u").ok());
  CHECK_FALSE(read_md5_list("", "u").ok());
}

TEST_CASE("a repository of the hub: SHA-256 of what is stored apart, Git's digest of the rest") {
  Result<std::vector<PublishedFile>> files = read_hub_listing(
      R"({"id": "a/b", "siblings": [{"rfilename": "config.json", "size": 3, "blobId": "f00"},
          {"rfilename": "w/x.bin", "size": 9, "blobId": "f01",
           "lfs": {"sha256": "ab", "size": 9, "pointerSize": 1}}]})",
      "u");
  REQUIRE(files.ok());
  CHECK((*files)[0].git_blob == "f00");
  CHECK((*files)[0].sha256 == "");
  CHECK((*files)[1].sha256 == "ab");
  CHECK((*files)[1].git_blob == "");
  CHECK_FALSE(read_hub_listing("{}", "u").ok());
  CHECK_FALSE(read_hub_listing("<html>", "u").ok());
}

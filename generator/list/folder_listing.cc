// XML, lines of md5sum and JSON into one description of files.
#include "list/folder_listing.h"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "file/digest.h"
#include "text/text.h"

namespace mlpgen::tool {
namespace {

Error no_listing(const std::string& path, const std::string& what) {
  return named_error("bad-listing", path + " is not " + what,
                     "see what the server sends: `curl -L '" + path + "'`");
}

// An ETag is the MD5 of an object that came in one part; other objects' have a dash.
std::string md5_of_etag(std::string etag) {
  std::erase(etag, '"');
  return is_hex(etag, 32) ? lower(etag) : "";
}

PublishedFile hub_file(const nlohmann::json& j) {
  PublishedFile file{j.at("rfilename").get<std::string>(), j.value("size", uint64_t{0}), "", "",
                     ""};
  if (auto lfs = j.find("lfs"); lfs != j.end() && lfs->is_object())
    file.sha256 = lfs->value("sha256", "");
  else
    file.git_blob = j.value("blobId", "");
  return file;
}

}  // namespace

Result<BucketPage> read_bucket_page(const std::string& xml, const std::string& prefix) {
  namespace pt = boost::property_tree;
  BucketPage page;
  try {
    pt::ptree tree;
    std::istringstream in(xml);
    pt::read_xml(in, tree);
    const pt::ptree& list = tree.get_child("ListBucketResult");
    for (const auto& [name, item] : list) {
      if (name != "Contents") continue;
      std::string key = item.get<std::string>("Key");
      if (key.ends_with('/') || !key.starts_with(prefix)) continue;
      page.files.push_back({key.substr(prefix.size()), item.get<uint64_t>("Size"), "",
                            md5_of_etag(item.get<std::string>("ETag", "")), ""});
    }
    page.next = list.get<std::string>("NextContinuationToken", "");
  } catch (const pt::ptree_error& e) {
    return no_listing("the bucket's answer", std::string("a list of a bucket: ") + e.what());
  }
  return page;
}

Result<std::vector<PublishedFile>> read_md5_list(const std::string& text, const std::string& path) {
  std::vector<PublishedFile> files;
  for (const std::string& line : split(text, '\n')) {
    std::string entry(trim(line));
    if (entry.empty()) continue;
    size_t blank = entry.find_first_of(" \t");
    std::string md5 = entry.substr(0, blank);
    std::string name(
        trim(blank == entry.npos ? std::string_view() : std::string_view(entry).substr(blank)));
    if (name.starts_with('*')) name.erase(0, 1);  // md5sum's mark of a binary file
    if (name.starts_with("./")) name.erase(0, 2);
    if (!is_hex(md5, 32) || name.empty()) return no_listing(path, "lines of `MD5  NAME`");
    files.push_back({name, 0, "", lower(md5), ""});
  }
  if (files.empty()) return no_listing(path, "lines of `MD5  NAME`");
  return files;
}

Result<std::vector<PublishedFile>> read_hub_listing(const std::string& json,
                                                    const std::string& path) {
  std::vector<PublishedFile> files;
  try {
    nlohmann::json repository = nlohmann::json::parse(json);
    for (const nlohmann::json& j : repository.at("siblings")) files.push_back(hub_file(j));
  } catch (const nlohmann::json::exception&) {
    return no_listing(path, "the hub's description of a repository");
  }
  return files;
}

}  // namespace mlpgen::tool

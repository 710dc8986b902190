// Listing, checking and setting aside objects.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include "file/digest.h"
#include "store/readable.h"
#include "store/store.h"

namespace mlpgen {

Result<std::vector<Object>> Store::list() const {
  std::vector<Object> objects;
  std::string all = root_ + "/objects/sha256";
  Result<std::vector<std::string>> prefixes = names_in(all);
  if (!prefixes) return prefixes.error();
  for (const std::string& prefix : *prefixes) {
    Result<std::vector<std::string>> digests = names_in(all + "/" + prefix);
    if (!digests) return digests.error();
    for (const std::string& digest : *digests) {
      if (!is_sha256(digest)) continue;
      Result<std::optional<Object>> object = read_object(digest);
      if (!object) return object.error();
      if (*object) objects.push_back(**object);
    }
  }
  return objects;
}

std::optional<Damage> Store::verify(const Object& object) const {
  Damage damage{object.sha256, "", object.name, object.path, ""};
  if (object.name.empty()) {
    damage.why = "the file is missing";
    return damage;
  }
  Result<std::string> actual = sha256_file(object.path);
  if (!actual) {
    damage.why = actual.error().message;
    return damage;
  }
  if (*actual == object.sha256) return std::nullopt;
  damage.actual = *actual;
  damage.why = "its SHA-256 is " + *actual;
  return damage;
}

Status Store::set_aside(const Damage& damage) const {
  std::string to = root_ + "/trash/" + damage.sha256 + "." + std::to_string(time(nullptr)) + "." +
                   std::to_string(getpid());
  if (rename(folder(damage.sha256).c_str(), to.c_str()) == 0 || errno == ENOENT) return Done{};
  return named_error(
      "store-not-writable",
      "the damaged file " + damage.path + " cannot be moved aside: " + std::strerror(errno),
      "remove its folder by hand, or set MLPGEN_STORE to a folder of yours");
}

}  // namespace mlpgen

// Words of curl, git, pip, uv, compilers, linkers, Python and the C library.
#include "edge/likely_cause.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <fstream>

#include "text/text.h"
#include "text/units.h"

namespace mlpgen {
namespace {

enum class Kind { kDisk, kMemory, kProxy, kNetwork, kTrust, kPython, kLibrary, kHeader, kRights };

struct Words {
  Kind kind;
  const char* words;  // in small letters
};

// Within a line the first that fits counts: a proxy's words contain those of the network.
constexpr Words kTable[] = {
    {Kind::kDisk, "no space left on device"},
    {Kind::kDisk, "disk quota exceeded"},
    {Kind::kDisk, "enospc"},
    {Kind::kMemory, "out of memory"},
    {Kind::kMemory, "cannot allocate memory"},
    {Kind::kMemory, "std::bad_alloc"},
    {Kind::kMemory, "memoryerror"},
    {Kind::kMemory, "virtual memory exhausted"},
    {Kind::kProxy, "could not resolve proxy"},
    {Kind::kProxy, "407 proxy"},
    {Kind::kProxy, "proxyerror"},
    {Kind::kProxy, "cannot connect to proxy"},
    {Kind::kProxy, "connect tunnel failed"},
    {Kind::kTrust, "certificate verify failed"},
    {Kind::kTrust, "ssl certificate problem"},
    {Kind::kTrust, "self-signed certificate"},
    {Kind::kNetwork, "could not resolve host"},
    {Kind::kNetwork, "name or service not known"},
    {Kind::kNetwork, "temporary failure in name resolution"},
    {Kind::kNetwork, "network is unreachable"},
    {Kind::kNetwork, "no route to host"},
    {Kind::kNetwork, "connection refused"},
    {Kind::kNetwork, "connection timed out"},
    {Kind::kNetwork, "dns error"},
    {Kind::kPython, "no solution found when resolving"},
    {Kind::kPython, "resolutionimpossible"},
    {Kind::kPython, "conflicting dependencies"},
    {Kind::kPython, "requires a different python"},
    {Kind::kPython, "modulenotfounderror"},
    {Kind::kPython, "importerror"},
    {Kind::kLibrary, "error while loading shared libraries"},
    {Kind::kLibrary, "cannot open shared object file"},
    {Kind::kLibrary, "ld: cannot find -l"},
    {Kind::kHeader, "fatal error: "},
    {Kind::kRights, "permission denied"},
};

std::string room_of(const std::string& folder) {
  struct statvfs disk {};
  if (statvfs(folder.c_str(), &disk) != 0) return "";
  return readable_bytes(disk.f_bavail * disk.f_frsize) + " are free on the disk of " + folder;
}

// MemAvailable of /proc/meminfo.
std::string memory_left() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  uint64_t kib = 0;
  for (std::string unit; file >> name >> kib; std::getline(file, unit))
    if (name == "MemAvailable:") return readable_bytes(kib * 1024) + " are available now";
  return "see `free -h`";
}

LikelyCause cause(Kind kind, const std::string& line, const std::string& folder) {
  switch (kind) {
    case Kind::kDisk:
      return {"the disk is full: " + room_of(folder),
              "free some space (`mlpgen plan` says how much will come, `mlpgen store gc` gives "
              "some back), then run ninja again"};
    case Kind::kMemory:
      return {"memory ran out: " + memory_left(),
              "end other programs, or let fewer edges run at once: ninja -j1"};
    case Kind::kProxy:
      return {"the proxy did not answer",
              "check http_proxy and https_proxy of this shell, then run ninja again"};
    case Kind::kNetwork:
      return {"the network, or the server, did not answer",
              "check the network, then run ninja again: what has come is kept. Without a network: "
              "configure with --mirror=PREFIX=URL or --vendor=DIR"};
    case Kind::kTrust:
      return {"the server's certificate is not trusted here",
              "a proxy may look into the traffic: add its certificate to this machine's "
              "(SSL_CERT_FILE names another file), then run ninja again"};
    case Kind::kPython:
      return {"the Python packages do not fit: " + line,
              "`mlpgen lock --update` resolves the environment again; `mlpgen explain "
              "+PYTHON_REQUIREMENTS` says who asks for what"};
    case Kind::kLibrary:
      return {"a library is missing: " + line,
              "install the package that has it (`mlpgen doctor` lists what this request needs), "
              "then run ninja again"};
    case Kind::kHeader:
      return {"the compiler stopped: " + line,
              "a file that is not there comes with a -dev package: `mlpgen doctor` lists what this "
              "request needs"};
    case Kind::kRights:
      return {"this user may not do that: " + line,
              "check the owner and the mode of what it names"};
  }
  return {};
}

}  // namespace

std::optional<LikelyCause> likely_cause(std::string_view tail, bool killed,
                                        const std::string& folder) {
  std::vector<std::string> lines = split(tail, '\n');
  std::reverse(lines.begin(), lines.end());
  for (const std::string& line : lines) {
    std::string small = lower(line);
    for (const Words& w : kTable)
      if (small.find(w.words) != std::string::npos)
        return cause(w.kind, std::string(trim(line)), folder);
  }
  if (killed)
    return LikelyCause{"it was killed, as the kernel does when memory runs out: " + memory_left(),
                       cause(Kind::kMemory, "", folder).help};
  return std::nullopt;
}

}  // namespace mlpgen

// The magic numbers are those of statfs(2), linux/magic.h and of the file systems' own sources.
#include "machine/network_file_system.h"

#include <sys/vfs.h>

#include <fstream>

namespace mlpgen {
namespace {

struct Magic {
  uint64_t number;
  std::string_view name;
};

constexpr Magic kNetwork[] = {
    {0x6969, "NFS"},        {0xff534d42, "CIFS"}, {0xfe534d42, "SMB2"},  {0x517b, "SMB"},
    {0x0bd00bd0, "Lustre"}, {0x00c36400, "Ceph"}, {0x47504653, "GPFS"},  {0x19830326, "BeeGFS"},
    {0x01021997, "9P"},     {0x5346414f, "AFS"},  {0x6b414653, "kAFS"},  {0x73757245, "Coda"},
    {0x7461636f, "OCFS2"},  {0x01161970, "GFS2"}, {0xaad7aaea, "PanFS"}, {0x20030528, "OrangeFS"},
    {0x013111a8, "IBRIX"},  {0x564c, "NCP"},
};

constexpr uint64_t kFuse = 0x65735546;

// FUSE has one magic number for local and remote file systems; /proc/self/mountinfo says which it
// is.
std::string fuse_type_at(const std::string& path) {
  std::ifstream mounts("/proc/self/mountinfo");
  std::string line, best, type;
  while (std::getline(mounts, line)) {
    size_t at = 0;
    for (int field = 0; field < 4; ++field) at = line.find(' ', at) + 1;
    std::string mount_point = line.substr(at, line.find(' ', at) - at);
    bool holds = mount_point == "/" || path == mount_point || path.starts_with(mount_point + "/");
    size_t dash = line.find(" - ");
    if (!holds || dash == std::string::npos || mount_point.size() < best.size()) continue;
    best = mount_point;
    type = line.substr(dash + 3, line.find(' ', dash + 3) - dash - 3);
  }
  return type;
}

}  // namespace

std::string_view network_file_system(uint64_t magic) {
  for (const Magic& m : kNetwork)
    if (m.number == (magic & 0xffffffff)) return m.name;
  return "";
}

bool fuse_over_network(std::string_view type) {
  for (std::string_view remote :
       {"sshfs", "glusterfs", "ceph", "s3fs", "gcsfuse", "rclone", "davfs", "curlftpfs"})
    if (type.find(remote) != std::string_view::npos) return true;
  return false;
}

std::string_view network_file_system_at(const std::string& path) {
  struct statfs st {};
  if (statfs(path.c_str(), &st) != 0) return "";
  uint64_t magic = static_cast<uint64_t>(st.f_type) & 0xffffffff;
  if (magic != kFuse) return network_file_system(magic);
  return fuse_over_network(fuse_type_at(path)) ? "FUSE over a network" : "";
}

}  // namespace mlpgen

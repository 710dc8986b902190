// The words of pip and uv for "no network".
#include "fetch/network.h"

namespace mlpgen::tool {

bool speaks_of_network(const std::string& output) {
  for (const char* words :
       {"Failed to establish a new connection", "Temporary failure in name resolution",
        "Name or service not known", "Network is unreachable", "Connection refused",
        "ConnectTimeoutError", "ReadTimeoutError", "ProxyError", "SSLError", "Connection aborted",
        "dns error", "error sending request", "failed to lookup address", "tcp connect error"})
    if (output.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace mlpgen::tool

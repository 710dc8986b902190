// What a server is told beside the URL, so that it lets a user read what is not for everybody.
#pragma once

#include <string>

namespace mlpgen::tool {

// "Name: value" for this URL as it is asked, or "". From the environment, so that no token stands
// in a command, a recipe or a log:
//   HF_TOKEN       a bearer for huggingface.co, or for HF_ENDPOINT where that is set
//   MLPGEN_HEADER  lines PREFIX=Name: value; the first whose prefix has the URL's scheme, host and
//   port, and
//                  a path with which the URL's begins, is taken
std::string access_header(const std::string& url);

// What to do where a server answers 401 or 403 to this URL; "" where nothing more is known.
std::string access_help(const std::string& url);

}  // namespace mlpgen::tool

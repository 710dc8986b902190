// Parts of steps that a recipe writes once: `shared: {NAME: {...}}`, which steps take by `with:
// [NAME]`.
#pragma once

#include <map>
#include <set>
#include <string>

#include "yaml/yaml.h"

namespace mlpgen {

struct Text;

class SharedParts {
 public:
  // Of a recipe's `shared`, or none. Reports `shared-cycle` and a part that says `id`.
  SharedParts(const Node* shared, Sink& sink);

  // What the step says, and what the parts say that it takes, and those that they take: a key that
  // two of them say is `given-twice`, a part that is not there `unknown-part`.
  Node complete(const Node& step);
  // Reports `unused-part` for what no step took.
  void finish();

 private:
  // The part of that name with those that it takes; names in `path` are being completed.
  const Node* part(const Text& name, std::set<std::string>& path);
  Node complete(const Node& node, std::set<std::string>& path);

  const Node* shared_;
  Sink& sink_;
  std::map<std::string, Node> completed_;
  std::set<std::string> taken_;
};

}  // namespace mlpgen

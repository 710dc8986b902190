// mlpgen-tool audit-config, mlpgen-tool accuracy-log-part
#include <iostream>

#include "base/subcommand.h"
#include "file/file.h"
#include "loadgen/accuracy_log.h"
#include "loadgen/audit_config.h"

namespace mlpgen::submission {

namespace {

Result<int> write_audit_config(const Arguments& a) {
  Result<std::string> text = audit_config(a.text("test"), a.text("model"));
  if (!text) return text.error();
  if (Status s = write_file(a.text("out"), *text); !s) return s.error();
  std::cout << *text;
  return 0;
}

Result<int> take_part_of_log(const Arguments& a) {
  Result<std::vector<LoggedOutput>> samples = read_accuracy_log(a.text("samples_of"));
  if (!samples) return samples.error();
  std::vector<uint64_t> indices;
  for (const LoggedOutput& o : *samples) indices.push_back(o.index);
  Result<std::string> part = part_of_log(a.text("log"), indices);
  if (!part) return part.error();
  if (Status s = write_file(a.text("out"), *part); !s) return s.error();
  return 0;
}

const Registered kAuditConfig({"audit-config", write_audit_config,
                               "Example: mlpgen-tool audit-config --test TEST01 --model retinanet "
                               "--out audit.config"});
const Registered kLogPart({"accuracy-log-part", take_part_of_log,
                           "Of TEST01: what the same samples gave in accuracy mode."});

}  // namespace

}  // namespace mlpgen::submission

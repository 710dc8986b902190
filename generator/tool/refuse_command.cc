// mlpgen-tool refuse: a step that cannot be carried out says why.
#include "base/subcommand.h"

namespace mlpgen::tool {

namespace {

Result<int> refuse(const Arguments& a) {
  return named_error("refused", a.text("reason"), a.text("help"));
}

const Registered kRefuse({"refuse", refuse,
                          "Example: mlpgen-tool refuse --reason='TensorRT is not on this machine' "
                          "--help='choose --backend=onnxruntime'"});

}  // namespace

}  // namespace mlpgen::tool

// mlpgen-tool refuse: a step that cannot be carried out says why.
#include "tool/options.h"
#include "tool/subcommands.h"

namespace mlpgen::tool {

int run_refuse(int argc, char** argv) {
  std::string reason, how;
  CLI::App app(
      std::string(kRefuseAbout) +
          ".\nExample: mlpgen-tool refuse --reason 'TensorRT is not on this machine' --how "
          "'choose --backend=onnxruntime'",
      "mlpgen-tool refuse");
  app.add_option("--reason", reason, "what cannot be done and why")->required();
  app.add_option("--how", how, "what can be done instead")->required();
  if (auto code = read_options(app, argc, argv)) return *code;
  return report(named_error("refused", reason, how));
}

}  // namespace mlpgen::tool

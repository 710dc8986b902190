// Starting the official checker: output to a log, no bytecode written into the checkout.
#include "checker/official_checker.h"

#include <filesystem>
#include <vector>

#include "file/digest.h"
#include "file/file.h"
#include "process/output.h"
#include "text/text.h"
#include "tree/tree_files.h"

namespace mlpgen::submission {
namespace {

constexpr const char* kMain = "tools/submission/submission_checker/main.py";

// In a checkout, which has a main.py of another kind at its top, or in the checker's own folder.
std::string main_of(const std::string& inference_src) {
  std::string in_checkout = inference_src + "/" + kMain, own = inference_src + "/main.py";
  return !exists(in_checkout) && exists(own) ? own : in_checkout;
}

std::vector<std::string> command_of(const OfficialRequest& r) {
  std::vector<std::string> words = {r.python,      main_of(r.inference_src),
                                    "--input",     r.tree,
                                    "--version",   r.version,
                                    "--submitter", r.submitter,
                                    "--csv",       std::filesystem::absolute(r.csv).string()};
  if (r.skip_dataset_size) words.push_back("--skip-dataset-size-check");
  return words;
}

// Our environment without what would change the checker: no bytecode files, no user's packages.
std::vector<std::string> environment() {
  std::vector<std::string> out = environment_with({});
  std::erase_if(out, [](const std::string& variable) { return variable.starts_with("PYTHON"); });
  out.insert(out.end(), {"PYTHONDONTWRITEBYTECODE=1", "PYTHONNOUSERSITE=1"});
  return out;
}

// Tells one version of the checker from another, an edited one included.
Result<std::string> digest_of_sources(const std::string& folder) {
  Result<std::vector<TreeEntry>> entries = list_tree(folder);
  if (!entries) return entries.error();
  Sha256 digest;
  for (const TreeEntry& entry : *entries) {
    if (!entry.path.ends_with(".py")) continue;
    Result<std::string> text = read_file(folder + "/" + entry.path);
    digest.field("/" + entry.path);
    digest.field(text ? *text : "");
  }
  return digest.hex();
}

std::string last_line_of(std::string_view text) {
  std::vector<std::string> lines = split(trim(text), '\n');
  if (lines.empty()) return "";
  size_t at = lines.back().find("SUMMARY:");
  return at == std::string::npos ? lines.back() : lines.back().substr(at);
}

}  // namespace

Result<OfficialVerdict> run_official_checker(const OfficialRequest& r) {
  std::string main = main_of(r.inference_src);
  if (!exists(main))
    return Error{
        r.inference_src + " has no " + kMain + ", the official checker of rounds v5.0 to v6.1",
        "use a checkout of mlcommons/inference at the commit that the round's file names"};
  std::string log;
  Result<Outcome> done =
      run_program({command_of(r), environment()}, [&](std::string_view text) { log += text; });
  if (!done) return done.error();
  if (Status s = write_file(r.log, log); !s) return s.error();
  int code = exit_code(done->wait_status);
  if (code != 0 && log.find("No module named 'yaml'") != std::string::npos)
    return Error{r.python + " has no PyYAML, which the official checker needs",
                 "install PyYAML for that Python"};
  if (code == 2)
    return Error{"the official checker refused its command line: " + last_line_of(log),
                 "it knows the versions v5.0, v5.1, v6.0 and v6.1"};
  OfficialVerdict verdict{false, code, last_line_of(log), ""};
  Result<std::string> digest = digest_of_sources(main.substr(0, main.rfind('/')));
  if (!digest) return digest.error();
  verdict.sha256 = *digest;
  verdict.ok = code == 0 && verdict.last_line == "SUMMARY: submission looks OK";
  return verdict;
}

}  // namespace mlpgen::submission

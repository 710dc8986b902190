// mlpgen-tool official-verification: upstream's unmodified script of a compliance test.
#include <filesystem>
#include <iostream>

#include "base/subcommand.h"
#include "compliance/tests.h"
#include "file/file.h"
#include "loadgen/audit_config.h"
#include "process/output.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

namespace fs = std::filesystem;

// Rounds up to v5.0 have the tests one folder deeper.
std::string script_of(const Arguments& a) {
  std::string end = a.text("test") + "/run_verification.py";
  for (const std::string& path :
       {a.text("inference_src") + "/" + end, a.text("inference_src") + "/nvidia/" + end})
    if (exists(path)) return fs::absolute(path).string();
  return "";
}

// The folder of a result as the scripts expect it, of links to the two runs.
Status link_result(const Arguments& a, const std::string& result) {
  std::error_code error;
  fs::create_directories(result + "/performance", error);
  fs::create_directory_symlink(fs::absolute(a.text("accuracy")), result + "/accuracy", error);
  fs::create_directory_symlink(fs::absolute(a.text("performance")), result + "/performance/run_1",
                               error);
  if (error) return Error{"cannot link the runs below " + result + ": " + error.message()};
  return Done{};
}

std::vector<std::string> words_of(const Arguments& a, const std::string& result) {
  const std::string test = a.text("test"), run = fs::absolute(a.text("run")).string();
  if (test == "TEST08")
    return {"-r", result + "/accuracy/mlperf_log_accuracy.json", "-t",
            run + "/mlperf_log_accuracy.json"};
  std::vector<std::string> words = {"-c", run, "-o", "out"}, more;
  if (test == "TEST01") more = {"-r", result, "--dtype", a.text("output_type")};
  if (test == "TEST04" || test == "TEST05") more = {"-r", result};
  if (test == "TEST06")
    more = {"-s", a.text("scenario"), "-d", a.text("token_type"), "-e", a.text("end_token")};
  if (test == "TEST07")
    more = {"--accuracy-threshold", std::to_string(kTest07Accuracy), "--accuracy-script",
            "cat " + shell_quote(fs::absolute(a.text("test_accuracy")).string())};
  if (std::optional<TokenBounds> b = test09_bounds(a.text("model")); b && test == "TEST09")
    more = {"--min-output-tokens", std::to_string(b->least), "--max-output-tokens",
            std::to_string(b->most)};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// What the script printed; its exit code says nothing.
Result<std::string> run_script(const Arguments& a, const std::string& scratch) {
  std::string script = script_of(a);
  if (script.empty())
    return Error{a.text("inference_src") + " has no script of " + a.text("test"),
                 "give a checkout of mlcommons/inference of this round with --with_inference_src"};
  std::string result = fs::absolute(scratch + "/result").string();
  if (Status s = link_result(a, result); !s) return s.error();
  Command command;
  command.argv = {fs::absolute(a.text("python")).string(), "-B", script};
  for (std::string& word : words_of(a, result)) command.argv.push_back(std::move(word));
  command.env = environment_with({{"PYTHONNOUSERSITE", "1"}, {"PYTHONDONTWRITEBYTECODE", "1"}});
  command.directory = scratch;
  std::string said;
  Result<Outcome> done = run_program(command, [&](std::string_view text) { said += text; });
  if (!done) return done.error();
  return said;
}

// The texts of the script to --out; TEST08 prints its own.
Status keep_texts(const Arguments& a, const std::string& scratch, const std::string& said) {
  const std::string &test = a.text("test"), &out = a.text("out");
  for (const TestFiles& t : kComplianceTests) {
    if (test != t.name) continue;
    for (const char* file : {t.run ? "verify_performance.txt" : nullptr, t.verdict}) {
      if (!file) continue;
      Result<std::string> text = test == "TEST08"
                                     ? Result<std::string>(said)
                                     : read_file(scratch + "/out/" + test + "/" + file);
      if (!text)
        return Error{"upstream's script of " + test + " left no " + file + ":\n" + said,
                     "it needs NumPy, and whole logs"};
      if (Status s = write_file(out + "/" + file, *text); !s) return s;
    }
  }
  return write_file(out + "/verification.log", said);
}

Result<int> official_verification(const Arguments& a) {
  const std::string &out = a.text("out"), scratch = out + "/scratch";
  if (Status s = make_directories(scratch); !s) return s.error();
  Result<std::string> said = run_script(a, scratch);
  if (!said) return said.error();
  if (Status s = keep_texts(a, scratch, *said); !s) return s.error();
  std::error_code error;
  fs::remove_all(scratch, error);
  std::cout << *said;
  return 0;
}

const Registered kOfficialVerification(
    {"official-verification", official_verification,
     "Its texts are kept as they are, and `mlpgen-tool verify-compliance` reads them: the exit "
     "code of these scripts says nothing."});

}  // namespace

}  // namespace mlpgen::submission

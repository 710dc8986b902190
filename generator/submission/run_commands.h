// The entry points of this folder's subcommands; each parses its own options (`mlpgen-tool NAME
// --help`).
#pragma once

namespace mlpgen::submission {

int run_truncate(int argc, char** argv);
int run_result_tree(int argc, char** argv);
int run_submission_tree(int argc, char** argv);
int run_check(int argc, char** argv);
int run_official_check(int argc, char** argv);
int run_summary(int argc, char** argv);
int run_tar(int argc, char** argv);
int run_result_line(int argc, char** argv);
int run_user_conf(int argc, char** argv);

}  // namespace mlpgen::submission

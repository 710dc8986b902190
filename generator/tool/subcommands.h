// The subcommands of mlpgen-tool that live in this folder: argv[0] is the name, the options follow.
#pragma once

#include <span>

#include "base/subcommand.h"
#include "store/named_error.h"

namespace mlpgen::tool {

inline constexpr const char* kPackageAbout =
    "One Python package file by name, version and SHA-256, from the store or the package client";
inline constexpr const char* kFetchAbout =
    "One file by URL and digest, resumed and verified, through the store";
inline constexpr const char* kFetchListAbout =
    "The files that a list names, over several connections, verified, through the store";
inline constexpr const char* kFetchFolderAbout =
    "The files of a folder in a bucket or hub, by its own list, verified, through the store";
inline constexpr const char* kExtractAbout =
    "Take the files out of an archive, which cannot write or point outside its folder";
inline constexpr const char* kEnvironmentAbout =
    "A Python environment from requirements with hashes, isolated from the user's packages";
inline constexpr const char* kLockPackagesAbout =
    "Resolve Python packages over the network into requirements with hashes";
inline constexpr const char* kRenderAbout = "Fill a Mustache template";
inline constexpr const char* kJsonAbout = "Write a JSON object of strings";
inline constexpr const char* kCheckoutStateAbout =
    "Say what of a copied checkout differs from its commit";
inline constexpr const char* kTreeAbout = "Copy files and folders into a new tree";
inline constexpr const char* kLinkLocalAbout =
    "Adopt a local copy of a data set or model: a link to it and a manifest";

inline constexpr const char* kGitAbout =
    "The files of one commit of a Git repository, each compared with the commit";
inline constexpr const char* kBuildAbout =
    "Build a source tree with CMake, make or the like, shut off from all but its inputs";
inline constexpr const char* kTranscriptAbout = "Run a program and keep what it prints";
inline constexpr const char* kRefuseAbout = "Fail with a reason";

int run_package(int argc, char** argv);
int run_fetch(int argc, char** argv);
int run_fetch_list(int argc, char** argv);
int run_fetch_folder(int argc, char** argv);
int run_extract(int argc, char** argv);
int run_environment(int argc, char** argv);
int run_lock_packages(int argc, char** argv);
int run_render(int argc, char** argv);
int run_json(int argc, char** argv);
int run_tree(int argc, char** argv);
int run_checkout_state(int argc, char** argv);
int run_link_local(int argc, char** argv);
int run_git(int argc, char** argv);
int run_build(int argc, char** argv);
int run_transcript(int argc, char** argv);
int run_refuse(int argc, char** argv);

std::span<const Subcommand> tool_commands();

}  // namespace mlpgen::tool

#include "host/distribution.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("a distribution is known by its id and by those that it is like") {
  CHECK(distribution_ids("PRETTY_NAME=\"Ubuntu 22.04\"\nID_LIKE=debian\nID=ubuntu\n") ==
        std::vector<std::string>{"ubuntu", "debian"});
  CHECK(distribution_ids("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n") ==
        std::vector<std::string>{"rocky", "rhel", "centos", "fedora"});
  CHECK(distribution_ids("").empty());
}

TEST_CASE("the package is that of the distribution, else of the next one that it is like") {
  std::vector<std::pair<std::string, std::string>> install = {{"debian", "g++"},
                                                              {"fedora", "gcc-c++"}};
  CHECK(package_for(install, {"ubuntu", "debian"}) == "g++");
  CHECK(package_for(install, {"rocky", "rhel", "centos", "fedora"}) == "gcc-c++");
  CHECK(package_for(install, {"arch"}).empty());
}

TEST_CASE("one command for all packages, in the words of the distribution's own package manager") {
  std::vector<std::string> packages = {"ninja", "a b", "ninja"};
  CHECK(install_command(packages, {"ubuntu", "debian"}) == "apt-get install a b ninja");
  CHECK(install_command(packages, {"rocky", "rhel"}) == "dnf install a b ninja");
  CHECK(install_command(packages, {"opensuse-leap", "suse", "opensuse"}) ==
        "zypper install a b ninja");
  CHECK(install_command(packages, {"manjaro", "arch"}) == "pacman -S a b ninja");
  CHECK(install_command(packages, {"plan9"}).empty());
  CHECK(install_command({}, {"debian"}).empty());
}

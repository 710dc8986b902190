#include "file/lock_line.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace mlpgen;

TEST_CASE("a line of a Python environment is a package with its hashes and nothing else") {
  for (const char* good : {"six==1.16.0", "a==1 --hash=sha256:aa --hash=sha256:0B",
                           "a_b.c[x,y-z]==1!2.0+cpu ; python_version < '4' and sys_platform == "
                           "\"linux\" --hash=sha256:ab",
                           "a==1.* ; (extra == 'x') or os_name != 'nt'", "a===1"}) {
    CAPTURE(good);
    CHECK(is_package_line(good));
  }
  for (const char* bad : {"",
                          "--index-url http://127.0.0.1/simple",
                          "-r other.txt",
                          "a==1 --index-url http://b/",
                          "a==1 --hash=sha256:aa --no-binary=a",
                          "a",
                          "a>=1",
                          "a @ https://b/c.whl",
                          "a==1\n--index-url http://b/",
                          "a==1 ; os_name == 'x' --pre",
                          "a==1 --hash=sha256:zz",
                          "a==1 # why",
                          "a==1 \\",
                          "https://b/c.whl",
                          "a==1 --hash=sha256:aa\n--pre",
                          "-e .==1",
                          "a[x==1",
                          "a==1 ; x == '\n--pre'",
                          "a==1\r--pre",
                          "a==-1",
                          "./a==1"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_package_line(bad));
  }
}

TEST_CASE("a line of a conda environment is a URL, a digest and a size") {
  std::string digest(64, 'a');
  CHECK(is_conda_line("https://conda.example/pkgs/a-1-0.conda " + digest + " 12"));
  for (const std::string& bad : std::vector<std::string>{
           "a " + digest + " 12", "https://h/a " + digest + " -1", "https://h/a " + digest,
           "https://h/a x 1", "https://h/a\n--x " + digest + " 1",
           "file:///etc/passwd " + digest + " 1"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_conda_line(bad));
  }
}

TEST_CASE("a size is a number of bytes") {
  CHECK(is_size("0"));
  CHECK(is_size("24781000000"));
  for (const char* bad : {"", "-1", "+1", "1e9", "1 ", "0x10", "99999999999999999999", "abc"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_size(bad));
  }
}

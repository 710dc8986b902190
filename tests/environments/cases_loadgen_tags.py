"""Rounds whose LoadGen is no package: the LoadGen of the tag draws the samples as the one that runs
in its place, as configure says."""
import subprocess

import pytest

from environments.cases_loadgen import HERE, OLDEST, drawn
from places import need_upstream

# What version_generator.py would write in a Git checkout.
TEXTS = ("Version", "BuildDateLocal", "BuildDateUtc", "GitRevision", "GitCommitDate", "GitStatus",
         "GitLog")
SOURCES = ("early_stopping", "issue_query_controller", "loadgen", "logging", "results",
           "test_settings_internal", "utils", "version", "bindings/c_api")  # v2.1 has no results.cc


def text(name, value):
    return (f"const std::string& Loadgen{name}() {{ static const std::string s = \"{value}\"; "
            "return s; }\n")


def drawn_by_tag(tag, work):
    """The indices of the LoadGen of a tag, built from its sources."""
    loadgen = need_upstream(f"inference-{tag}") / "loadgen"
    texts = "".join(text(name, "") for name in TEXTS) + text("Sha1OfFiles", "0 loadgen.cc")
    generated = work / "version_generated.cc"
    generated.write_text(f"#include <string>\nnamespace mlperf {{\n{texts}}}\n")
    program, logs = work / "draws", work / "logs"
    logs.mkdir()
    subprocess.run([
        "g++", "-O0", "-w", "-std=c++17", "-DMAJOR_VERSION=0", "-DMINOR_VERSION=0", f"-I{loadgen}",
        *[path for name in SOURCES if (path := loadgen / f"{name}.cc").is_file()], generated,
        HERE / "draws.cc", "-lpthread", "-o", program
    ], check=True)
    said = subprocess.run([program, logs], check=True, capture_output=True, text=True).stdout
    return [int(word) for word in said.partition(":")[2].split() if word.isdigit()]


@pytest.fixture(scope="module")
def in_their_place(locked):
    """The indices of the package that runs for all of these rounds."""
    need_upstream("inference-v4.0")
    version, indices = drawn(locked, "4.0")
    assert version == OLDEST
    return indices


@pytest.mark.parametrize("tag", ["v2.1", "v3.0", "v3.1", "v4.0"])
def case_the_loadgen_of_a_tag_draws_as_the_package_in_its_place(tag, in_their_place, work):
    indices = drawn_by_tag(tag, work)
    assert len(indices) == 40 and indices == in_their_place, (tag, indices, in_their_place)
    print(f"    {tag} and {OLDEST}: {indices[:6]} ...")

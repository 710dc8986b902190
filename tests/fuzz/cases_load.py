"""Damaged recipes, rules, presets and rounds are refused at a location, and never crash anything.
"""
import subprocess

import pytest

from places import BUILD, ROOT


@pytest.mark.parametrize("folder", ["recipes", "rules"])
def case_damaged_files_are_refused_and_crash_nothing(folder, slow):
    """With --slow every truncation and many more changes."""
    words = [BUILD / "tests/fuzz/fuzz_load", *(["--slow"] if slow else []), ROOT / folder]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout[-6000:]

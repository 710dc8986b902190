"""One installation of the build for all cases of the suite."""
import shutil
import subprocess

import pytest

from install.elsewhere import Elsewhere
from places import BUILD, SCRATCH


@pytest.fixture(scope="session")
def destdir():
    """What `meson install` writes below a DESTDIR."""
    folder = SCRATCH / "install/destdir"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        ["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder],
        check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def elsewhere(destdir):
    return Elsewhere(destdir, SCRATCH / "install/home")

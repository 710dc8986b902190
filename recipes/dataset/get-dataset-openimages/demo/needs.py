"""Turns the modules that a script needs into a plain message about the Debian package that lacks.
"""
import importlib.util
import sys

# Python module -> Debian package (Debian 12).
DEBIAN_PACKAGE = {
    "cv2": "python3-opencv",
    "numpy": "python3-numpy",
    "torch": "python3-torch",
    "torchvision": "python3-torchvision",
}


def need_modules(*modules):
    """Ends the program with exit code 1 when this Python lacks one of `modules`."""
    lacking = [name for name in modules if importlib.util.find_spec(name) is None]
    if lacking:
        packages = " ".join(DEBIAN_PACKAGE[name] for name in lacking)
        stop(f"{sys.executable} has no module {', '.join(lacking)}",
             f"sudo apt-get install {packages}, then run this script with /usr/bin/python3")


def stop(wrong, help_text):
    """Ends the program with exit code 1: what is wrong, then what to do next."""
    sys.exit(f"error: {wrong}\nhelp: {help_text}")

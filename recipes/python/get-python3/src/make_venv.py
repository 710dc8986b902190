"""The Python that runs this -> a virtual environment of it, with pip, that may be moved.

    make_venv.py --out DIR

What knows the folder in which it was made is left out, but for bin/activate, which finds its own:
pip is `python -m pip`.
"""
import argparse
import pathlib
import re
import venv


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=pathlib.Path, required=True)
    out = options.parse_args().out.absolute()
    venv.EnvBuilder(symlinks=True, with_pip=True).create(out)
    for script in sorted((out / "bin").iterdir()):
        if script.is_symlink() or script.name == "activate":
            continue
        script.unlink()
    activate = out / "bin/activate"
    own = 'VIRTUAL_ENV="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"'
    text, count = re.subn(r"^(\s*)(export )?VIRTUAL_ENV=.*$",
                          lambda found: f"{found[1]}{found[2] or ''}{own}", activate.read_text(),
                          flags=re.M)
    if not count:
        raise SystemExit(f"error: {activate} sets no VIRTUAL_ENV")
    activate.write_text(text)
    config = out / "pyvenv.cfg"
    config.write_text("".join(line for line in config.read_text().splitlines(True)
                              if not line.startswith("command")))


main()

"""A folder that Git takes for a repository at a commit, for a build that asks `git rev-parse HEAD`
and nothing more.

    python3 git_folder.py --commit 40_DIGITS --out DIR DIR/HEAD names the commit; there are no
        objects
"""
import argparse
import pathlib
import re
import sys


def main():
    parser = argparse.ArgumentParser(
        description="A folder that Git takes for a repository at a commit.")
    parser.add_argument("--commit", required=True, help="40 hexadecimal digits")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    if not re.fullmatch("[0-9a-f]{40}", options.commit):
        sys.exit(f"error: {options.commit} is no commit\nhelp: write 40 hexadecimal digits")
    # Git wants both folders to be there; a file in each keeps them.
    for name, text in {
            "HEAD": "ref: refs/heads/built\n", "refs/heads/built": f"{options.commit}\n",
            "objects/info/packs": "\n"
    }.items():
        path = options.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


main()

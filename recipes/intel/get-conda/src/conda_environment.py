#!/usr/bin/env python3
"""Conda environments by py-rattler: solved into a list of files, and made of such a list.

    conda_environment.py --rattler WHEEL --platform P --channel C... --package SPEC... prints `URL
        SHA256 SIZE` of each package, sorted
    conda_environment.py --rattler WHEEL --list FILE --fetch MLPGEN-TOOL --out DIR makes
        DIR/environment and DIR/packages.json

A channel is a name of conda's own servers or a URL. No script of a package runs. The environment's
scripts name the folder where it will stand: DIR without the `.tmp.PID` of its name.
"""
import argparse
import asyncio
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

CHANNELS = {"defaults": "https://repo.anaconda.com/pkgs/main"
            }  # what conda takes for a word that is no channel


class Refused(Exception):
    """What cannot be done, and what to do instead."""


def import_rattler(wheel, folder):
    """The wheel's module is machine code, so it is unpacked and not imported out of the zip file.
    """
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    sys.path.insert(0, str(folder))
    import rattler

    return rattler


async def solve(rattler, given, folder):
    gateway = rattler.Gateway(cache_dir=folder / "repodata")
    # A machine whose C library and kernel are those of this one, without a GPU.
    virtual = [v for v in rattler.VirtualPackage.detect() if "cuda" not in str(v)]
    records = await rattler.solve([CHANNELS.get(c, c) for c in given.channel], given.package,
                                  gateway=gateway, platforms=[given.platform,
                                                              "noarch"], virtual_packages=virtual)
    for record in sorted(records, key=lambda r: r.url):
        if not record.sha256:
            raise Refused(f"{record.url} has no SHA-256, so it cannot be locked",
                          "take the package from another channel")
        print(record.url, record.sha256.hex(), record.size)


def fetch(tool, line, folder):
    """The file of one line of the list, out of the store or its URL."""
    url, sha256, size = line.split()
    name = url.rsplit("/", 1)[1]
    done = subprocess.run(
        [tool, "fetch", "--urls", url, "--sha256", sha256, "--size", size, "--out", folder / name])
    if done.returncode:
        raise SystemExit(done.returncode)
    return folder / name


async def make(rattler, given, folder):
    out = given.out.absolute()
    final = out.parent / out.name.split(".tmp.")[0]
    records = []
    for number, line in enumerate(given.list.read_text().splitlines()):
        file = fetch(given.fetch, line, folder / f"package{number}")
        records.append(await rattler.RepoDataRecord.from_package_archive(file))
    await rattler.install(records, out / "environment", cache_dir=folder / "cache",
                          execute_link_scripts=False, show_progress=False,
                          alternative_target_prefix=final / "environment")
    # Notes of the installation, with times and temporary paths in them.
    shutil.rmtree(out / "environment/conda-meta")
    told = [{
        "name": r.name.normalized, "version": str(r.version), "build": str(r.build),
        "file": r.file_name
    } for r in records]
    (out / "packages.json").write_text(
        json.dumps({"format": 1, "packages": sorted(told, key=lambda p: p["name"])}, indent=1) +
        "\n")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--rattler", type=pathlib.Path, required=True)
    parser.add_argument("--platform", default="linux-64")
    parser.add_argument("--channel", action="append")
    parser.add_argument("--package", action="append")
    parser.add_argument("--list", type=pathlib.Path)
    parser.add_argument("--fetch")
    parser.add_argument("--out", type=pathlib.Path)
    given = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="conda-", dir=given.out and given.out.absolute()))
    try:
        rattler = import_rattler(given.rattler, folder / "rattler")
        try:
            asyncio.run(
                make(rattler, given, folder) if given.list else solve(rattler, given, folder))
        except Exception as why:  # rattler's own errors; each carries its sentence
            refused = isinstance(why, Refused)
            message, help = why.args if refused else (
                str(why),
                "check the names of the packages and channels, and the network; then run this again"
            )
            print(f"error: {message}\nhelp: {help}", file=sys.stderr)
            if not given.list:  # `mlpgen lock` reads this one
                print(
                    json.dumps({
                        "error": {
                            "id": "package-client", "message": message, "help": help, "location": ""
                        }
                    }))
            return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

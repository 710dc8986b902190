"""A small conda channel: repodata.json and packages in both of conda's forms."""
import hashlib
import io
import json
import tarfile

# conda's own: whoever installs puts the folder of the environment there
PLACEHOLDER = "/opt/anaconda1anaconda2anaconda3"


def info_of(name, version, subdir, depends):
    return {
        "name": name, "version": version, "build": "0", "build_number": 0, "depends": depends,
        "subdir": subdir, "license": "MIT", "timestamp": 1700000000000
    }


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def package(name, version, subdir, depends, files):
    """A .tar.bz2 package; files: {path: text or bytes}, where PLACEHOLDER in a text stands for the
    folder of the environment."""
    info = info_of(name, version, subdir, depends)
    paths = []
    for path, text in files.items():
        body = as_bytes(text)
        one = {
            "_path": path, "path_type": "hardlink", "sha256": hashlib.sha256(body).hexdigest(),
            "size_in_bytes": len(body)
        }
        paths.append(one | ({"file_mode": "text", "prefix_placeholder": PLACEHOLDER} if PLACEHOLDER.
                            encode() in body else {}))
    members = {
        "info/index.json": json.dumps(info),
        "info/paths.json": json.dumps({"paths": paths, "paths_version": 1}),
        "info/files": "".join(f"{p}\n" for p in files)
    }
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:bz2") as archive:
        for path, text in (members | files).items():
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode = len(
                as_bytes(text)), 0o755 if path.startswith("bin/") else 0o644
            archive.addfile(entry, io.BytesIO(as_bytes(text)))
    return info, held.getvalue()


def make(folder):
    """A channel with `greet`, which needs `words`; of words there are two versions, and greet wants
    the older."""
    every = [
        package("greet", "1.2", "linux-64", ["words >=1,<2"],
                {"bin/greet": f"#!/bin/sh\ncat {PLACEHOLDER}/share/words.txt\n"}),
        package("words", "1.9", "noarch", [], {"share/words.txt": "good morning\n"}),
        package("words", "2.0", "noarch", [], {"share/words.txt": "good evening\n"}),
        package("gone", "1.0", "linux-64", ["nowhere"], {"share/gone.txt": "\n"}),
    ]
    listed = {"linux-64": {}, "noarch": {}}
    for info, data in every:
        name = f"{info['name']}-{info['version']}-0.tar.bz2"
        (folder / info["subdir"]).mkdir(parents=True, exist_ok=True)
        (folder / info["subdir"] / name).write_bytes(data)
        listed[info["subdir"]][name] = info | {
            "sha256": hashlib.sha256(data).hexdigest(), "md5": hashlib.md5(data).hexdigest(),
            "size": len(data)
        }
    for subdir, packages in listed.items():
        (folder / subdir / "repodata.json").write_text(
            json.dumps({
                "info": {"subdir": subdir}, "packages": packages, "packages.conda": {},
                "removed": [], "repodata_version": 1
            }))

"""Makes archives, among them such as no honest program writes."""

import gzip
import io
import tarfile
import zipfile


def tar(path, entries, mode="w:gz"):
    """entries: (name, bytes) for a file, or a TarInfo for anything else."""
    with tarfile.open(path, mode, format=tarfile.GNU_FORMAT) as archive:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                archive.addfile(entry)
                continue
            info = tarfile.TarInfo(entry[0])
            info.size = len(entry[1])
            info.mode = 0o755 if entry[0].endswith(".sh") else 0o644
            archive.addfile(info, io.BytesIO(entry[1]))
    return path


def special(name, kind, target=""):
    """A link, device or pipe for tar()."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    if kind == tarfile.CHRTYPE:
        info.devmajor, info.devminor = 1, 3
    return info


def symlink(name, target):
    return special(name, tarfile.SYMTYPE, target)


def zip_file(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def declared_only(path, size):
    """A tar whose one file declares `size` bytes and holds none."""
    info = tarfile.TarInfo("huge.bin")
    info.size = size
    with gzip.open(path, "wb") as out:
        out.write(info.tobuf(tarfile.GNU_FORMAT))
    return path


def lying_zip(path, data, declared):
    """A zip whose headers say `declared` bytes for a file that unpacks to `data`."""
    zip_file(path, [("f.bin", data)])
    raw = path.read_bytes()
    path.write_bytes(raw.replace(len(data).to_bytes(4, "little"), declared.to_bytes(4, "little")))
    return path

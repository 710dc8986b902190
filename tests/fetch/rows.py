"""Recipes that fetch files and show them to people, as rows: what is asked for, the files of which
places, and what must come of it.

A row is a case of its own. A new data set or model that is fetched and unpacked needs no more than
a row: the stand-in of a URL whose name ends in .zip, .tar, .tar.gz, .tar.xz or .gz is an archive of
that kind, of any other URL a few bytes.
"""
import dataclasses

import pytest

from fetch.file_server import FileServer
from fetch.job import Job, noise, packed

# Their --with-dataset is the original data set, of which this is made.
NOT_THE_DATA_SET = ("LIBRISPEECH_PREPROCESSED_PATH", "KITS19_PREPROCESSED_PATH")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tar.xz", ".gz")


@dataclasses.dataclass
class Row:
    about: str  # the case's name, words with '_' between them
    request: str  # tags and variations of the recipe
    urls: list  # of the files that it takes; the stand-in of the first of a file's URLs
    # the links and files that must then be there: dataset/NAME for a file, LINK/NAME for one in a
    # folder
    made: list
    holds: list = dataclasses.field(default_factory=list)  # names in the archive, where it is one
    kind: str = ""  # of the archive, where the URL does not tell
    mirror: bool = False  # the first URL has nothing, the second has it
    more: list = dataclasses.field(default_factory=list)  # further words of the request


def name_of(url):
    return url.rsplit("/", 1)[1].split("?")[0]


def check(row, bench):
    with FileServer({}) as server:
        job, bodies = Job(bench, server), []
        urls = row.urls[:1] if row.mirror else row.urls
        for seed, url in enumerate(urls):
            kind = row.kind or name_of(url)
            files = {name: noise(f"{row.about} {name}")
                     for name in row.holds} if kind.endswith(ARCHIVES) else {}
            body = packed(kind, files) if files else noise(f"{row.about} {seed}")
            job.file(url, body, served=not row.mirror)
            if row.mirror:
                server.bytes[row.urls[1].split("://")[1]] = body
            bodies += list(files.values()) or [body]
        made = job.make(row.request, *row.more)
        assert sorted(row.made) == sorted(
            name for name in made
            if name in row.made), f"{sorted(made)}, but not {sorted(set(row.made) - set(made))}"
        assert [made[name] for name in row.made] == bodies, "not the bytes that came"


def each(rows):
    """The mark of a case that takes each row in turn."""
    return pytest.mark.parametrize("row", rows, ids=[row.about for row in rows])


def brought(bench, table):
    """(request, word, files, told): what is told of a data set or model that is not given, and that
    one which is given is used as it is."""
    for number, (request, word, files, told) in enumerate(table):
        with FileServer({}) as server:
            job, folder = Job(bench, server, run=f"run{number}"), bench.dir / f"brought{number}"
            if told:
                job.configure(request)
                said = job.ninja(code=1)
                assert "[not-given]" in said and told in said, said
                assert f"--env.{word}=FOLDER" in said, said
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(noise(name))
            flag = "--with-model" if "model" in request.split(",") or "ml-model" in request.split(
                ",") else "--with-dataset"
            for given in (f"--env.{word}={folder}",
                          *([f"{flag}={folder}"] if word not in NOT_THE_DATA_SET else [])):
                made = job.make(request, given)
                assert sorted(made.values()) == sorted(
                    noise(name) for name in files), f"{given}: {sorted(made)}"
            assert not server.requests, server.requests

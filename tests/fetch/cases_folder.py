"""mlpgen-tool fetch-folder: folders of an S3 bucket, of MLCommons in R2 and of the Hugging Face
hub, as real servers list them."""
import hashlib
import json
import random
import signal
import xml.sax.saxutils

from store.bench import sha256, wait_for
from fetch.cases_rules import Project
from fetch.file_server import FileServer
from store.loopback import BLOCK

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    name: random.Random(i).randbytes(3000 + i)
    for i, name in enumerate(["a.bin", "b c&d.bin", "part/e.bin"])
}


def md5(body):
    return hashlib.md5(body).hexdigest()


def folder(bench, kind, url, *more, out="out"):
    return [
        "fetch-folder", "--from", kind, "--urls", url, "--out", out, "--trusted", "run/trusted",
        "--tries", 2, "--stall-timeout", 2, *more
    ]


def placed(bench, files, out="out"):
    manifest = json.loads((bench.dir / out / "manifest.json").read_text())
    assert [(f["name"], f["sha256"]) for f in manifest["files"]
            ] == [(name, sha256(body)) for name, body in sorted(files.items())]
    assert {name: (bench.dir / out / "data" / name).read_bytes() for name in files} == files


def page(files, token=""):
    rows = "".join(f"<Contents><Key>v/{xml.sax.saxutils.escape(name)}</Key>"
                   f"<ETag>&quot;{md5(body)}&quot;</ETag><Size>{len(body)}</Size></Contents>"
                   for name, body in files.items())
    more = f"<NextContinuationToken>{token}</NextContinuationToken>" if token else ""
    return f'<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>{rows}{more}</ListBucketResult>'.encode(
    )


def bucket(files):
    """The bucket's answers: its list in two pages, and its objects."""
    names = list(files)
    first, rest = {n: files[n] for n in names[:1]}, {n: files[n] for n in names[1:]}
    return FileServer({
        "?list-type=2&prefix=v/": page(first, "1/x+y="),
        "?list-type=2&prefix=v/&continuation-token=1/x%2By%3D": page(rest), **{
            f"v/{name.replace(' ', '%20').replace('&', '%26')}": body
            for name, body in files.items()
        }
    })


def case_a_folder_of_a_bucket_by_its_pages(bench):
    with bucket(FILES) as server:
        bench.run(*folder(bench, "s3", f"{server.url}/v/")).ok()
        placed(bench, FILES)
        asked = len(server.requests)
        bench.run(*folder(bench, "s3", f"{server.url}/v/", out="again")).ok()
        placed(bench, FILES, "again")
        assert len(server.requests) == asked, "the store has the list, too"
    bench.run(*folder(bench, "s3", f"{server.url}/v/", "--offline", out="offline")).ok()


def case_only_the_names_that_are_wanted(bench):
    with bucket(FILES) as server:
        bench.run(
            *folder(bench, "s3", f"{server.url}/v/", "--take", "*.bin", "--take", "nothing")).ok()
        bench.run(
            *folder(bench, "s3", f"{server.url}/v/#part", "--take", "part/*", out="part")).ok()
        placed(bench, {"part/e.bin": FILES["part/e.bin"]}, "part")
        bench.run(
            *folder(bench, "s3", f"{server.url}/v/#none", "--take", "*.jpg", out="none")).error(
                "not-found", "none is like: *.jpg")


def case_an_object_that_is_not_the_listed_one_is_refused(bench):
    with bucket(FILES) as server:
        server.bytes["v/a.bin"] = b"x" * len(FILES["a.bin"])
        bench.run(*folder(bench, "s3", f"{server.url}/v/")).error("digest-differs", "its MD5 is")
        assert not (bench.dir / "out/manifest.json").exists()


def r2(files):
    server = FileServer({
        f"data/set/{name.replace(' ', '%20').replace('&', '%26')}": body
        for name, body in files.items()
    })
    server.bytes["metadata/set.uri"] = f"{server.url}/data/set\n".encode()
    server.bytes["metadata/set.md5"] = "".join(f"{md5(body)}  {name}\n"
                                               for name, body in files.items()).encode()
    return server


def case_a_folder_of_mlcommons_by_its_md5_list(bench):
    with r2(FILES) as server:
        bench.run(*folder(bench, "r2", f"{server.url}/metadata/set.uri")).ok()
        placed(bench, FILES)


def case_a_wrong_md5_leaves_nothing(bench):
    with r2(FILES) as server:
        server.bytes["data/set/a.bin"] = b"other"
        bench.run(*folder(bench, "r2", f"{server.url}/metadata/set.uri")).error(
            "digest-differs", "MD5")


def case_a_login_is_named_and_its_header_goes_nowhere_else(bench):
    with r2(FILES) as server:
        server.bytes["login.html"] = b"<html>sign in</html>"
        for name in list(server.bytes):
            if name != "login.html":
                server.ways[name] = "login"
        server.ways["login.html"] = "page"
        words = folder(bench, "r2", f"{server.url}/metadata/set.uri")
        bench.run(*words).error("not-fetched", "web page")
        bench.run(*words, env=bench.env(MLPGEN_HEADER=f"{server.url}/=cf-access-token: old")).error(
            "not-fetched", "MLPGEN_HEADER")
        bench.run(*words, env=bench.env(MLPGEN_HEADER=f"{server.url}/=cf-access-token: yes")).ok()
        placed(bench, FILES)


def hub(files, big=()):
    """The hub's answers for datasets/o/r; `big` names are stored apart, so that it tells their
    SHA-256."""
    def described(name, body):
        blob = hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()
        lfs = {"lfs": {"sha256": sha256(body), "size": len(body), "pointerSize": 134}
               } if name in big else {}
        return {"rfilename": name, "size": len(body), "blobId": blob, **lfs}

    listing = {
        "id": "o/r", "sha": COMMIT, "downloads": 7,
        "siblings": [{"rfilename": ".gitattributes", "size": 1, "blobId": "0" * 40},
                     *(described(n, b) for n, b in files.items())]
    }
    quoted = {
        f"datasets/o/r/resolve/{COMMIT}/{name.replace(' ', '%20').replace('&', '%26')}": body
        for name, body in files.items()
    }
    return FileServer(
        {f"api/datasets/o/r/revision/{COMMIT}?blobs=true": json.dumps(listing).encode(), **quoted})


def case_a_commit_of_the_hub(bench):
    with hub(FILES, big=["a.bin"]) as server:
        url = f"{server.url}/datasets/o/r/tree/{COMMIT}"
        bench.run(*folder(bench, "huggingface", url)).ok()
        placed(bench, FILES)
        bench.run(*folder(bench, "huggingface", f"{url}/part", out="part")).ok()
        placed(bench, {"e.bin": FILES["part/e.bin"]}, "part")
        bench.run(*folder(bench, "huggingface", f"{server.url}/datasets/o/r/tree/main",
                          out="main")).error("bad-url", "40 digits of a commit")


def case_the_hub_s_digests_decide(bench):
    for name, what in (("a.bin", "SHA-256"), ("part/e.bin", "Git blob's SHA-1")):
        with hub(FILES, big=["a.bin"]) as server:
            server.bytes[f"datasets/o/r/resolve/{COMMIT}/{name}"] = b"x" * len(FILES[name])
            bench.run(
                *folder(bench, "huggingface", f"{server.url}/datasets/o/r/tree/{COMMIT}")).error(
                    "digest-differs", what)


def case_what_the_hub_gives_to_few_needs_a_token(bench):
    with hub(FILES) as server:
        server.ways.update({name: "gated" for name in server.bytes})
        words = folder(bench, "huggingface", f"{server.url}/datasets/o/r/tree/{COMMIT}")
        bench.run(*words, env=bench.env(HF_ENDPOINT=server.url)).error("not-fetched", "HF_TOKEN")
        bench.run(*words, env=bench.env(HF_TOKEN="yes")).error("not-fetched",
                                                               "401")  # not for this host
        bench.run(*words, env=bench.env(HF_ENDPOINT=server.url, HF_TOKEN="yes")).ok()
        placed(bench, FILES)
        everything = b"".join(p.read_bytes() for p in bench.dir.rglob("*")
                              if p.is_file() and p.suffix in (".json", ""))
        assert b"Bearer" not in everything, "a token is kept nowhere"


def case_a_big_file_of_a_hub_goes_on_after_a_kill(bench):
    big = {"big.bin": random.Random(9).randbytes(66 << 20)}
    with hub(big, big=["big.bin"]) as server:
        name = f"datasets/o/r/resolve/{COMMIT}/big.bin"
        server.ways[name] = "slow"
        words = folder(bench, "huggingface", f"{server.url}/datasets/o/r/tree/{COMMIT}")
        child = bench.start(*words)
        wait_for(
            lambda: any(p.stat().st_size >= BLOCK for p in (bench.store / "partial").glob("*")),
            "nothing came", child)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        server.ways[name] = ""
        bench.run(*words).ok()
        placed(bench, big)
        assert server.asked(name)[-1][0], "the rest was asked for, not all"


def case_the_rule_takes_the_lock_s_digest(bench):
    with hub(FILES, big=["a.bin"]) as server:
        url = f"{server.url}/datasets/o/r/tree/{COMMIT}"
        project = Project(bench, [
            f'{{id: get, rule: download-folder, from: huggingface, urls: ["{url}"], take: '
            f'["*.bin"]}}'
        ], rules=["download-folder"])
        project.configure()
        project.ninja()
        assert project.file("data/part/e.bin").read_bytes() == FILES["part/e.bin"]
        assert "no work to do" in project.ninja()
        assert "taken over" in project.lock()
        [entry] = project.locked().values()
        assert entry["sha256"] == sha256(project.file("manifest.json").read_bytes())
        project.configure()
        project.ninja()
        assert "no work to do" in project.ninja()

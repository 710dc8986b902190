"""Where nobody published a digest, an answer that cannot be the file is refused, and nothing of it
is kept."""
from store.bench import sha256
from fetch.rough_server import BODY, RoughServer

DOUBTS = {
    "empty": "sent no bytes",
    "none": "answered 204",
    "accepted": "answered 202",
    "page": "a web page",
    "xhtml": "a web page",
    "hidden-page": "a web page",
    "untyped-page": "a web page",
    "page-behind-a-comment": "a web page",
    "page-in-utf-16": "a web page",
    "part": "a part of the file alone",
    "announced": "its size is not known",
}


def first_use(bench, url, *more, env=None, name="f.bin"):
    return bench.run("fetch", "--urls", url, "--trusted", "trusted", "--out", f"out/{name}",
                     "--tries", 2, *more, env=env)


def of_list(bench, server, way, *more, env=None):
    (bench.dir / "names.txt").write_text("f.bin\n")
    return bench.run("fetch-list", "--urls", f"{server.url}/{way}/", "--list", "names.txt",
                     "--trusted", "trusted", "--out", "list", "--tries", 2, *more, env=env)


def nothing_kept(bench):
    assert bench.objects() == [] and bench.left("partial") == [], (bench.objects(),
                                                                   bench.left("partial"))
    assert not (bench.dir / "trusted").exists() and not (bench.store / "trusted").exists()


def case_an_answer_that_cannot_be_the_file_is_refused(bench):
    with RoughServer() as server:
        for way, words in DOUBTS.items():
            first_use(bench, f"{server.url}/{way}/f.bin").error("not-fetched", words)
            bench.run("fetch", "--urls", f"{server.url}/{way}/f.bin", "--out", "f.bin",
                      "--probe").error("not-fetched", words)
            of_list(bench, server, way).error("not-fetched", words)
            nothing_kept(bench)
        assert len(server.paths()) == 3 * len(DOUBTS), "what will not pass is not asked for again"
        first_use(bench, f"{server.url}/page/x.html",
                  name="x.html").ok()  # a page that is asked for
        first_use(bench, f"{server.url}/good/f.bin").ok()
        of_list(bench, server, "good").ok()


def case_a_digest_decides_where_there_is_one(bench):
    with RoughServer() as server:
        words = ("fetch", "--tries", 2, "--sha256")
        bench.run(*words, sha256(b""), "--urls", f"{server.url}/none/f.bin", "--out",
                  "a/f.bin").ok()
        bench.run(*words, sha256(BODY), "--urls", f"{server.url}/page/f.bin", "--out",
                  "b/f.bin").error("digest-differs")
        bench.run(*words, sha256(BODY), "--urls", f"{server.url}/none/f.bin", "--urls",
                  f"{server.url}/good/f.bin", "--out", "c/f.bin").ok()


def case_a_body_over_the_limit_is_stopped(bench):
    limit = ("--max-bytes", len(BODY) - 1)
    with RoughServer() as server:
        for way in ("unannounced", "good"):
            first_use(bench, f"{server.url}/{way}/f.bin",
                      *limit).error("not-fetched",
                                    len(BODY) - 1, "size")
            of_list(bench, server, way, *limit).error("not-fetched", len(BODY) - 1, "size")
            nothing_kept(bench)
        first_use(bench, f"{server.url}/unannounced/f.bin", "--max-bytes", len(BODY)).ok()
        bench.run("fetch", "--urls", f"{server.url}/unannounced/f.bin", "--sha256", sha256(BODY),
                  "--out", "known/f.bin", *limit).ok()


def case_a_call_never_goes_from_https_to_http(bench):
    with RoughServer() as plain, RoughServer(plain.url, bench.dir) as secure:
        env = bench.env(CURL_CA_BUNDLE=secure.cert)
        first_use(bench, f"{secure.url}/down/f.bin",
                  env=env).error("not-fetched", "from https to another protocol")
        of_list(bench, secure, "down", env=env).error("not-fetched",
                                                      "from https to another protocol")
        nothing_kept(bench)
        assert plain.paths() == [], "the other server was asked"
        bench.run("fetch", "--urls", f"{secure.url}/down/f.bin", "--sha256", sha256(BODY), "--out",
                  "known/f.bin", env=env).ok()
        plain.other = plain.url  # from http to http
        first_use(bench, f"{plain.url}/down/f.bin", env=env).ok()


def case_a_transfer_under_1_kb_a_second_is_given_up(bench):
    with RoughServer() as server:
        words = ("--stall-timeout", 1)
        done = first_use(bench, f"{server.url}/trickle/f.bin",
                         *words).error("not-fetched", "under 1 kB/s came for 1 s",
                                       "(tried 2 times)")
        assert done.err.count("trying again") == 1
        of_list(bench, server, "trickle", *words).error("not-fetched", "under 1 kB/s came for 1 s")


def case_a_password_or_token_in_a_url_is_refused_and_written_nowhere(bench):
    with RoughServer() as server:
        host = server.url.removeprefix("http://")
        urls = [
            f"http://me:s3cret@{host}/good/f.bin", f"http://s3cret@{host}/good/f.bin",
            f"{server.url}/good/f.bin?x=1&token=s3cret",
            f"{server.url}/good/f.bin?X-Amz-Signature=s3cret"
        ]
        (bench.dir / "names.txt").write_text("f.bin\n")
        for url in urls:
            tries = [
                first_use(bench, url),
                bench.run("fetch", "--urls", f"{server.url}/good/f.bin", "--trusted", "trusted",
                          "--out", "o/f.bin", "--mirror", f"{server.url}/={url}/"),
                first_use(bench, f"{server.url}/good/f.bin",
                          env=bench.env(MLPGEN_MIRROR=f"{server.url}/={url}/")),
                bench.run("git", "--url", url, "--commit", "0" * 40, "--out", "g"),
                bench.run("fetch-list", "--urls", url + "#", "--list", "names.txt", "--trusted",
                          "trusted", "--out", "l"),
                bench.run("fetch-folder", "--from", "s3", "--urls", url, "--trusted", "trusted",
                          "--out", "d")
            ]
            for number, done in enumerate(tries):
                done.error("secret-given", "MLPGEN_HEADER")
                assert "s3cret" not in done.out + done.err, (number, done.err)
        assert server.paths() == []
    found = [
        path for path in bench.dir.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()
    ]
    assert not found, found


def case_a_header_goes_to_its_host_and_port_alone(bench):
    with RoughServer() as mine, RoughServer(mine.url) as other:
        env = bench.env(MLPGEN_HEADER=f"{mine.url}=x-token: yes")
        first_use(bench, f"{mine.url}/good/f.bin", env=env).ok()
        first_use(bench, f"{other.url}/good/g.bin", env=env, name="g.bin").ok()
        first_use(bench, f"{other.url}/down/h.bin", env=env, name="h.bin").ok()
        assert mine.requests == [("/good/f.bin", "yes"), ("/good/f", None)]
        first_use(bench, f"{mine.url}/good/i.bin",
                  env=bench.env(MLPGEN_HEADER="http://127.0.0.1=x-token: port 80"),
                  name="i.bin").ok()
        assert mine.requests[-1] == ("/good/i.bin", None)
        assert {token for _, token in other.requests} == {None}


def case_numbers_below_zero_are_refused(bench):
    for words in (("fetch", "--size", "-1"), ("fetch", "--size", "1e3"), ("fetch", "--tries", "-1"),
                  ("fetch", "--max-bytes", "-1"), ("extract", "--strip",
                                                   "-1"), ("extract", "--max-bytes", "-1")):
        done = bench.run(*words)
        assert done.code == 2 and "no number from 0 on" in done.err, done.err

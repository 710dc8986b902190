"""mlpgen-tool python-environment: what the store's cache has is not asked for again, and the
index's password is written nowhere."""

import base64
import hashlib
import http.server
import io
import zipfile

from store.bench import sha256
from store.cases_environment import environment, uv_wheel as uv
from store.cases_package import pythons
from store.loopback import Loopback


def wheel(name, version):
    """A wheel of one module."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": b"answer = 42\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n"
        b"Tag: py3-none-any\n"
    }
    record = "".join(
        f"{path},sha256="
        f"{base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},"
        f"{len(data)}\n" for path, data in files.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, data in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n".encode()
                           }.items():
            archive.writestr(path, data)
    return out.getvalue()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        index = self.server.owner
        index.requests.append(self.path)
        parts = self.path.strip("/").split("/")
        body = index.page(parts[1]) if parts[0] == "simple" else index.wheels.get(parts[-1])
        if index.wanted and self.headers.get("Authorization") != index.wanted:
            return self.send(401, b"", [("WWW-Authenticate", 'Basic realm="index"')])
        return self.send(200 if body else 404, body or b"", [("Content-Type", "text/html"),
                                                             ("Cache-Control", "no-cache")])

    do_HEAD = do_GET

    def send(self, code, body, headers):
        self.send_response(code)
        for key, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body if self.command == "GET" else b"")


class Index(Loopback):
    """A package index of these packages, (name, version) each."""
    def __init__(self, *packages, login=""):
        self.wheels = {
            f"{name}-{version}-py3-none-any.whl": wheel(name, version)
            for name, version in packages
        }
        self.wanted = login and "Basic " + base64.b64encode(login.encode()).decode()
        self.login = login
        super().__init__(Handler)

    def page(self, name):
        links = [
            f'<a href="/files/{file}#sha256={sha256(data)}">{file}</a>'
            for file, data in self.wheels.items() if file.startswith(name + "-")
        ]
        return f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode(
        ) if links else b""

    def requirements(self):
        return "".join(f"{file.split('-')[0]}=={file.split('-')[1]} --hash=sha256:{sha256(data)}\n"
                       for file, data in self.wheels.items())

    def env(self, bench):
        url = self.url.replace("://", f"://{self.login}@") if self.login else self.url
        return bench.env(UV_DEFAULT_INDEX=url + "/simple", UV_HTTP_RETRIES="0")


def case_a_second_environment_does_not_ask_the_index(bench):
    with Index(("one", "1.0"), ("two", "2.0")) as index:
        env, text = index.env(bench), index.requirements()
        environment(bench, text, out="first", env=env).ok()
        assert index.requests, "the first one asks"
        asked = len(index.requests)
        environment(bench, text, out="second", env=env).ok()
        assert len(index.requests) == asked, index.requests[asked:]
    done = environment(bench, text, out="third", env=env).ok()
    assert "error" not in done.err, done.err
    for out in ("first", "second", "third"):
        assert (bench.dir / out /
                "packages.json").read_bytes() == (bench.dir / "first/packages.json").read_bytes()


def case_only_what_the_cache_lacks_is_asked_for(bench):
    with Index(("one", "1.0"), ("two", "2.0")) as index:
        env, lines = index.env(bench), index.requirements().splitlines(True)
        environment(bench, lines[0], out="first", env=env).ok()
        asked = len(index.requests)
        environment(bench, "".join(lines), out="second", env=env).ok()
        assert not any("/files/one-" in path
                       for path in index.requests[asked:]), index.requests[asked:]
        assert any("/files/two-" in path for path in index.requests[asked:])
    environment(bench, "".join(lines), out="third", env=env).ok()


def case_the_password_of_an_index_is_in_no_message_and_no_file(bench):
    with Index(("one", "1.0"), login="me:s3cret-word") as index:
        done = environment(bench, index.requirements(), out="good", env=index.env(bench)).ok()
        (bench.dir / "requirements.txt").write_text("one\n")
        wrong = environment(bench, "one==3.0 --hash=sha256:" + "0" * 64 + "\n", out="bad",
                            env=index.env(bench)).error("package-not-found")
        locked = bench.run("lock-packages", "--python",
                           pythons()[-1], "--require", "one", "--uv", uv(bench), "--out",
                           "locked.txt", env=index.env(bench)).ok()
        for said in (done, wrong, locked):
            assert "s3cret" not in said.out + said.err
    found = [
        path for path in bench.dir.rglob("*")
        if path.is_file() and not path.is_symlink() and b"s3cret" in path.read_bytes()
    ]
    assert not found, found

"""A real HTTP server on the loopback interface whose files a test may change while a client is at
them.

GET /NAME answers with ranges, an ETag and, where asked, If-Range; `ways` says for a name how it
goes wrong (see WAYS). Every request is noted as (name, Range, If-Range).
"""
import hashlib
import http.server
import time

from store.loopback import Loopback, write_slowly

WAYS = {
    "": "as it should be",
    "no-etag": "nothing says which version it is",
    "date": "a Last-Modified instead of an ETag",
    "weak": "an ETag that promises no equal bytes",
    "deaf": "If-Range is not looked at: always the range that was asked for",
    "slow": "one block, then a little every 50 ms",
    "cut": "the first answer ends in the middle",
    "page": "a web page with status 200",
    "404": "always 404",
    "gated": "401, but for who sends Authorization: Bearer yes",
    "login": "302 to a web page, but for who sends cf-access-token: yes",
    "moved": "302 to the name without its first letter",
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        files = self.server.owner
        name = self.path.lstrip("/")
        way = files.ways.get(name, "")
        first = files.note(name, self.headers.get("Range"), self.headers.get("If-Range"))
        if way == "moved":
            return self.head(302, 0, [("Location", "/" + name[1:])])
        if way == "gated" and self.headers.get("Authorization") != "Bearer yes":
            return self.head(401, 0, [])
        if way == "login" and self.headers.get("cf-access-token") != "yes":
            return self.head(302, 0, [("Location", "/login.html")])
        if way == "404" or name not in files.bytes:
            return self.head(404, 0, [])
        return self.send_bytes(way, files.bytes[name], first)

    def head(self, code, length, more):
        self.send_response(code)
        for key, value in [*more, ("Content-Length", str(length))]:
            self.send_header(key, value)
        self.end_headers()

    def send_bytes(self, way, body, first):
        kind = "text/html; charset=utf-8" if way == "page" else "application/octet-stream"
        more, tag = [("Content-Type", kind)], f'"{hashlib.md5(body).hexdigest()}"'
        if way == "date":
            tag = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(len(body) * 1000))
            more.append(("Last-Modified", tag))
        elif way != "no-etag":
            more.append(("ETag", ("W/" if way == "weak" else "") + tag))
        asked, condition = self.headers.get("Range"), self.headers.get("If-Range")
        start = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
        if start and condition and condition != tag and way != "deaf":
            start = 0
        if start:
            more.append(("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}"))
        self.head(206 if start else 200, len(body) - start, more)
        try:
            self.send_rest(way, body[start:], first)
        except OSError:
            self.close_connection = True  # the client went away

    def send_rest(self, way, rest, first):
        if way == "cut" and first:
            self.wfile.write(rest[:len(rest) // 2])
            self.close_connection = True
        elif way == "slow":
            write_slowly(self.wfile, rest)
        else:
            self.wfile.write(rest)


class FileServer(Loopback):
    """Serves `bytes` (name -> bytes) until the end of its `with` block."""
    def __init__(self, files):
        self.bytes, self.ways = dict(files), {}
        super().__init__(Handler)

    def note(self, name, asked, condition):
        """Whether it is the first request for this name."""
        with self.lock:
            self.requests.append((name, asked, condition))
            return sum(1 for other, *_ in self.requests if other == name) == 1

    def asked(self, name):
        with self.lock:
            return [(asked, condition) for other, asked, condition in self.requests
                    if other == name]

"""A real HTTP server on the loopback interface whose behaviour the first folder of a path chooses.

GET /plain/NAME answers well, with ranges; the other prefixes each go wrong in one way (see WAYS).
Every request is noted as (path, Range header or None), so that a test can count what was fetched.
"""

import http.server
import threading

from store.loopback import BLOCK, Loopback, send_half_and_drop, write_slowly

WAYS = {
    "plain": "ranges work",
    "norange": "ranges are ignored: always the whole file",
    "redirect": "302 to /plain/",
    "loop": "302 to itself",
    "cut-once": "the first answer ends in the middle",
    "cut": "every answer ends after one block, although more was promised",
    "drop-once": "the first answer stops in the middle until `dropped`, and its connection ends",
    "silent": "closes without an answer",
    "stall-once": "the first answer stops in the middle and hangs",
    "stall": "every answer hangs before its first byte",
    "slow": "one block, then a little every 50 ms",
    "gated": "one block, then a byte every 50 ms until open_gate(), then the rest",
    "wrong": "right length, other bytes",
    "longer": "one byte too many, length not announced",
    "shorter": "one byte too few, announced honestly",
    "other-range": "206 with a range that was not asked for",
    "busy-twice": "503 two times, then as plain",
    "500": "always 500",
    "404": "always 404",
    "403": "always 403",
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        mirror = self.server.owner
        way, _, name = self.path.lstrip("/").partition("/")
        count = mirror.note(self.path, self.headers.get("Range"))
        if way in ("404", "403", "500"):
            return self.refuse(int(way))
        if way == "busy-twice" and count <= 2:
            return self.refuse(503)
        if way in ("redirect", "loop"):
            return self.redirect(("/plain/" if way == "redirect" else "/loop/") + name)
        if way == "silent":
            self.close_connection = True
            return None
        if name not in mirror.files:
            return self.refuse(404)
        return self.answer(way, mirror.files[name], count)

    def refuse(self, code):
        self.send_response(code)
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"sorry\n")

    def redirect(self, to):
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def first_byte(self, way, size):
        asked = self.headers.get("Range")
        if not asked or way == "norange":
            return None
        start = int(asked.removeprefix("bytes=").split("-")[0])
        return start if start < size else size

    def answer(self, way, body, count):
        body = {"wrong": bytes(len(body)), "longer": body + b"x",
                "shorter": body[:-1]}.get(way, body)
        start = self.first_byte(way, len(body))
        if start == len(body):
            return self.refuse(416)
        rest = body[start or 0:]
        self.send_response(200 if start is None else 206)
        if start is not None:
            told = start + 1 if way == "other-range" else start
            self.send_header("Content-Range", f"bytes {told}-{len(body) - 1}/{len(body)}")
        if way == "longer":
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        try:
            self.send(way, rest, count)
        except OSError:
            self.close_connection = True  # the client went away

    def send(self, way, rest, count):
        if way == "cut" or (way == "cut-once" and count == 1):
            self.wfile.write(rest[:BLOCK if way == "cut" else len(rest) // 2])
            self.close_connection = True
        elif way == "stall" or (way == "stall-once" and count == 1):
            self.wfile.write(rest[:0 if way == "stall" else len(rest) // 2])
            self.wfile.flush()
            self.server.owner.stopping.wait(30)
            self.close_connection = True
        elif way == "drop-once" and count == 1:
            send_half_and_drop(self, rest)
        elif way == "slow":
            write_slowly(self.wfile, rest)
        elif way == "gated":
            self.wfile.write(rest[:BLOCK])
            at = BLOCK
            while not self.server.owner.gate.wait(0.05):
                self.wfile.write(rest[at:at + 1])
                at += 1
            self.wfile.write(rest[at:])
        else:
            self.wfile.write(rest)


class Mirror(Loopback):
    """Serves `files` (name -> bytes) until close()."""
    def __init__(self, files):
        self.files = files
        self.stopping = threading.Event()
        self.gate = threading.Event()
        super().__init__(Handler)

    def note(self, path, asked):
        with self.lock:
            self.requests.append((path, asked))
            return sum(1 for other, _ in self.requests if other == path)

    def asked(self, path):
        with self.lock:
            return [asked for other, asked in self.requests if other == path]

    def open_gate(self):
        self.gate.set()

    def close(self):
        self.stopping.set()
        super().close()

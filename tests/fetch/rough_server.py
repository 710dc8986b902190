"""A server that answers in ways that only a digest could tell from a good one, also over TLS; the
path's first part chooses.

Every request is noted as (path, its headers of interest).
"""
import http.server
import ssl
import subprocess
import threading

from store.loopback import Loopback

BODY = bytes(range(256)) * 40
PAGE = b"\n<!DOCTYPE HTML>\n<html>sign in</html>"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        rough = self.server.owner
        with rough.lock:
            rough.requests.append((self.path, self.headers.get("x-token")))
        way = self.path.strip("/").split("/")[0]
        try:
            getattr(self, "way_" + way.replace("-", "_"))()
        except OSError:
            self.close_connection = True  # the client went away

    def head(self, code, *headers):
        self.send_response(code)
        for key, value in headers:
            self.send_header(key, value)
        self.end_headers()

    def whole(self, body, *headers, code=200):
        self.head(code, *headers, ("Content-Length", str(len(body))))
        self.wfile.write(body)

    def way_good(self):
        self.whole(BODY)

    def way_empty(self):
        self.whole(b"")

    def way_none(self):
        self.head(204)

    def way_accepted(self):
        self.whole(b'{"state": "being prepared"}', code=202)

    def way_page(self):
        self.whole(b"sign in", ("Content-Type", "text/html; charset=utf-8"))

    def way_xhtml(self):
        self.whole(b"sign in", ("Content-Type", "application/xhtml+xml"))

    def way_hidden_page(self):
        self.whole(PAGE, ("Content-Type", "application/octet-stream"))

    def way_untyped_page(self):
        self.whole(PAGE)

    def way_page_behind_a_comment(self):
        self.whole(b"<?xml version='1.0'?>" + b" " * 2000 + b"<!-- sign in -->\n<html>")

    def way_page_in_utf_16(self):
        self.whole("<html>sign in</html>".encode("utf-16"))

    def way_part(self):
        self.whole(BODY[:100], ("Content-Range", f"bytes 0-99/{len(BODY)}"), code=206)

    def way_announced(self):
        self.head(200, ("Content-Length", str(1 << 41)))
        self.wfile.write(BODY)
        self.server.owner.over.wait(30)
        self.close_connection = True

    def way_unannounced(self):
        self.close_connection = True
        self.head(200, ("Connection", "close"))
        self.wfile.write(BODY)

    def way_trickle(self):
        """A hundred bytes a second, more slowly on a busy machine."""
        self.head(200, ("Content-Length", str(len(BODY))))
        for at in range(0, len(BODY), 50):
            self.wfile.write(BODY[at:at + 50])
            if self.server.owner.over.wait(0.5):
                break
        self.close_connection = True

    def way_down(self):
        self.head(302, ("Location", self.server.owner.other + "/good/f"), ("Content-Length", "0"))


class RoughServer(Loopback):
    """`other` is the URL to which it redirects; with `folder` it speaks TLS, with a certificate of
    its own in folder/cert.pem."""
    def __init__(self, other="", folder=None):
        self.other, self.over = other, threading.Event()
        super().__init__(Handler)
        if folder:
            self.cert = folder / "cert.pem"
            subprocess.run([
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                folder / "key.pem", "-out", self.cert
            ], check=True, capture_output=True)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.cert, folder / "key.pem")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.url = self.url.replace("http:", "https:")

    def close(self):
        self.over.set()
        super().close()

    def paths(self):
        with self.lock:
            return [path for path, _ in self.requests]

"""A real Git server on the loopback interface: `git http-backend`, or plain files for the dumb
protocol.

/smart/NAME  every commit may be asked for    /old/NAME  protocol 0: only what a branch or tag names
/dumb/NAME   files only                       /slow/NAME as smart, the pack a little every 50 ms
/drop/NAME   as smart, the first pack stops in the middle until `dropped`, and its connection ends
/locked/NAME asks for a password              /moved/NAME  sends on to /t/s3cret/NAME, a page
Every request is noted as (method, path).
"""
import http.server
import os
import subprocess
import time

from store.loopback import Loopback, send_half_and_drop


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        owner = self.server.owner
        owner.note(self.command, self.path)
        way, _, rest = self.path.lstrip("/").partition("/")
        path, _, query = rest.partition("?")
        if way == "locked":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="locked"')
            self.end_headers()
        elif way == "moved":
            self.send_response(301)
            self.send_header("Location", f"{owner.url}/t/s3cret/{rest}")
            self.end_headers()
        elif way == "t":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"sign in\n")
        elif way == "dumb":
            self.send_file(owner.root / path, query)
        else:
            self.send_backend(way, path, query)

    def send_file(self, path, query):
        found = path.is_file() and not query.startswith("service=git-receive-pack")
        self.send_response(200 if found else 404)
        self.end_headers()
        if found:
            self.wfile.write(path.read_bytes())

    def send_backend(self, way, path, query):
        env = {
            "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(self.server.owner.root),
            "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": "/" + path, "QUERY_STRING": query,
            "REQUEST_METHOD": self.command, "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"
        }
        if way != "old" and self.headers.get("Git-Protocol"):
            env["GIT_PROTOCOL"] = self.headers["Git-Protocol"]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        done = subprocess.run(["git", "http-backend"], input=body, env=env, capture_output=True)
        head, _, rest = done.stdout.partition(b"\r\n\r\n")
        lines = [line.split(": ", 1) for line in head.decode().splitlines() if ": " in line]
        status = next((value for key, value in lines if key == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for key, value in lines:
            if key != "Status":
                self.send_header(key, value)
        self.end_headers()
        is_pack = self.command == "POST" and len(rest) > 20000
        if way == "drop" and is_pack and not self.server.owner.half_sent.is_set():
            return send_half_and_drop(self, rest)
        slow = way == "slow" and is_pack
        try:
            for at in range(0, len(rest), 4096 if slow else len(rest) or 1):
                self.wfile.write(rest[at:at + (4096 if slow else len(rest))])
                time.sleep(0.05 if slow else 0)
        except OSError:
            pass  # the client went away


class GitServer(Loopback):
    """Serves the bare repositories of `root` until the end of its `with` block."""
    def __init__(self, root):
        self.root = root
        super().__init__(Handler)

    def note(self, method, path):
        with self.lock:
            self.requests.append((method, path))

    def count(self):
        with self.lock:
            return len(self.requests)


class Repository:
    """A repository with a work tree, and its bare copy that a GitServer serves."""
    def __init__(self, folder, served, name):
        self.work, self.bare = folder / f"work-{name}", served / name
        self.work.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words):
        settings = [
            "-c", "user.name=A", "-c", "user.email=a@a.test", "-c", "protocol.file.allow=always",
            "-c", "core.autocrlf=false"
        ]
        env = {
            "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": str(self.work)
        }
        done = subprocess.run(
            ["git", "-C", str(self.work), *settings, *map(str, words)], env=env,
            capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, files):
        """Writes {name: bytes}, commits all there is, serves it; gives the commit's id."""
        for name, data in files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "--allow-empty", "-m", "c")
        self.serve()
        return self.git("rev-parse", "HEAD")

    def serve(self):
        subprocess.run(["rm", "-rf", str(self.bare)], check=True)
        self.git("clone", "-q", "--bare", self.work, self.bare)
        self.git("--git-dir", self.bare, "update-server-info")

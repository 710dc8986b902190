"""What the tests' HTTP servers have in common: a port of the loopback interface, until the end of a
`with` block or close()."""
import http.server
import socket
import threading
import time

BLOCK = 64 * 1024


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # a client that was killed


class Loopback:
    """Answers with `handler`, whose `self.server.owner` is this object; `requests` are what note()
    was told."""
    def __init__(self, handler):
        self.requests = []
        self.half_sent, self.dropped = threading.Event(), threading.Event()
        self.lock = threading.Lock()
        self.server = QuietServer(("127.0.0.1", 0), handler)
        self.server.owner = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05, ), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def send_half_and_drop(handler, data):
    """Half of it, and then nothing until the owner's event `dropped`: the connection ends."""
    owner = handler.server.owner
    handler.wfile.write(data[:len(data) // 2])
    owner.half_sent.set()
    owner.dropped.wait()
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def write_slowly(file, data):
    """One block, then a little every 50 ms."""
    file.write(data[:BLOCK])
    for at in range(BLOCK, len(data), 512):
        time.sleep(0.05)
        file.write(data[at:at + 512])

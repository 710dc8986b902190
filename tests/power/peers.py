"""The peers of a power measurement on the loopback interface: an NTP server (chrony, which serves
the clock of this machine and never sets it), power-dev's server with the simulated PTDaemon, and a
Git server that has power-dev.

    peers.py POWER-DEV FOLDER COMMAND...

Runs COMMAND beside them with MLPGEN_MIRROR set. `namespaced` starts it where the ports are free:
123 of NTP, 4950, 8888.
"""
import os
import pathlib
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fetch.git_server import GitServer

CONF = """[server]
ntpServer: 127.0.0.1
listen: 127.0.0.1 4950
[ptd]
ptd: {ptd}
analyzerCount: 1
[analyzer1]
networkPort: 8888
deviceType: 49
interfaceFlag: -n
devicePort: 127.0.0.1
"""
CHRONY = ["local stratum 8", "allow 127.0.0.1", "bindaddress 127.0.0.1", "cmdport 0"]


def namespaced(words):
    """The words that run others where no port is taken and nothing but loopback is reached."""
    return [
        "unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh",
        *map(str, words)
    ]


def started(words, log):
    with open(log, "w") as out:
        return subprocess.Popen([str(w) for w in words], stdout=out, stderr=out,
                                stdin=subprocess.DEVNULL)


def wait_for(process, log, ready):
    """Until `ready`; a peer that ends before is an error with its words."""
    while not ready():
        if process.poll() is not None:
            sys.exit(f"error: {process.args[0]} ended\n{log.read_text()[-2000:]}")
        time.sleep(0.05)


def listens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def answers_ntp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(0.2)
        s.connect(("127.0.0.1", 123))
        try:
            s.send(b"\x1b" + 47 * b"\0")
            return len(s.recv(100)) >= 48
        except OSError:
            return False


def main():
    power_dev, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    served = folder / "served/mlcommons/power-dev"
    subprocess.run(["git", "clone", "-q", "--bare", power_dev, served], check=True)
    (folder / "server.conf").write_text(CONF.format(ptd=HERE / "ptdaemon.py"))
    logs = {name: folder / f"{name}.log" for name in ("chrony", "server")}
    words = CHRONY + [f"pidfile {folder}/chrony.pid", "bindcmdaddress /"]
    peers = [started(["chronyd", "-x", "-d", "-u", "root", *words], logs["chrony"])]
    try:
        wait_for(peers[0], logs["chrony"], answers_ntp)
        server = power_dev / "ptd_client_server/server.py"
        peers.append(
            started([sys.executable, "-B", server, "-c", folder / "server.conf"], logs["server"]))
        wait_for(peers[1], logs["server"], lambda: listens(4950))
        with GitServer(folder / "served") as git:
            env = os.environ | {"MLPGEN_MIRROR": f"https://github.com/={git.url}/smart/"}
            return subprocess.run(sys.argv[3:], stdin=subprocess.DEVNULL, env=env).returncode
    finally:
        for peer in peers:
            peer.terminate()
            peer.wait()


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin"
    sys.exit(main())

"""Commands on another machine: a real SSH server on the loopback interface, and the real client."""
import contextlib
import functools
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import time

from frameworks.run_directory import RunDirectory
from places import Skip

SERVER = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.environ["PATH"])
MINE = "my keys"  # the client's folder


def new_key(path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path.with_name(path.name + ".pub").read_text().split()[:2]


@contextlib.contextmanager
def server(folder):
    """The port of a server that takes one key, and the files for a client: its key, the machines it
    knows."""
    if not SERVER:
        raise Skip("Debian's openssh-server is not on this machine")
    if os.geteuid() == 0:
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
    (folder / MINE).mkdir()
    host_key, key = new_key(folder / "host_key"), new_key(folder / MINE / "key")
    (folder / "authorized_keys").write_text(" ".join(key) + "\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / MINE / "known_hosts").write_text(f"[127.0.0.1]:{port} {' '.join(host_key)}\n")
    (folder / MINE / "none").write_text("")
    words = {
        "HostKey": folder / "host_key", "AuthorizedKeysFile": folder / "authorized_keys",
        "ListenAddress": f"127.0.0.1:{port}", "StrictModes": "no", "UsePAM": "no",
        "PasswordAuthentication": "no", "PidFile": "none", "PermitRootLogin": "yes"
    }
    (folder / "sshd_config").write_text("".join(f"{word} {value}\n"
                                                for word, value in words.items()))
    process = subprocess.Popen(
        [SERVER, "-D", "-f", folder / "sshd_config", "-E", folder / "sshd.log"])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        else:
            raise AssertionError((folder / "sshd.log").read_text())
        yield port
    finally:
        process.terminate()
        process.wait()


def request(folder, port, command, **flags):
    words = {
        "host": "127.0.0.1", "port": port, "user": pwd.getpwuid(os.geteuid()).pw_name,
        "ssh_key_file": folder / MINE / "key", "known_hosts": folder / MINE / "known_hosts",
        "run_cmds": command, **flags
    }
    return ["remote-run-commands", *(f"--{word}={value}" for word, value in words.items())]


def case_commands_run_there_once(folder, build, cache):
    run = RunDirectory(folder, build, cache)
    with server(folder) as port:
        run.mlpgen(
            "configure",
            *request(folder, port,
                     f"echo \"$SSH_CONNECTION\" >> '{folder}/a file' && echo done there"))
        run.ninja()
        assert "no work to do" in run.ninja()
    [line] = (folder / "a file").read_text().splitlines()
    assert line.split()[3] == str(port), line
    assert "done there" in run.mlpgen("log", "remote-run-commands/remote")


def case_what_fails_there_fails_here(folder, build, cache):
    run = RunDirectory(folder, build, cache)
    with server(folder) as port:
        run.mlpgen("configure", *request(folder, port, "echo no room left; exit 7"))
        told = run.ninja(code=1)
        assert "no room left" in told and "exit status 7" in told, told


def case_an_unknown_machine_is_refused_but_where_it_may_be_new(folder, build, cache):
    run = RunDirectory(folder, build, cache)
    with server(folder) as port:
        unknown = functools.partial(request, folder, port, "true",
                                    known_hosts=folder / MINE / "none")
        run.mlpgen("configure", *unknown())
        told = run.ninja(code=1)
        assert "Host key verification failed" in told, told
        run.mlpgen("configure", *unknown(skip_host_verify="yes"))
        run.ninja()
        assert "no work to do" in run.ninja()
    assert "ssh-ed25519" in (folder / MINE / "none").read_text(), "it is known now"


def case_no_commands_are_an_error(folder, build, cache):
    run = RunDirectory(folder, build, cache)
    told = run.mlpgen("configure", "remote-run-commands", code=1)
    assert "no commands are given for localhost" in told, told

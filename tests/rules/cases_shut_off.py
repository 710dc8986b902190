"""What a build cannot do: reach the network, see the user's environment, write elsewhere."""
import socket
import subprocess
import threading

from places import Skip
from rules.cases_make import need_make, step
from rules.project import Project


def need_namespaces():
    need_make()
    if subprocess.run(["unshare", "-rnm", "true"], capture_output=True).returncode:
        raise Skip("this system lets no process make a network namespace")


def make_of(commands):
    return {"Makefile": "all:\n" + "".join(f"\t{line}\n" for line in commands)}


def project_of(bench, *commands):
    return Project(bench, make_of(commands),
                   [step("make", ", install_targets: [], take: [result]")])


class Listener:
    """A server on the loopback interface that counts who comes."""
    def __enter__(self):
        self.socket, self.count = socket.create_server(("127.0.0.1", 0)), 0
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.count += 1
            connection.close()

    def __exit__(self, *_):
        self.socket.close()


def case_a_build_has_no_network(bench):
    need_namespaces()
    with Listener() as server:
        call = (f"python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", "
                f"{server.port}))'")
        subprocess.run(["sh", "-c", call], check=True)
        assert server.count == 1, "the server answers to all others"
        project = project_of(bench, call, "echo reached > result")
        project.configure()
        said = project.ninja(code=1)
        assert ("unreachable" in said or "refused" in said) and server.count == 1, said


def case_a_build_sees_no_environment_of_the_user(bench):
    need_make()
    project = project_of(bench, "env | sort > result")
    project.configure()
    project.ninja(SECRET_WORD="open-sesame", CFLAGS="-DUSER", http_proxy="http://127.0.0.1:9")
    env = dict(
        line.split("=", 1) for line in project.file("install/result").read_text().splitlines())
    assert "SECRET_WORD" not in env and "http_proxy" not in env and "-DUSER" not in env["CFLAGS"]
    assert env["HOME"].endswith("/.build/home") and env["PATH"] == "/usr/bin:/bin" and env[
        "SOURCE_DATE_EPOCH"] == "315532800"


def case_a_build_takes_as_many_cores_as_the_user_says(bench):
    need_make()
    project = project_of(bench, "echo $$CMAKE_BUILD_PARALLEL_LEVEL > result")
    project.configure()
    project.ninja(CMAKE_BUILD_PARALLEL_LEVEL=7)
    assert project.file("install/result").read_text() == "7\n"


def case_a_build_cannot_write_elsewhere(bench):
    need_namespaces()
    elsewhere = bench.dir / "elsewhere"
    elsewhere.mkdir()
    project = project_of(bench, f"echo 1 > {elsewhere}/file", "echo reached > result")
    project.configure()
    said = project.ninja(code=1)
    assert "Read-only file system" in said or "nonexistent" in said, said
    assert list(elsewhere.iterdir()) == []


def case_a_build_that_installs_elsewhere_fails(bench):
    need_make()
    install = {
        "Makefile": "all:\n\ttrue\ninstall:\n\tmkdir -p $(DESTDIR)/etc\n"
        "\techo 1 > $(DESTDIR)/etc/settings\n"
    }
    project = Project(bench, install, [step("make")])
    project.configure()
    assert "the build installs /etc/settings, outside its prefix  [build-failed]" in project.ninja(
        code=1)


def case_a_build_says_where_it_cannot_be_shut_off(bench):
    need_make()
    if subprocess.run(["unshare", "-r", "true"], capture_output=True).returncode:
        raise Skip("this system lets no process make a user namespace")
    (bench.dir / "src").mkdir()
    words = [
        bench.tool, "build", "--source", bench.dir / "src", "--out", bench.dir / "out", "--", "sh",
        "-c", 'mkdir -p "$1" && echo 1 > "$1/file"', "sh", "@install@"
    ]
    inner = ('echo 0 > /proc/sys/user/max_user_namespaces && echo 0 > '
             '/proc/sys/user/max_net_namespaces && exec "$@"')
    done = subprocess.run(["unshare", "-r", "sh", "-c", inner, "sh", *words], capture_output=True,
                          text=True)
    if "max_user_namespaces" in done.stderr or "max_net_namespaces" in done.stderr:
        raise Skip("the limits of namespaces cannot be changed here")
    assert done.returncode == 0, done.stderr
    assert "note: the build can reach the network" in done.stderr, done.stderr
    assert "[not-isolated]" in done.stderr, done.stderr
    assert (bench.dir /
            "out/install/file").read_text() == "1\n" and not (bench.dir / "out/.build").exists()


def case_the_tool_says_what_is_wrong_with_its_words(bench):
    (bench.dir / "src").mkdir()
    words = ["build", "--source", bench.dir / "src", "--out", bench.dir / "out"]
    bench.run(*words).error("usage", "has no program")
    bench.run(*words, "--", "make", "--").error("usage", "has no program")
    bench.run(*words, "--env", "WORD", "--", "true").error("usage", "WORD")
    bench.run("build", "--source", bench.dir / "none", "--out", bench.dir / "out", "--",
              "true").error("not-found", "none is no folder")
    bench.run(*words, "--", "no-such-program").error("no-program", "no-such-program")
    bench.run(*words, "--sourc", "x", "--", "true").error("usage", "--sourc")

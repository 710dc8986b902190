"""An edge of a run directory, again with nothing but its declared inputs in sight.

Under bubblewrap an edge sees the system's own files (/usr, its links, /etc/alternatives, the
loader's cache, /proc, /sys), its program, the interpreter that a virtual environment was made from,
its declared inputs (read-only) and an empty folder for its outputs; there is no network. It must
succeed and write the bytes that the run directory has. The logs of LoadGen hold times, so of an
edge that runs LoadGen only the list of files is compared.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

SYSTEM = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]
BASICS = ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/sys"]
# The official checker's log says when each line was written.
TIME = re.compile(rb"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\b")
POINTER = re.compile(
    r"/(?:\[([^=/]*)=([^]]*)]|([^/]*))")  # `[KEY=TEXT]` is the object of a list whose KEY is TEXT
LATE = re.compile(r"\$\{late:([^#}]+)#([^}]*)\}")


def sandbox():
    words = [
        "bwrap", "--unshare-net", "--die-with-parent", "--clearenv", "--ro-bind", "/usr", "/usr",
        "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"
    ]
    for path in map(pathlib.Path, SYSTEM):
        if path.is_symlink():
            words += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            words += ["--ro-bind", str(path), str(path)]
    for path in BASICS:
        if os.path.exists(path):
            words += ["--ro-bind", path, path]
    return words


def interpreters(inputs):
    """Where the Python of each virtual environment among the inputs is installed."""
    for path in inputs:
        config = path / "pyvenv.cfg"
        if config.is_file():
            home = re.search(r"^home\s*=\s*(.+)$", config.read_text(), re.M)
            if home and not home[1].startswith("/usr/"):
                yield pathlib.Path(home[1]).resolve().parent


def words_of(step, run, out):
    def late(match):
        value = json.loads((run / match[1]).read_text())
        for name, text, part in POINTER.findall(match[2]):
            part = part.replace("~1", "/").replace("~0", "~")
            value = next(o for o in value
                         if o.get(name) == text) if name else value[int(part)] if isinstance(
                             value, list) else value[part]
        return str(value)

    fill = lambda text: LATE.sub(late, text.replace("${out}", out))
    return [fill(w) for w in step["argv"]], {k: fill(v) for k, v in step["env"].items()}


def run_in_sandbox(step, run, folder, environment):
    """(exit code, what it said); its outputs lie in `folder`."""
    out = f"{step['directory']}.tmp.1"
    argv, env = words_of(step, run, out)
    inputs = [run / i["path"] for i in step["inputs"]]
    seen = {
        p
        for p in [run / argv[0], *inputs, *interpreters(inputs)] if not str(p).startswith("/usr/")
    }
    words = sandbox()
    for path in sorted(p for p in seen if not seen & set(p.parents)):
        words += ["--ro-bind", str(path), str(path)]
    words += ["--bind", str(folder), str(run / out), "--chdir", str(run)]
    passed = {
        k: v
        for k, v in environment.items() for glob in step["pass_env"]
        if pathlib.PurePath(k).match(glob)
    }
    for key, value in {**passed, **env}.items():
        words += ["--setenv", key, value]
    argv[0] = str(run / argv[0]) if "/" in argv[0] else argv[0]
    done = subprocess.run([*words, *argv], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=600)
    return done.returncode, done.stdout.decode(errors="replace")


def contents(folder, outputs):
    """{name: digest or link} of all files of the declared outputs, without the times of log lines.
    """
    found = {}
    for output in outputs:
        top = folder / output.rstrip("/")
        for path in [top] if not top.is_dir() else sorted(top.rglob("*")):
            if path.is_symlink():
                found[str(path.relative_to(folder))] = "-> " + os.readlink(path)
            elif path.is_file():
                found[str(path.relative_to(folder))] = hashlib.sha256(
                    TIME.sub(b"TIME", path.read_bytes())).hexdigest()
    return found


def runs_loadgen(step):
    return any(pathlib.PurePath(o).name.startswith("mlperf_log") for o in step["outputs"])


def fault_of(step, run, **more):
    """What the edge does otherwise than in the run directory, or ''; `more` is environment."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        code, said = run_in_sandbox(step, run, folder, os.environ | more)
        if code:
            return f"exit code {code}\n" + "\n".join("    | " + line
                                                     for line in said.splitlines()[-8:])
        before, now = contents(run / step["directory"],
                               step["outputs"]), contents(folder, step["outputs"])
        if runs_loadgen(step):
            before, now = dict.fromkeys(before), dict.fromkeys(now)
        differ = sorted(n for n in before.keys() | now.keys()
                        if before.get(n, "absent") != now.get(n, "absent"))
        return "other bytes in " + ", ".join(differ[:5]) if differ else ""


def why_not():
    if not shutil.which("bwrap"):
        return "bubblewrap is not installed: apt-get install bubblewrap"
    tried = subprocess.run([*sandbox(), "/usr/bin/true"], capture_output=True, text=True)
    return "" if tried.returncode == 0 else f"bubblewrap cannot work here: {tried.stderr.strip()}"

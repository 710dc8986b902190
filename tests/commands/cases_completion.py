"""What `mlpgen __complete` offers, and what a real bash, zsh and fish make of the scripts."""
import os
import shutil
import subprocess

from commands.bench import has
from places import Skip


def offered(bench, *words):
    return bench.ask("__complete", *words).split("\n")[:-1]


def test_complete_offers_what_fits_the_place(bench):
    assert offered(bench, "conf") == ["configure"]
    assert "__complete" not in offered(bench, "")
    assert offered(bench, "configure", "--pre") == ["--preset="]
    assert offered(bench, "configure", "--preset=") == ["--preset=quick"]
    assert offered(bench, "configure", "app", "--size=") == ["--size=large", "--size=small"]
    assert offered(bench, "configure", "--preset=quick",
                   "--lo") == ["--lock=", "--locked", "--loud="]
    assert offered(bench, "configure", "app", "--loud=") == ["--loud=no", "--loud=yes"]
    assert offered(bench, "configure", "app", "_") == ["_bs.8", "_fast", "_large", "_small"]
    assert offered(bench, "configure", "app", "--adr.text-data.t") == ["--adr.text-data.tags="]
    assert offered(bench, "show", "get-") == ["get-data", "get-lib"]
    assert offered(bench, "dump", "--format=j") == ["--format=json"]
    assert offered(bench, "help", "unknown-ta") == ["unknown-tag"]
    assert offered(bench, "store", "v") == ["verify"]
    assert offered(bench, "store", "") == ["du", "find", "gc", "list", "remove", "show", "verify"]
    assert offered(bench, "schema", "r") == ["recipe", "round", "rule"]
    assert offered(bench, "nothing", "") == []


def test_complete_offers_edges_and_targets_of_the_run_directory(bench):
    bench.configure("app")
    assert offered(bench, "log", "app/") == ["app/count", "app/performance", "app/report"]
    assert "performance" in offered(bench, "rerun", "p")
    assert "CM_SIZE" in offered(bench, "explain", "CM_")
    assert offered(bench, "explain", "choi") == ["choices"] and "text-data" in offered(
        bench, "explain", "text")
    assert offered(bench, "plan", "per") == ["performance"]
    assert offered(bench, "query", "al") == ["allpaths("]
    assert offered(bench, "plan", "report", "app", "--size=l") == ["--size=large"]


def shell(bench, name):
    path = shutil.which(name)
    if not path:
        raise Skip(f"no {name} here")
    return path


def path_with_mlpgen(bench):
    return str(bench.mlpgen.parent) + ":" + os.environ["PATH"]


def test_bash_completes_words_and_what_follows_an_equals_sign(bench):
    bash = shell(bench, "bash")
    script = """source <(mlpgen completion bash)
try() {  # LINE WORDS...: as bash parts them; the last one is being typed
  COMP_LINE="$1"; COMP_POINT=${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
  _mlpgen; echo "${COMPREPLY[*]}"
}
complete -p mlpgen
try "mlpgen conf" mlpgen conf
try "mlpgen configure app --size=l" mlpgen configure app --size = l
try "mlpgen configure app --size=" mlpgen configure app --size =
try "mlpgen configure app _f" mlpgen configure app _f
try "mlpgen show " mlpgen show ""
"""
    done = bench.run([bash, "--norc", "-c", script], PATH=path_with_mlpgen(bench))
    lines = done.stdout.splitlines()
    if lines != [
            "complete -o default -F _mlpgen mlpgen", "configure", "large", "large small", "_fast",
            "app get-data get-lib"
    ]:
        raise AssertionError(f"bash completed to {lines}\n{done.stderr}")


def test_zsh_reads_its_script(bench):
    zsh = shell(bench, "zsh")
    done = bench.run([
        zsh, "-f", "-c",
        "autoload -U compinit && compinit -u -D && source <(mlpgen completion zsh) && echo "
        "$_comps[mlpgen]"
    ], PATH=path_with_mlpgen(bench))
    has(done.stdout, "_mlpgen")


def test_fish_completes(bench):
    fish = shell(bench, "fish")
    done = bench.run([
        fish, "--no-config", "-c",
        "mlpgen completion fish | source; complete -C 'mlpgen configure app --size=l'"
    ], PATH=path_with_mlpgen(bench))
    has(done.stdout, "--size=large")


def test_completion_of_an_unknown_shell_is_refused(bench):
    done = subprocess.run([bench.mlpgen, "completion", "bsh"], env=bench.env, capture_output=True,
                          text=True)
    assert done.returncode == 2
    has(done.stderr, "did you mean 'bash'?")

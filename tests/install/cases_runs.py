"""mlpgen from its installation: the questions, the shells' completions, the demo."""
import shutil
import subprocess

import pytest

from install.elsewhere import PLACE, files_with
from places import ROOT, Skip


def case_check_finds_no_fault_in_the_installed_recipes(elsewhere):
    assert "recipes" in elsewhere.run("mlpgen", "check")


def case_explain_names_files_of_the_installation(elsewhere):
    said = elsewhere.run("mlpgen", "explain", "CM_MLPERF_MODEL", "--preset=demo")
    assert "recipes/presets.yaml" in said, said


def case_doctor_knows_what_this_machine_lacks_for_the_demo(elsewhere):
    said = elsewhere.run("mlpgen", "doctor", "--preset=demo")
    assert "Nothing is missing for this request." in said, said


def case_docs_writes_the_pages_that_the_checkout_has(elsewhere):
    elsewhere.run("mlpgen", "docs", "pages")
    for page in ("rules.md", "commands.md", "man/mlpgen.1", "man/mlpgen-tool.1",
                 "man/mlpgen-edge.1"):
        assert (elsewhere.home / "pages" / page).read_bytes() == (ROOT / "docs/reference" /
                                                                  page).read_bytes(), page
    assert not files_with(str(ROOT), elsewhere.home / "pages")


def case_man_finds_a_page_of_each_program(elsewhere):
    for name in ("mlpgen", "mlpgen-edge", "mlpgen-tool", "mlpgen-configure"):
        assert f"{name}(1)" in elsewhere.run("man", "-M", elsewhere.prefix / "share/man", name)


def shell(name):
    if not shutil.which(name):
        raise Skip(f"{name} is not installed")
    return name


def case_bash_completes_the_words_of_mlpgen(elsewhere):
    loader = "/usr/share/bash-completion/bash_completion"
    if subprocess.run(["test", "-e", loader]).returncode:
        raise Skip("bash-completion is not installed")
    script = f"""source {loader}
_completion_loader mlpgen
complete -p mlpgen
COMP_LINE='mlpgen expl' COMP_POINT=11 COMP_WORDS=(mlpgen expl) COMP_CWORD=1
_mlpgen
echo "${{COMPREPLY[@]}}" """
    said = elsewhere.run(shell("bash"), "-c", script)
    assert "-F _mlpgen mlpgen\nexplain\n" in said, said


def case_zsh_completes_at_the_first_question(elsewhere):
    script = f"""fpath=({elsewhere.prefix}/share/zsh/site-functions $fpath)
autoload -U compinit && compinit -u -D
compadd() {{ print -r -- "$@" }}
words=(mlpgen expl) CURRENT=2
$_comps[mlpgen]"""
    said = elsewhere.run(shell("zsh"), "-f", "-c", script)
    assert "explain" in said.split(), said


def case_fish_completes_the_words_of_mlpgen(elsewhere):
    said = elsewhere.run(shell("fish"), "-c", "complete -C 'mlpgen expl'")
    assert said.split() == ["explain"], said


@pytest.mark.registry
def case_the_demo_runs_as_another_user_and_a_second_ninja_has_nothing_to_do(elsewhere):
    elsewhere.run("mlpgen", "configure", "--preset=demo", "-C", "demo")
    elsewhere.run("ninja", "-C", "demo", "submission")
    assert "ninja: no work to do." in elsewhere.run("ninja", "-C", "demo", "submission")
    result = elsewhere.run("mlpgen-tool", "result-line", "--summary", "demo/summary.json")
    assert "retinanet Offline" in result and "mlpgen's checker: OK" in result, result
    assert f"{PLACE}/root" in (elsewhere.home / "demo/build.ninja").read_text()
    assert not files_with(str(ROOT), elsewhere.home / "demo")
    elsewhere.run("mlpgen", "verify", "-C", "demo")

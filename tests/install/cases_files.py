"""Which files `meson install` writes, where, and what is in none of them."""
import stat
import subprocess

from install.elsewhere import files_with
from places import ROOT, Skip

DATA = ("recipes/mlpgen.lock", "recipes/python/get-python-environment/mlpgen.lock",
        "recipes/presets.yaml", "recipes/ran.json", "rules/git.yaml", "templates/text.mustache",
        "schemas/recipe.schema.json")
PROGRAMS = ("mlpgen", "mlpgen-edge", "mlpgen-tool")
COMPLETIONS = ("bash-completion/completions/mlpgen.bash", "zsh/site-functions/_mlpgen",
               "fish/vendor_completions.d/mlpgen.fish")


def case_programs_data_pages_and_completions_are_in_their_places(destdir):
    prefix = next(destdir.glob("**/bin/mlpgen")).parents[1]
    wanted = [f"bin/{name}" for name in PROGRAMS] + [f"share/mlpgen/{name}" for name in DATA
                                                     ] + [f"share/{name}" for name in COMPLETIONS]
    wanted += [f"share/man/man1/{name}.1" for name in PROGRAMS
               ] + ["share/doc/mlpgen/LICENSE", "share/doc/mlpgen/docs/store.md"]
    assert not [name for name in wanted if not (prefix / name).is_file()]


def case_each_file_that_git_has_of_recipes_rules_and_rounds_is_installed(destdir):
    if not (ROOT / ".git").exists():
        raise Skip("this is no checkout of git")
    data = next(destdir.glob("**/share/mlpgen"))
    listed = subprocess.run(["git", "ls-files", "-z", "recipes", "rules", "schemas", "templates"],
                            cwd=ROOT, check=True, capture_output=True, text=True)
    there = {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}
    assert there == {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


def case_every_user_can_read_what_is_installed_and_nobody_else_write_it(destdir):
    for path in destdir.rglob("*"):
        mode = path.stat().st_mode
        readable = 0o555 if path.is_dir() or path.parent.name == "bin" else 0o444
        assert mode & readable == readable and not mode & (stat.S_IWGRP
                                                           | stat.S_IWOTH), f"{path}: {mode:o}"


def case_no_installed_file_names_the_checkout(destdir):
    assert not files_with(str(ROOT), destdir)

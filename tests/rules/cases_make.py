"""The rules make and autotools: a Makefile, and a configure script written by hand."""
import shutil

from places import Skip
from rules.project import MAKE, Project

MAKEFILE = """PREFIX = /usr/local
NAME = world
tool: main.o
\t$(CC) $(CFLAGS) -o tool main.o
main.o: main.c
\t$(CC) $(CFLAGS) -DNAME='"$(NAME)"' -g -c main.c
install: tool
\tmkdir -p $(DESTDIR)$(PREFIX)/bin
\tcp tool $(DESTDIR)$(PREFIX)/bin/tool
"""
MAIN = '#include <stdio.h>\nint main(void) { return puts("hello, " NAME " from " __FILE__) < 0; }\n'
FILES = {"Makefile": MAKEFILE, "main.c": MAIN}

CONFIGURE = """#!/bin/sh
# As a real one: it looks at the compiler, writes config.log and a Makefile, and may stand in
# another folder.
srcdir=$(dirname "$0"); prefix=/usr/local; greeting=hello
for word in "$@"; do
  case $word in
    --prefix=*) prefix=${word#*=} ;;
    --enable-loud) greeting=HELLO ;;
    --with-library=*) [ -e "${word#*=}/file" ] || { echo "no library at $word"; exit 1; } ;;
    *) echo "configure: unrecognized option: $word"; exit 1 ;;
  esac
done
echo "configure: trying $CC" > config.log
echo 'int main(void) { return 0; }' > conftest.c
$CC conftest.c -o conftest >> config.log 2>&1 || {
  echo "C compiler cannot create executables"
  exit 77
}
sed -e "s|@srcdir@|$srcdir|g" -e "s|@prefix@|$prefix|" -e "s|@CC@|$CC|" \\
  -e "s|@greeting@|$greeting|" "$srcdir/Makefile.in" > Makefile
"""
MAKEFILE_IN = """CC = @CC@
prefix = @prefix@
all: tool
tool: @srcdir@/main.c
\t$(CC) $(CFLAGS) -DNAME='"@greeting@"' -o tool @srcdir@/main.c
@srcdir@/configure: @srcdir@/configure.ac
\techo "configure would be made again"; exit 1
Makefile: @srcdir@/configure
install: tool
\tmkdir -p $(DESTDIR)$(prefix)/bin
\tcp tool $(DESTDIR)$(prefix)/bin/
"""
AUTO = {
    "configure": CONFIGURE, "Makefile.in": MAKEFILE_IN, "main.c": MAIN, "configure.ac": "AC_INIT\n"
}


def need_make():
    if not shutil.which("make") or not shutil.which("cmake"):
        raise Skip("make and cmake are not both installed: apt-get install make cmake")


def step(rule, more=""):
    return f'{{id: build, rule: {rule}, source: "${{source.tree}}", {MAKE}{more}}}'


def case_make_builds_in_a_copy(bench):
    need_make()
    project = Project(bench, FILES, [step("make")])
    project.build()
    assert project.says("install/bin/tool") == "hello, world from main.c"
    project.source_is_as_it_was()
    project.same_elsewhere()
    project.reads_only_what_it_declares()


def case_make_takes_variables_and_files_of_a_project_that_installs_nothing(bench):
    need_make()
    files = {f"sub/{name}": text.replace("install:", "nothing:") for name, text in FILES.items()}
    project = Project(bench, files, [
        step(
            "make",
            ', subfolder: sub, variables: {NAME: you}, targets: [tool], install_targets: [], take: '
            '["sub/tool"]')
    ])
    project.build()
    assert project.says("install/sub/tool").startswith("hello, you")


def case_make_variables_beat_the_prefix(bench):
    need_make()
    project = Project(bench, {"Makefile": MAKEFILE.replace("PREFIX", "WHERE"), "main.c": MAIN},
                      [step("make", ', variables: {WHERE: "@prefix@/tools"}')])
    project.build()
    assert project.says("install/tools/bin/tool").startswith("hello")


def case_make_shows_what_failed(bench):
    need_make()
    project = Project(bench, FILES | {"main.c": "#include <no_such_header.h>\n"}, [step("make")])
    project.configure()
    said = project.ninja(code=1)
    assert "no_such_header.h" in said, said
    assert "make ended with exit code 2  [build-failed]" in said, said


def case_a_build_that_leaves_nothing_fails(bench):
    need_make()
    project = Project(bench, FILES, [step("make", ", install_targets: []")])
    project.configure()
    assert "the build installed no file  [build-failed]" in project.ninja(code=1)
    project.write([step("make", ", install_targets: [], take: [other]")])
    assert "the build made no file other  [build-failed]" in project.ninja(code=1)


def case_autotools_builds_beside_a_copy(bench):
    need_make()
    project = Project(bench, AUTO,
                      [step("autotools", ", options: [--enable-loud], environment: [CFLAGS=-O1]")])
    project.build()
    assert project.says("install/bin/tool") == "hello, HELLO from source/main.c"
    assert "-O1 -ffile-prefix-map=" in project.logs(
    ), "flags of the recipe stand beside those of the rule"
    project.source_is_as_it_was()
    project.same_elsewhere()
    project.reads_only_what_it_declares()


def case_autotools_may_build_in_the_copy(bench):
    need_make()
    project = Project(bench, AUTO, [step("autotools", ", in_source: yes")])
    project.build()
    assert project.says("install/bin/tool") == "hello, hello from source/main.c"


def case_autotools_takes_a_path_from_another_step(bench):
    need_make()
    tree = '{id: library, rule: tree, copy: {file: "${recipe}/src/main.c"}}'
    project = Project(
        bench, AUTO,
        [tree, step("autotools", ', path_options: {--with-library: "${library.tree}"}')])
    project.build()
    assert project.says("install/bin/tool").startswith("hello, hello")


def case_autotools_shows_the_log_of_its_tests(bench):
    need_make()
    project = Project(
        bench, AUTO | {
            "configure": CONFIGURE.replace("int main(void) { return 0; }",
                                           "int main(void) { return no_such_word; }")
        }, [step("autotools")])
    project.configure()
    said = project.ninja(code=1)
    assert "the last lines of config.log" in said and "no_such_word" in said, said
    assert "C compiler cannot create executables" in said
    assert "configure ended with exit code 77  [build-failed]" in said

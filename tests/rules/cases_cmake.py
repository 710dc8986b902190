"""The rule cmake: a library and a program that uses it."""
import os
import shutil
import subprocess

from places import Skip
from rules.project import CMAKE, Project

LISTS = """cmake_minimum_required(VERSION 3.16)
project(greeting LANGUAGES C CXX)
option(GREETING_LOUD "in capitals" OFF)
add_library(greeting SHARED greeting.c)
if(GREETING_LOUD)
  target_compile_definitions(greeting PRIVATE LOUD)
endif()
add_executable(greet greet.cc)
target_link_libraries(greet greeting)
add_executable(unused unused.cc)
install(TARGETS greeting greet)
install(FILES greeting.h DESTINATION include)
"""
FILES = {
    "CMakeLists.txt": LISTS,
    "greeting.h": '#pragma once\n#ifdef __cplusplus\nextern "C"\n#endif\n'
    'const char* greeting(void);\n',
    "greeting.c": '#include "greeting.h"\nconst char* greeting(void) {\n#ifdef LOUD\n'
    '  return "HELLO";\n#else\n  return "hello";\n#endif\n}\n',
    "greet.cc": '#include <cstdio>\n#include "greeting.h"\n'
    'int main() { std::printf("%s from %s\\n", greeting(), __FILE__); }\n',
    "unused.cc": "int main() { return 0; }\n",
}


def need_cmake():
    if not shutil.which("cmake"):
        raise Skip("cmake is not installed: apt-get install cmake")


def step(more=""):
    return f'{{id: build, rule: cmake, source: "${{source.tree}}", {CMAKE}{more}}}'


def case_cmake_builds_a_library_and_a_program(bench):
    need_cmake()
    project = Project(bench, FILES, [step()])
    project.build()
    assert project.says(
        "install/bin/greet") == "hello from source/greet.cc", "it finds its library beside itself"
    assert project.file("install/include/greeting.h") and project.file("install/lib/libgreeting.so")
    project.source_is_as_it_was()


def case_pkg_config_finds_what_was_installed_where_it_lies(bench):
    need_cmake()
    lists = LISTS + ("configure_file(greeting.pc.in greeting.pc @ONLY)\n"
                     "install(FILES ${CMAKE_BINARY_DIR}/greeting.pc DESTINATION lib/pkgconfig)\n")
    template = ("prefix=@CMAKE_INSTALL_PREFIX@\nlibdir=${prefix}/lib\nName: greeting\n"
                "Description: d\nVersion: 1\nLibs: -L${libdir} -lgreeting\n")
    project = Project(bench, FILES | {"CMakeLists.txt": lists, "greeting.pc.in": template},
                      [step()])
    project.build()
    file = project.file("install/lib/pkgconfig/greeting.pc")
    assert file.read_text().startswith("prefix=${pcfiledir}/../..\n")
    done = subprocess.run(["pkg-config", "--libs", "greeting"],
                          env={"PATH": os.environ["PATH"],
                               "PKG_CONFIG_PATH": str(file.parent)}, capture_output=True, text=True)
    where = done.stdout.split()[0].removeprefix("-L")
    assert os.path.samefile(where, file.parent.parent), done.stdout + done.stderr


def case_cmake_makes_the_same_bytes_anywhere(bench):
    need_cmake()
    project = Project(
        bench, FILES,
        [step(', build_type: RelWithDebInfo, options: {CMAKE_EXPORT_COMPILE_COMMANDS: "OFF"}')])
    project.build()
    project.same_elsewhere()
    project.reads_only_what_it_declares()


def case_cmake_options_make_another_artifact(bench):
    need_cmake()
    project = Project(bench, FILES, [step()])
    project.build()
    quiet = project.file("install/bin/greet")
    project.write([step(', options: {GREETING_LOUD: "ON"}')])
    project.ninja()
    assert project.says("install/bin/greet").startswith("HELLO")
    project.write([step()])
    project.ninja()
    assert "no work to do" in project.ninja() and quiet.exists() and len(
        list(project.run_dir.glob("out/app/*/install"))) == 2


def case_cmake_takes_a_path_from_another_step(bench):
    need_cmake()
    user = """cmake_minimum_required(VERSION 3.16)
project(user C)
find_path(WHERE greeting.h PATHS ${ROOT} PATH_SUFFIXES include NO_DEFAULT_PATH REQUIRED)
find_library(LIB greeting PATHS ${ROOT}/lib NO_DEFAULT_PATH REQUIRED)
add_executable(user user.c)
target_include_directories(user PRIVATE ${WHERE})
target_link_libraries(user ${LIB})
install(TARGETS user)
"""
    files = {f"library/{name}": text for name, text in FILES.items()}
    files |= {
        "user/CMakeLists.txt": user, "user/user.c": '#include <greeting.h>\n#include <stdio.h>\n'
        'int main(void) { return puts(greeting()) < 0; }\n'
    }
    project = Project(bench, files, [
        step(", subfolder: library"),
        step(', subfolder: user, path_options: {ROOT: "${build.install}"}').replace(
            "id: build", "id: user")
    ])
    project.build()
    lib = project.file("install/lib/libgreeting.so").parent
    done = subprocess.run([project.file("install/bin/user")], env={"LD_LIBRARY_PATH": str(lib)},
                          capture_output=True, text=True)
    assert done.stdout == "hello\n", done.stderr


def case_cmake_builds_only_the_targets_that_are_named(bench):
    need_cmake()
    project = Project(bench, FILES,
                      [step(', targets: [unused], install_targets: [], take: ["unused"]')])
    project.build()
    assert [p.name for p in project.file("install").iterdir()] == ["unused"]


def case_cmake_shows_what_the_compiler_said(bench):
    need_cmake()
    project = Project(bench, FILES | {"greet.cc": "int main() { return no_such_word; }\n"},
                      [step()])
    project.configure()
    said = project.ninja(code=1)
    assert "no_such_word" in said and "[build-failed]" in said and "help: " in said, said
    assert not list(project.run_dir.glob("out/app/*/install")), "nothing half done"
    project.put("greet.cc", FILES["greet.cc"])
    project.ninja()
    assert project.says("install/bin/greet").startswith("hello")


def case_cmake_shows_a_configuration_that_fails(bench):
    need_cmake()
    project = Project(bench,
                      FILES | {"CMakeLists.txt": LISTS + "find_package(NoSuchPackage REQUIRED)\n"},
                      [step()])
    project.configure()
    said = project.ninja(code=1)
    assert "NoSuchPackage" in said and "cmake ended with exit code 1" in said, said


def case_cmake_runs_as_many_commands_as_there_are_cores(bench):
    need_cmake()
    lists = ('cmake_minimum_required(VERSION 3.16)\nproject(jobs NONE)\n'
             'file(WRITE ${CMAKE_BINARY_DIR}/jobs "$ENV{CMAKE_BUILD_PARALLEL_LEVEL}")\n')
    project = Project(bench, {"CMakeLists.txt": lists},
                      [step(', install_targets: [], take: [jobs]')])
    project.build()
    assert project.file("install/jobs").read_text() == str(len(os.sched_getaffinity(0)))
    assert all("CMAKE_BUILD_PARALLEL_LEVEL" not in s["env"]
               for s in project.plan()), "another machine makes the same artifact"


def case_cmake_may_build_from_a_copy(bench):
    need_cmake()
    writes = LISTS + 'file(WRITE ${CMAKE_SOURCE_DIR}/version.txt "1")\n'
    project = Project(bench, FILES | {"CMakeLists.txt": writes}, [step()])
    project.configure()
    said = project.ninja(code=1)
    assert "version.txt" in said and "[build-failed]" in said, said
    project.write([step(", copy_source: yes")])
    project.ninja()
    assert project.says("install/bin/greet").startswith("hello")
    project.source_is_as_it_was()

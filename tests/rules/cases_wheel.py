"""The rule python-wheel: setuptools with a C extension, and a builder that lies in the tree itself.
"""
import subprocess
import sys
import zipfile

from places import Skip
from rules.project import Project

SYSTEM = "/usr/bin/python3"
SETUPTOOLS = {
    "pyproject.toml": '[build-system]\nrequires = ["setuptools", "wheel"]\n'
    'build-backend = "setuptools.build_meta"\n'
    '[project]\nname = "greeting"\nversion = "1.0"\n',
    "setup.py": 'from setuptools import Extension, setup\n'
    'setup(packages=["greeting"], ext_modules=[Extension("greeting.fast", '
    '["greeting/fast.c"])])\n',
    "greeting/__init__.py": "from .fast import greeting\n",
    "greeting/fast.c": "#include <Python.h>\n"
    "static PyObject* greeting(PyObject* self, PyObject* none) { return "
    "PyUnicode_FromString(\"hello from \" __FILE__); }\n"
    "static PyMethodDef methods[] = {{\"greeting\", greeting, METH_NOARGS, \"\"}, {NULL, NULL, 0, "
    "NULL}};\n"
    "static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, \"fast\", NULL, -1, methods};\n"
    "PyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&module); }\n",
}
BACKEND = """import os, zipfile
def build_wheel(folder, settings=None, metadata=None):
    name = "plain-2.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        text, level = (settings or {}).get("text", "none"), os.environ.get("LEVEL")
        wheel.writestr("plain.py", f"text = {text!r}\\nlevel = {level!r}\\n")
        info = "plain-2.0.dist-info/"
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: plain\\nVersion: 2.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\n"
                       "Root-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""
OWN = {
    "project/pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\n'
    'backend-path = ["."]\n',
    "project/backend.py": BACKEND,
}


def step(python, more=""):
    return (f'{{id: build, rule: python-wheel, source: "${{source.tree}}", python: '
            f'"{python}"{more}}}')


def system_python():
    tried = subprocess.run([
        SYSTEM, "-c",
        "import setuptools, wheel, pip, sysconfig; open(sysconfig.get_path('include') + "
        "'/Python.h')"
    ], capture_output=True, text=True)
    if tried.returncode:
        raise Skip("Debian's Python cannot build: apt-get install python3-dev python3-pip "
                   "python3-setuptools python3-wheel")
    return SYSTEM


def environment(bench):
    """A Python with pip alone; no registry is asked."""
    subprocess.run([sys.executable, "-m", "venv", bench.dir / "venv"], check=True,
                   capture_output=True)
    return bench.dir / "venv/bin/python"


def printed(project, python, code):
    done = subprocess.run([python, "-B", "-c", code], env={"PYTHONPATH": str(project.file("site"))},
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def case_a_wheel_with_a_c_extension(bench):
    python = system_python()
    project = Project(bench, SETUPTOOLS, [step(python)])
    project.build()
    [wheel] = project.file("install").iterdir()
    assert wheel.name.startswith("greeting-1.0-cp3") and "greeting/__init__.py" in zipfile.ZipFile(
        wheel).namelist()
    assert printed(project, python,
                   "import greeting; print(greeting.greeting())") == "hello from greeting/fast.c"
    project.source_is_as_it_was()
    project.same_elsewhere()
    project.reads_only_what_it_declares()


def case_a_project_with_its_own_builder_its_settings_and_environment(bench):
    python = environment(bench)
    project = Project(
        bench, OWN,
        [step(python, ", subfolder: project, settings: {text: hello}, environment: [LEVEL=3]")])
    project.build()
    assert printed(project, python, "import plain; print(plain.text, plain.level)") == "hello 3"
    assert [p.name for p in project.file("install").iterdir()] == ["plain-2.0-py3-none-any.whl"]


def case_a_wheel_needs_what_its_project_is_built_with(bench):
    python = environment(bench)
    files = OWN | {
        "project/pyproject.toml": OWN["project/pyproject.toml"].replace(
            '"backend"', '"no_such_builder"')
    }
    project = Project(bench, files, [step(python, ", subfolder: project")])
    project.configure()
    said = project.ninja(code=1)
    assert "no_such_builder" in said and "[build-failed]" in said, said

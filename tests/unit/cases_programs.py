"""The unit tests beside the sources: each case of each doctest program of the build."""
import functools
import json
import subprocess
import xml.etree.ElementTree as xml

from places import BUILD


@functools.lru_cache(maxsize=None)
def programs():
    """{name: command} of the build's doctest programs."""
    listed = subprocess.run(["meson", "introspect", "--tests", BUILD], capture_output=True,
                            text=True, check=True)
    return {test["name"]: test["cmd"] for test in json.loads(listed.stdout)}


def names_in(command):
    listed = subprocess.run([*command, "--list-test-cases", "--reporters=xml"], capture_output=True,
                            text=True, check=True)
    return [case.get("name") for case in xml.fromstring(listed.stdout).iter("TestCase")]


def pytest_generate_tests(metafunc):
    cases = [(program, name) for program, command in sorted(programs().items())
             for name in names_in(command)]
    metafunc.parametrize("program, name", cases,
                         ids=[f"{program}: {name}" for program, name in cases])


@functools.lru_cache(maxsize=None)
def outcome(program):
    """({case: whether it passed}, all that the program said); one run for all its cases."""
    done = subprocess.run([*programs()[program], "--reporters=xml"], capture_output=True, text=True)
    try:
        cases = xml.fromstring(done.stdout[max(done.stdout.find("<?xml"), 0):]).iter("TestCase")
        passed = {
            c.get("name"): c.find("OverallResultsAsserts").get("test_case_success") == "true"
            for c in cases
        }
    except xml.ParseError:  # it crashed
        passed = {}
    return passed, done.stdout + done.stderr


def case_a_unit(program, name):
    passed, said = outcome(program)
    assert passed.get(name), said[-6000:]

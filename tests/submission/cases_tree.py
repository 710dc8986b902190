"""A tree tells the truth about itself: the request and its lock, the code that ran, results by
system."""
import json

import pytest

from submission.bench import IMPLEMENTATION, SYSTEM

SPLIT = ("v5.1", "v5.1-retinanet-offline", "retinanet", "Offline")
FLAT = ("v6.1", "v6.1-resnet50-offline", "resnet50", "Offline")
REQUEST = "mlpgen configure --model=retinanet '--hw_name=a box'\n"


def lock(stand_in=False):
    entry = {"sha256": "ab" * 32, **({"stand_in": True} if stand_in else {})}
    return json.dumps({"format": 1, "entries": {"file https://a.test/x": entry}}, indent=2) + "\n"


def with_request(bench, text):
    bench.write("request.txt", REQUEST)
    bench.write("request.lock", text)
    return bench.tree(
        *SPLIT, extra=("--request-file", "request.txt", "--lock-file", "request.lock")) / "open/me"


def case_the_readme_names_the_request_and_the_lock_lies_beside_it(bench):
    owner = with_request(bench, lock())
    readme = (owner / "README.md").read_text()
    assert f"    {REQUEST}    ninja submission\n" in readme, readme
    assert "`mlpgen.lock`, beside this file" in readme, readme
    assert (owner / "mlpgen.lock").read_text() == lock()
    assert bench.check("v5.1")[0] == 0, bench.text
    if bench.inference_src:
        assert bench.official("v5.1")[0] == 0, bench.official_text


def case_a_lock_with_stand_ins_has_a_name_that_says_so(bench):
    owner = with_request(bench, lock(stand_in=True))
    assert f"    {REQUEST.strip()} --lock stand-ins.lock\n" in (owner / "README.md").read_text()
    assert (owner / "stand-ins.lock").read_text() == lock(
        stand_in=True) and not (owner / "mlpgen.lock").exists()


@pytest.mark.parametrize("base, folder", [(SPLIT, f"code/retinanet/{IMPLEMENTATION}"),
                                          (FLAT, "src/resnet50")], ids=["split", "flat"])
@pytest.mark.parametrize("given", ["harness", "harness/main.py"])
def case_the_code_that_ran_lies_in_its_folder(given, base, folder, bench):
    bench.write("harness/main.py", "print(1)\n")
    bench.write("harness/part/deep.py", "print(2)\n")
    bench.write("harness/README.md", "of the harness\n")
    for left_out in ("harness/.git/config", "harness/__pycache__/main.pyc", "harness/part/.hidden"):
        bench.write(left_out, "x")
    code = bench.tree(*base, result_extra=("--code", bench.scratch / given)) / "open/me" / folder
    assert sorted(p.relative_to(code).as_posix() for p in code.rglob("*")
                  if p.is_file()) == ["README.md", "main.py", "part/deep.py"]
    assert (code / "README.md").read_text() == "# Code\n" and (
        code / "main.py").read_text() == "print(1)\n"
    assert bench.check(base[0])[0] == 0, bench.text


def case_the_summary_is_keyed_by_system_too(bench):
    """Two systems, one model and scenario: each result has its own numbers, and its own row in the
    last lines."""
    bench.tree(*SPLIT)
    bench.check("v5.1")
    for system, score in ((SYSTEM, "37.5"), ("other", "12.5")):
        bench.write(f"{system}.txt", f"mAP={score}%\n")
    performance = bench.data / SPLIT[1] / "performance"
    bench.run(
        "summary", "--csv", "ours/summary.csv", "--check", "ours/check.json",
        *(word for system in (SYSTEM, "other")
          for word in ("--performance", f"{system}/retinanet/Offline={performance}", "--accuracy",
                       f"{system}/retinanet/Offline={system}.txt")), "--out", "summary.json")
    results = json.loads((bench.scratch / "summary.json").read_text())["mlpgen"]["results"]
    assert [(r["system"], r["accuracy"]["mAP"]) for r in results] == [(SYSTEM, 37.5),
                                                                      ("other", 12.5)], results
    lines = bench.run("result-line", "--summary", "summary.json").splitlines()
    assert "open division" in lines[0] and "open division" not in lines[1], lines
    said = bench.run("summary", "--csv", "ours/summary.csv", "--check", "ours/check.json",
                     "--performance", f"retinanet/Offline={performance}", "--accuracy",
                     f"{SYSTEM}/retinanet/Offline={SYSTEM}.txt", "--out", "summary.json", code=1)
    assert "write SYSTEM/MODEL/SCENARIO=PATH" in said, said

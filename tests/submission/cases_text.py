"""Text that others wrote is read as the official tools read it: line ends, byte order marks, bytes
that are not UTF-8."""
import hashlib
import os
import subprocess

import pytest

from places import Skip
from submission.cases_check import make

HASH = "hash=" + "ab" * 32
TRUNCATE = ("truncate-accuracy-log", "--log", "full.json", "--accuracy", "acc.txt", "--out", "cut")


def change(what, edit):
    """Changes the bytes of a file of the tree."""
    def done(tree):
        path = getattr(tree, what)
        path.write_bytes(edit(path.read_bytes()))

    return done


def crlf(data):
    return data.replace(b"\n", b"\r\n")


def marked(data):
    return b"\xef\xbb\xbf" + data


def latin1(data):
    return data + "fa\u00e7ade\n".encode("latin-1")


def in_json(data):
    return data.replace(b'"', b'"\xe9', 1)


CASES = [
    ("CR LF in accuracy.txt hides neither accuracy nor hash", "retinanet",
     change("accuracy_txt", crlf), {"no-warning": "hash"}),
    ("CR LF hides nothing in the closed division", "closed", change("accuracy_txt",
                                                                    crlf), {"no-warning": "hash"}),
    ("a lone CR ends a line", "closed",
     change("accuracy_txt", lambda data: data.replace(b"\n", b"\r")), {"no-warning": "hash"}),
    ("CR LF in LoadGen's log", "retinanet", change("log", crlf), {}),
    ("CR LF in the system description", "retinanet", change("system", crlf), {}),
    ("a byte order mark in the system description", "retinanet", change("system", marked),
     {"not-json": "byte order mark"}),
    ("a byte order mark in the measurements", "retinanet", change("measurements_json", marked),
     {"not-json": "byte order mark"}),
    ("a byte order mark in LoadGen's log", "retinanet", change("log", marked),
     {"not-a-log": "begins with :::MLLOG"}),
    ("a byte order mark hides the first line of accuracy.txt alone", "retinanet",
     change("accuracy_txt", lambda data: marked(b"\n" + data)), {"no-warning": "hash"}),
    ("a Latin-1 byte in accuracy.txt", "retinanet", change("accuracy_txt",
                                                           latin1), {"not-text": "is not UTF-8"}),
    ("a Latin-1 byte in the system description", "retinanet", change("system", in_json),
     {"not-text": "is not UTF-8"}),
    ("a Latin-1 byte in the measurements", "retinanet", change("measurements_json", in_json),
     {"not-text": "is not UTF-8"}),
    ("a Latin-1 byte between the lines of LoadGen's log", "retinanet", change("log", latin1),
     {"not-a-log": "is not UTF-8"}),
]


def cut(bench, log, text, code=0):
    (bench.scratch / "full.json").write_bytes(log)
    (bench.scratch / "acc.txt").write_bytes(text)
    return bench.run(*TRUNCATE, code=code)


def case_truncation_finds_the_hash_behind_cr_lf(bench):
    log = b"[]\n"
    right = f"mAP=1%\r\n\r\nhash={hashlib.sha256(log).hexdigest()}\r\n".encode()
    cut(bench, log, right)
    assert (bench.scratch / "cut/accuracy.txt").read_bytes() == right  # no second hash line


def case_truncation_refuses_a_wrong_hash_behind_cr_lf(bench):
    said = cut(bench, b"[]\n", f"mAP=1%\r\n{HASH}\r\n".encode(), code=1)
    assert "carries the hash abab" in said, said


def case_truncation_refuses_what_is_no_text(bench):
    said = cut(bench, b"[]\n", b"mAP=1%\nfa\xe7ade\n", code=1)
    assert "acc.txt:2:3: this byte is not UTF-8" in said and "iconv" in said, said


def case_truncation_of_odd_logs_is_the_official_one(bench):
    """Logs with CR LF, and accuracy.txt of each kind: the bytes are those of the official tool."""
    if not bench.inference_src:
        raise Skip("needs --inference-src")
    tool = os.path.join(bench.inference_src, "tools/submission/truncate_accuracy_log.py")
    lines = [f'{{ "seq_id" : {i}, "data" : "0102" }},' for i in range(900)]
    digest = hashlib.sha256("\r\n".join(lines).encode()).hexdigest()
    texts = [
        b"mAP=1%\r\n", f"mAP=1%\r\nhash={digest}\r\n".encode(), b"mAP=1%", b"\xef\xbb\xbfmAP=1%\n"
    ]
    for number, (end, text) in enumerate(
        (end, text) for end in ("\n", "\r\n", "\r") for text in texts):
        cut(bench,
            end.join(lines).encode(), text,
            code=1 if digest.encode() in text and end != "\r\n" else 0)
        place = bench.scratch / f"tree{number}/open/me/results/box/retinanet/Offline/accuracy"
        place.mkdir(parents=True)
        (place / "mlperf_log_accuracy.json").write_bytes(end.join(lines).encode())
        (place / "accuracy.txt").write_bytes(text)
        subprocess.run([
            bench.python, tool, "--input", f"tree{number}", "--submitter", "me", "--output",
            f"theirs{number}"
        ], cwd=bench.scratch, check=True, capture_output=True,
                       env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        if digest.encode() in text:
            # theirs adds a second line to a long log; ours refuses a wrong hash and leaves the
            # right one
            continue
        place = bench.scratch / f"theirs{number}/open/me/results/box/retinanet/Offline/accuracy"
        for name in ("mlperf_log_accuracy.json", "accuracy.txt"):
            assert (bench.scratch / "cut" /
                    name).read_bytes() == (place / name).read_bytes(), (number, name)


TEXTS = dict(make(*case) for case in CASES)


@pytest.mark.parametrize("name", TEXTS)
def case_text_with(name, bench):
    TEXTS[name](bench)

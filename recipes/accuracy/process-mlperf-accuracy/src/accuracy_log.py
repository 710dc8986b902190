"""Reads LoadGen's accuracy log, mlperf_log_accuracy.json, for the scripts beside this one."""
import json
import pathlib


class LogError(Exception):
    """The log cannot be scored; the text says why."""


def read_responses(path):
    """{sample index: bytes}, the first response of each sample, and how many came again."""
    try:
        entries = json.loads(pathlib.Path(path).read_text())
        first = {}
        for entry in entries:
            first.setdefault(entry["qsl_idx"], bytes.fromhex(entry["data"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LogError(f"{path} is no accuracy log of LoadGen: {error}") from error
    if not first:
        raise LogError(f"{path} holds no responses: was it an accuracy run?")
    return first, len(entries) - len(first)

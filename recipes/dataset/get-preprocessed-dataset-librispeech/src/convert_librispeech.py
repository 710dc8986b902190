"""LibriSpeech's FLAC files and transcripts -> WAV files and the JSON list of them that the
reference's RNN-T reads.

    python convert_librispeech.py --folder LibriSpeech/dev-clean --name dev-clean-wav --count 5
        --out DIR

Makes DIR/NAME/SPEAKER/CHAPTER/UTTERANCE.wav, 16-bit PCM with the very samples of the FLAC file, and
DIR/NAME.json, in the order of the utterances' names: the keys are those of mlcommons/inference,
dev-clean-wav.json of RNN-T. --count: the first so many; empty: all.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import sys

import soundfile


def fail(message, hint):
    sys.exit(f"error: {message}\nhelp: {hint}")


def utterances(folder):
    """(path of the FLAC file below the folder, transcript), sorted by name."""
    found = []
    for listing in folder.rglob("*.trans.txt"):
        for line in listing.read_text(encoding="utf-8").splitlines():
            name, _, transcript = line.partition(" ")
            found.append(
                ((listing.parent / f"{name}.flac").relative_to(folder), transcript.lower().strip()))
    if not found:
        fail(f"{folder} has no transcript (*.trans.txt)",
             "give a part of LibriSpeech, such as LibriSpeech/dev-clean")
    return sorted(found)


def convert(folder, out, name, flac, transcript):
    """Writes one WAV file; its entry in the list."""
    try:
        samples, rate = soundfile.read(folder / flac, dtype="int16")
        kind = soundfile.info(folder / flac)
    except soundfile.LibsndfileError as why:
        fail(f"{folder / flac} cannot be read: {why}", "fetch LibriSpeech again")
    if kind.subtype != "PCM_16" or kind.channels != 1:
        fail(f"{flac} is {kind.subtype} with {kind.channels} channels, not 16-bit mono",
             "give LibriSpeech as it is published")
    place = pathlib.Path(name) / flac.with_suffix(".wav")
    (out / place).parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(out / place, samples, rate, subtype="PCM_16", format="WAV")
    seconds = round(len(samples) / rate, 6)
    file = {
        "channels": 1, "sample_rate": float(rate), "bitrate": 16, "duration": seconds,
        "num_samples": len(samples), "encoding": "Signed Integer PCM",
        "silent": not samples.any().item(), "fname": str(place), "speed": 1
    }
    return {
        "files": [file], "original_duration": seconds, "original_num_samples": len(samples),
        "transcript": transcript
    }


def main():
    parser = argparse.ArgumentParser(
        description="LibriSpeech's FLAC files -> WAV files and the list of them.")
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="a part of LibriSpeech")
    parser.add_argument("--name", required=True, help="of the folder of WAV files and of the list")
    parser.add_argument("--count", required=True, help="how many utterances; empty: all")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    todo = utterances(options.folder)
    count = int(options.count) if options.count else len(todo)
    if not 0 < count <= len(todo):
        fail(f"{options.folder} has {len(todo)} utterances, not {count}",
             f"take a number from 1 to {len(todo)}")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        entries = list(
            pool.map(lambda one: convert(options.folder, options.out, options.name, *one),
                     todo[:count]))
    (options.out / f"{options.name}.json").write_text(
        json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    print(
        f"{len(entries)} utterances, {sum(entry['original_duration'] for entry in entries):.0f} s")


main()

"""CNN/DailyMail as Parquet files -> the JSON list that the reference's GPT-J reads.

    python write_json.py --folder DATA --name cnn_eval.json --out DIR
    python write_json.py --folder DATA --ids calibration-list.txt --name
        cnn_dailymail_calibration.json --out DIR

DATA holds the Parquet files of one split, in whatever folders; they are read in the order of their
names. Makes DIR/NAME, one object an article: instruction, input (the article) and output (its
highlights). IDS has one id a line: these articles alone, in that order.
"""
import argparse
import json
import pathlib
import sys

import pyarrow.parquet

# download_cnndm.py of mlcommons/inference, language/gpt-j
INSTRUCTION = "Summarize the following news article:"
COLUMNS = ["article", "highlights", "id"]


def fail(message, hint):
    sys.exit(f"error: {message}\nhelp: {hint}")


def rows_of(folder):
    files = sorted(pathlib.Path(folder).rglob("*.parquet"))
    if not files:
        fail(f"{folder} has no Parquet file", "fetch it again")
    for path in files:
        file = pyarrow.parquet.ParquetFile(path)
        if missing := sorted(set(COLUMNS) - set(file.schema_arrow.names)):
            fail(f"{path.name} has no column {missing[0]}, so it is not CNN/DailyMail",
                 "give the folder of its version 3.0.0")
        for batch in file.iter_batches(columns=COLUMNS):
            yield from batch.to_pylist()


def chosen(rows, ids):
    """The rows with these ids, in their order."""
    wanted = set(ids)
    found = {row["id"]: row for row in rows if row["id"] in wanted}
    if missing := [i for i in ids if i not in found]:
        fail(
            f"{len(missing)} of {len(ids)} articles are not in the files, the first is "
            f"{missing[0]}", "give the split train")
    return [found[i] for i in ids]


def main():
    parser = argparse.ArgumentParser(description="CNN/DailyMail as Parquet files -> a JSON list.")
    parser.add_argument("--folder", required=True, help="folder of the Parquet files")
    parser.add_argument("--ids", default="",
                        help="a text file of the ids that are wanted; empty: all")
    parser.add_argument("--name", required=True, help="name of the JSON file")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    rows = rows_of(options.folder)
    if options.ids:
        rows = chosen(rows, pathlib.Path(options.ids).read_text().split())
    samples = [{"instruction": INSTRUCTION, "input": row["article"], "output": row["highlights"]}
               for row in rows]
    options.out.mkdir(parents=True)
    with open(options.out / options.name, "w", encoding="utf-8") as file:
        json.dump(samples, file, indent=4, ensure_ascii=False)
    print(f"{len(samples)} articles")


main()

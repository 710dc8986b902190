"""A .wandb file of an offline run -> JSON: {"entity", "project", "id", "name", "config", "history":
[{column: value}]}.

    PYTHON wandb_file.py FILE

PYTHON has the package wandb, whose own messages the records are. The file: seven bytes, then blocks
of 32 KiB with records of LevelDB's log (checksum, length, kind, bytes), which is how the client
writes it.
"""
import json
import struct
import sys

from wandb.proto import wandb_internal_pb2 as messages

HEAD, BLOCK, FRAME = 7, 32768, struct.Struct("<IHB")
WHOLE, LAST = 1, 4


def records(data):
    at, parts = HEAD, b""
    while at + FRAME.size <= len(data):
        if BLOCK - at % BLOCK < FRAME.size:
            at += BLOCK - at % BLOCK
            continue
        _, size, kind = FRAME.unpack_from(data, at)
        at += FRAME.size
        parts += data[at:at + size]
        at += size
        if kind in (WHOLE, LAST):
            record = messages.Record()
            record.ParseFromString(parts)
            parts = b""
            yield record


def main():
    told = {"history": []}
    with open(sys.argv[1], "rb") as file:
        for record in records(file.read()):
            if record.WhichOneof("record_type") == "run":
                run = record.run
                told |= {
                    "entity": run.entity, "project": run.project, "id": run.run_id,
                    "name": run.display_name,
                    "config": {item.key: json.loads(item.value_json)
                               for item in run.config.update}
                }
            if record.WhichOneof("record_type") == "history":
                told["history"].append({
                    ".".join(item.nested_key) or item.key: json.loads(item.value_json)
                    for item in record.history.item
                })
    print(json.dumps(told))


main()

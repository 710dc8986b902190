"""Files of a run directory that carry a digest of their own bytes (generator/file/sealed.h),
written as mlpgen writes them."""

import hashlib
import json
import zlib


def sealed(value, end="\n"):
    """A JSON file: {"digest":"...", and the digest is of all that follows the comma."""
    rest = json.dumps(value)[1:] + end
    return '{"digest":"' + hashlib.sha256(rest.encode()).hexdigest() + '",' + rest


def sealed_line(text):
    """A line of .mlpgen/plan: its last member is the CRC-32 of all before it."""
    body = text.removesuffix("}")
    return body + f',"crc32":"{zlib.crc32(body.encode()):08x}"}}\n'

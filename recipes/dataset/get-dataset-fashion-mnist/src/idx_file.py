"""An IDX file of unsigned bytes, as Fashion-MNIST has them, compressed by gzip -> NumPy array."""
import gzip
import pathlib
import struct
import sys

import numpy


def read_idx(path, axes):
    """uint8 with so many axes: 3 for pictures, 1 for their classes."""
    data = gzip.decompress(pathlib.Path(path).read_bytes())
    if data[:4] != bytes([0, 0, 8, axes]):
        sys.exit(f"error: {path} is no IDX file of unsigned bytes with {axes} axes\n"
                 f"help: take the files of Debian's package dataset-fashion-mnist")
    shape = struct.unpack_from(f">{axes}I", data, 4)
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * axes).reshape(shape)

"""A volume of bytes -> a NIfTI-1 file, packed, with voxels of 1 mm; the format is that of nifti1.h
(nifti.nimh.nih.gov)."""
import gzip
import struct

UINT8 = 2


def nifti(volume, shape):
    """`volume` runs along the last axis first, as NumPy's arrays do; in the file the first axis
    runs first."""
    d, h, w = shape
    turned = bytes(volume[(i * h + j) * w + k] for k in range(w) for j in range(h)
                   for i in range(d))
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, d, h, w, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, UINT8, 8)
    struct.pack_into("<8f", header, 76, 1, 1, 1, 1, 1, 1, 1, 1)
    struct.pack_into("<3f", header, 108, 352, 1, 0)  # where the voxels begin, and their scale
    struct.pack_into("<2h", header, 252, 0, 1)  # the place of a voxel comes from the three rows
    for row in range(3):
        struct.pack_into("<4f", header, 280 + 16 * row,
                         *(1.0 * (row == column) for column in range(4)))
    header[344:348] = b"n+1\0"
    return gzip.compress(bytes(header) + turned)

"""A model in ncnn's two files: layers as text, weights as bytes."""
import struct

import answer
import ncnn
import numpy

PARAM = """7767517
2 2
Input x 0 1 x 0=3
InnerProduct y 1 1 x y 0=2 1=0 2=6 9=1
"""

out = answer.folder()
(out / "model.param").write_text(PARAM)
# ncnn has a row of weights for each output; the four bytes before them say that they are plain
# float32.
columns = [row[column] for column in range(2) for row in answer.WEIGHTS]
(out / "model.bin").write_bytes(struct.pack("<I6f", 0, *columns))
net = ncnn.Net()
if net.load_param(str(out / "model.param")) or net.load_model(str(out / "model.bin")):
    raise SystemExit("ncnn cannot load the model")
extractor = net.create_extractor()
extractor.input("x", ncnn.Mat(numpy.array(answer.INPUT, "float32")))
_, result = extractor.extract("y")
answer.write(out, "ncnn", ncnn.__version__, numpy.array(result))

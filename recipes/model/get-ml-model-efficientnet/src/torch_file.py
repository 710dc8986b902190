"""A file of weights that PyTorch saved in its form before version 1.6 -> NumPy arrays, without
PyTorch.

Such a file is four pickles (magic number, version of the form, facts of the machine, the weights
with a key in place of their numbers), a pickled list of the keys, and for each key the count and
the raw numbers. A pickle can call what it names, so the reader knows the few names that weights
need and refuses every other.
"""
import collections
import pickle

import numpy

MAGIC = 0x1950A86A20F9469CFC6C
TYPES = {"FloatStorage": numpy.dtype("<f4"), "LongStorage": numpy.dtype("<i8")}
Tensor = collections.namedtuple(
    "Tensor", "key offset shape stride")  # offset and stride count numbers, not bytes


class WeightsError(Exception):
    """The file cannot be read; the text says why."""


def rebuild_tensor(key, offset, shape, stride, *_):
    return Tensor(key, offset, shape, stride)


class Reader(pickle.Unpickler):
    def __init__(self, file):
        super().__init__(file)
        self.types = {}  # of the numbers behind each key

    def find_class(self, module, name):
        if module == "torch" and name in TYPES:
            return TYPES[name]
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return rebuild_tensor
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        raise WeightsError(f"the file asks for {module}.{name}, which no weights need")

    def persistent_load(self, pid):
        _, kind, key, *_ = pid
        self.types[key] = kind
        return key


def read_numbers(file, keys, types):
    """{key: array} of what lies behind the pickles."""
    numbers = {}
    for key in keys:
        count = int.from_bytes(file.read(8), "little")
        data = file.read(count * types[key].itemsize)
        if len(data) != count * types[key].itemsize:
            raise WeightsError("the file is cut short")
        numbers[key] = numpy.frombuffer(data, types[key])
    return numbers


def view(tensor, numbers):
    item = numbers.itemsize
    reach = tensor.offset + sum((n - 1) * step for n, step in zip(tensor.shape, tensor.stride)) + 1
    if min(tensor.shape, default=1) < 1 or min(
            tensor.stride, default=0) < 0 or tensor.offset < 0 or reach > len(numbers):
        raise WeightsError("a tensor reaches beyond its numbers")
    return numpy.lib.stride_tricks.as_strided(numbers[tensor.offset:], tensor.shape,
                                              [n * item for n in tensor.stride]).copy()


def read_weights(path):
    """{name: array}"""
    with open(path, "rb") as file:
        try:
            if Reader(file).load() != MAGIC:
                raise WeightsError("it is no file that PyTorch saved before version 1.6")
            Reader(file).load()
            Reader(file).load()
            reader = Reader(file)
            tensors = reader.load()
            numbers = read_numbers(file, Reader(file).load(), reader.types)
            return {name: view(tensor, numbers[tensor.key]) for name, tensor in tensors.items()}
        except (pickle.UnpicklingError, EOFError, KeyError, AttributeError, ValueError,
                TypeError) as error:
            raise WeightsError(f"it is no file of weights: {error}") from error

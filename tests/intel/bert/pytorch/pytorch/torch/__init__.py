"""A stand-in for PyTorch: lists of numbers, written for torch/csrc/torch.cpp to read."""
import ctypes

int32 = "int32"


class Tensor:
    def __init__(self, values):
        self.values = [int(v) for v in values]


def tensor(values, dtype=None):
    return Tensor(values)


def save(samples, path):
    with open(path, "w") as file:
        ids = samples["input_ids_samples"]
        file.write(f"{len(ids)}\n")
        for one in ids:
            file.write(" ".join(map(str, [len(one.values), *one.values])) + "\n")


class ops:
    load_library = staticmethod(ctypes.CDLL)


class jit:
    @staticmethod
    def save(model, path):
        with open(path, "w") as file:
            file.writelines(f"{name} {number}\n" for name, number in sorted(model.items()))

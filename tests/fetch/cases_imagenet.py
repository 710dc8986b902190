"""ImageNet's images -> tensors, by mlpgen's own recipe: pictures of two colours stand in, so that
each value can be worked out here."""
import array
import ast
import json
import pathlib
import struct
import zlib

from places import Skip
from fetch.file_server import FileServer
from fetch.job import INFERENCE, Job, packed


def picture(width, height, left, right):
    """A PNG file whose halves have two colours (red, green, blue); OpenCV looks at the bytes, not
    at the name."""
    row = b"\0" + bytes(left) * (width // 2) + bytes(right) * (width - width // 2)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
             (b"IDAT", zlib.compress(row * height)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts)


RED, GRASS = (250, 20, 30), (10, 200, 60)
IMAGES = {
    f"ILSVRC2012_val_{i:08d}.JPEG": picture(*size, RED, GRASS)
    for i, size in enumerate([(400, 300), (300, 400), (224, 224)], 1)
}
LABELS = "".join(f"{name} {label}\n" for name, label in zip(IMAGES, (65, 970, 230)))


def tensors(job, link):
    """(shape, values) of images.npy, the names, and val_map.txt."""
    folder = job.run_dir / "dataset" / link
    data = (folder / "images.npy").read_bytes()
    length = struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10:10 + length].decode())
    assert header["descr"] == "<f4" and not header["fortran_order"]
    names = [
        sample["file_name"]
        for sample in json.loads((folder / "images.json").read_text())["samples"]
    ]
    return header["shape"], array.array(
        "f", data[10 + length:]), names, (folder / "val_map.txt").read_text()


def imagenet(bench, server):
    if not list(pathlib.Path("/usr/lib/python3/dist-packages").glob("cv2*")):
        raise Skip("python3-opencv is not installed")
    job = Job(bench, server)
    job.file("http://cKnowledge.org/ai/data/ILSVRC2012_img_val_500.tar", packed(".tar", IMAGES))
    job.file("https://armi.in/files/caffe_ilsvrc12.tar.gz",
             packed(".tar.gz", {"val.txt": LABELS.encode(), "synset_words.txt": b""}))
    (bench.dir / "own").mkdir()
    for name, body in IMAGES.items():
        (bench.dir / "own" / name).write_bytes(body)
    return job


PREPROCESSED = "get,dataset,image-classification,imagenet,preprocessed"


def case_imagenet_becomes_tensors_as_resnet50_takes_them(bench):
    with FileServer({}) as server:
        job = imagenet(bench, server)
        job.make(f"{PREPROCESSED},_1")
        shape, values, names, labels = tensors(job, "imagenet-preprocessed-validation-NCHW")
        assert shape == (1, 3, 224,
                         224) and names == list(IMAGES)[:1] and labels == LABELS.splitlines(
                             keepends=True)[0]
        for channel, mean in enumerate((123.68, 116.78, 103.94)):
            row = values[(channel * 224 + 112) * 224:][:224]
            assert all(abs(row[x] - (RED[channel] - mean)) < 1e-4
                       for x in range(100)), "red first, its mean subtracted, the middle cut out"
            assert all(abs(row[x] - (GRASS[channel] - mean)) < 1e-4 for x in range(124, 224))
        asked = len(server.requests)
        job.make(f"{PREPROCESSED},_size.3", f"--env.IMAGENET_PATH={bench.dir / 'own'}")
        shape, _, names, labels = tensors(job, "imagenet-preprocessed-validation-NCHW")
        assert shape == (3, 3, 224, 224) and names == list(IMAGES) and labels == LABELS and len(
            server.requests) == asked


def case_imagenet_becomes_tensors_as_mobilenet_takes_them(bench):
    with FileServer({}) as server:
        job = imagenet(bench, server)
        job.make(f"{PREPROCESSED},_for.mobilenet,_NHWC,_resolution.96,_size.2",
                 f"--env.IMAGENET_PATH={bench.dir / 'own'}")
        shape, values, _, _ = tensors(job, "imagenet-preprocessed-validation-NHWC")
        assert shape == (2, 96, 96, 3)
        assert all(
            abs(values[(48 * 96 + 5) * 3 + channel] - (RED[channel] / 255 - 0.5) * 2) < 1e-5
            for channel in range(3)), "from -1 to 1, channels last"


def case_imagenet_becomes_tensors_as_torchvision_makes_them(bench):
    if not pathlib.Path("/usr/lib/python3/dist-packages/PIL").exists():
        raise Skip("python3-pil is not installed")
    with FileServer({}) as server:
        job = imagenet(bench, server)
        job.make(f"{PREPROCESSED},_pytorch,_size.2", f"--env.IMAGENET_PATH={bench.dir / 'own'}")
        shape, values, _, _ = tensors(job, "imagenet-preprocessed-validation-NCHW")
        assert shape == (2, 3, 224, 224)
        for channel, (mean, deviation) in enumerate([(0.485, 0.229), (0.456, 0.224),
                                                     (0.406, 0.225)]):
            row = values[(channel * 224 + 112) * 224:][:224]
            assert all(
                abs(row[x] - (RED[channel] / 255 - mean) / deviation) < 1e-5
                for x in range(100)), "less the mean, over the deviation"
            assert all(
                abs(row[x] - (GRASS[channel] / 255 - mean) / deviation) < 1e-5
                for x in range(124, 224))


def case_imagenet_for_calibration_is_the_list_of_mlperf(bench):
    with FileServer({}) as server:
        job, name = imagenet(bench, server), list(IMAGES)[2]
        job.file(f"{INFERENCE}/calibration/ImageNet/cal_image_list_option_2.txt",
                 f"{name}\n".encode())
        job.make(f"{PREPROCESSED},_calibration,_mlperf.option2,_size.1",
                 f"--env.IMAGENET_PATH={bench.dir / 'own'}")
        shape, _, names, _ = tensors(job, "imagenet-preprocessed-calibration-NCHW")
        assert shape == (1, 3, 224, 224) and names == [name]


def case_imagenet_that_nobody_quantizes_is_refused_with_the_reason(bench):
    with FileServer({}) as server:
        job = imagenet(bench, server)
        for words in ("_int8", "_uint8", "_rgb8"):
            assert "ImageNet is made as float32 in one .npy file only" in job.configure(
                f"{PREPROCESSED},_1,{words}", code=1)

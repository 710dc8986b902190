"""Cases of Stable Diffusion's score, as far as stand-ins lead: open_clip takes CLIP's weights by
their SHA-256 and no others."""
import re
import subprocess

from scores.scored import CHECKOUT
from places import Skip

CLIP = "https://openaipublic.azureedge.net/clip/models/40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af/ViT-B-32.pt"
INCEPTION = "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/pt_inception-2015-12-05-6726825d.pth"
DEBIAN = ["--adr.pytorch.tags=_debian", "--adr.torchvision.tags=_debian"]
DEBIAN_PYTHON = "/usr/bin/python3"
COLOURS = [(255, 0, 0), (0, 255, 0)]
CAPTIONS = ("id\timage_id\tcaption\theight\twidth\tfile_name\tcoco_url\n"
            "1\t1\tA red thing\t1\t1\ta.jpg\thttp://x\n"
            "2\t2\tA green thing\t1\t1\tb.jpg\thttp://x\n")

COLOUR = ("import sys, torch; torch.save({'colour': torch.tensor([float(n) for n in "
          "sys.argv[2:]])}, sys.argv[1])")
# Upstream's Inception as it is drawn, before it reads weights.
DRAWN = """
import sys, torch, torchvision
sys.path.insert(0, sys.argv[2])
from fid import inception
inception.load_state_dict_from_url = lambda *_, **__: None
save = lambda network, _: torch.save(network.state_dict(), sys.argv[1])
torchvision.models.Inception3.load_state_dict = save
inception.fid_inception_v3()
"""


def weights(path, program, *words):
    """What a program with Debian's PyTorch writes at `path`."""
    done = subprocess.run([DEBIAN_PYTHON, "-B", "-c", program, path, *map(str, words)],
                          capture_output=True, text=True)
    if "No module named 'torch" in done.stderr:
        raise Skip("Debian's python3-torch and python3-torchvision are not there")
    assert done.returncode == 0, done.stderr
    return path.read_bytes()


def given(scored):
    """Captions and two pictures, red and green."""
    scored.given("captions.tsv", CAPTIONS.encode())
    scored.log([bytes(colour) * 1024 * 1024 for colour in COLOURS])


def case_sdxl(job):
    """The program is a stand-in: CLIP's file holds red, of which the first picture is, and
    Inception's black, from which both are 1 away."""
    with job("sdxl", stand_in=True) as scored:
        scored.job.file(CLIP, weights(scored.bench.dir / "clip.pt", COLOUR, 1, 0, 0))
        scored.job.file(INCEPTION, weights(scored.bench.dir / "inception.pth", COLOUR, 0, 0, 0))
        given(scored)
        said = scored.score(*DEBIAN)
        assert said.splitlines(
        )[-1] == "Accuracy Results: {'FID_SCORE': '1.000000', 'CLIP_SCORE': '50.000000'}", said
        scored.read(said, {"CLIP_SCORE": "50.000000", "FID_SCORE": "1.000000"})
        assert (scored.made / "coco-results.json").exists()


def case_sdxl_by_upstreams_program_up_to_the_weights_of_clip(job):
    """It imports all it needs, reads Inception's weights, finds CLIP's where it looks, and takes
    none but the real ones."""
    if not CHECKOUT:
        raise Skip("no checkout of mlcommons/inference is given")
    with job("sdxl") as scored:
        scored.job.file(CLIP, weights(scored.bench.dir / "clip.pt", COLOUR, 1, 0, 0))
        scored.job.file(
            INCEPTION,
            weights(scored.bench.dir / "inception.pth", DRAWN, f"{CHECKOUT}/text_to_image/tools"))
        given(scored)
        scored.configure(*DEBIAN)
        said = scored.job.ninja("accuracy", code=1)
        log = (scored.job.run_dir / re.search(r"log: +(\S+)", said)[1]).read_text()
        refused = "/.cache/clip/ViT-B-32.pt exists, but the SHA256 checksum does not match"
        assert refused in log and "Connection refused" in log, log[-4000:]

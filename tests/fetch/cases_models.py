"""Models of the benchmarks by mlpgen's own recipes, with small stand-ins served at the real URLs'
paths."""
import json
import platform
import sys

from places import Skip
from fetch.file_server import FileServer
from fetch.job import Job, noise
from fetch.rows import Row, brought, check, each

ZENODO = "https://zenodo.org/record"
BERT = "get,ml-model,bert-large"
VOCAB = f"{ZENODO}/3733868/files/vocab.txt"
VOCAB_FILE = "dataset/squad-vocab.txt"
UNET = "get,ml-model,3d-unet,kits19"
RESNET = "get,ml-model,resnet50"
RETINANET = "get,ml-model,retinanet"
DLRM = "get,ml-model,dlrm,raw"
DLRM_S3 = "https://dlrm.s3-us-west-1.amazonaws.com/models"


def bert(about, words, url, name, **more):
    """BERT comes with its vocabulary."""
    return Row(about, f"{BERT},{words}", [url, VOCAB], [name, VOCAB_FILE], **more)


@each([
    Row("unet_for_onnx", UNET,
        [f"{ZENODO}/5597155/files/3dunet_kits19_128x128x128_dynbatch.onnx?download=1"],
        ["model/3dunet_kits19_128x128x128_dynbatch.onnx"]),
    Row("unet_for_pytorch", f"{UNET},_pytorch",
        [f"{ZENODO}/5597155/files/3dunet_kits19_pytorch.ptc?download=1"],
        ["model/3dunet_kits19_pytorch.ptc"]),
    Row("unet_checkpoint", f"{UNET},_pytorch,_weights",
        [f"{ZENODO}/5597155/files/3dunet_kits19_pytorch_checkpoint.pth?download=1"],
        ["model/3dunet_kits19_pytorch_checkpoint.pth"]),
    Row("unet_for_tensorflow", f"{UNET},_tf",
        [f"{ZENODO}/5597155/files/3dunet_kits19_128x128x128.tf.zip?download=1"],
        ["3d-unet-tf/3dunet_kits19_128x128x128.tf/saved_model.pb"],
        ["3dunet_kits19_128x128x128.tf/saved_model.pb"]),
    bert("bert_for_onnx", "_onnx", f"{ZENODO}/3733910/files/model.onnx",
         "model/bert-large/model.onnx"),
    bert("bert_for_onnx_int8", "_onnx,_int8",
         f"{ZENODO}/3750364/files/bert_large_v1_1_fake_quant.onnx",
         "model/bert-large/bert_large_v1_1_fake_quant.onnx"),
    bert("bert_for_onnx_from_amazon", "_onnx,_amazon-s3",
         "https://mlperf-public.s3.us-west-2.amazonaws.com/bert_large_v1_1_fake_quant.onnx",
         "model/bert-large/bert_large_v1_1_fake_quant.onnx"),
    bert("bert_for_pytorch", "_pytorch", f"{ZENODO}/3733896/files/model.pytorch",
         "model/bert-large/model.pytorch"),
    bert("bert_for_pytorch_from_armi", "_pytorch,_armi", "https://armi.in/files/fp32/model.pytorch",
         "model/bert-large/model.pytorch"),
    bert("bert_for_pytorch_int8", "_pytorch,_int8", f"{ZENODO}/4792496/files/pytorch_model.bin",
         "model/bert-large/pytorch_model.bin"),
    bert("bert_for_tensorflow", "_tf", f"{ZENODO}/3939747/files/model.pb",
         "model/bert-large/model.pb"),
    bert(
        "bert_for_deepsparse", "_deepsparse",
        "https://github.com/mlcommons/inference_results_v2.1/raw/91f7859b8b5847b7c5fdf95ce65699ad6477093b/open/NeuralMagic/code/bert/deepsparse/models/oBERT-Large_95sparse_block4_qat.onnx.tar.xz",
        "bert-large-deepsparse/oBERT-Large_95sparse_block4_qat.onnx",
        holds=["oBERT-Large_95sparse_block4_qat.onnx"]),
    bert("bert_of_ones_own", "_custom-url.https://example.org/own.onnx",
         "https://example.org/own.onnx", "model/bert-large/bert-large-custom"),
    Row("resnet50_for_onnx", RESNET, [f"{ZENODO}/4735647/files/resnet50_v1.onnx"],
        ["model/resnet50_v1.onnx"]),
    Row("resnet50_for_onnx_from_a_mirror", RESNET, [
        f"{ZENODO}/4735647/files/resnet50_v1.onnx",
        "https://armi.in/files/resnet50_v1_op11/resnet50_v1.onnx"
    ], ["model/resnet50_v1.onnx"], mirror=True),
    Row("resnet50_for_onnx_opset_8", f"{RESNET},_onnx,_opset-8",
        [f"{ZENODO}/2592612/files/resnet50_v1.onnx"], ["model/resnet50_v1.onnx"]),
    Row("resnet50_for_onnx_from_tensorflow", f"{RESNET},_onnx,_from-tf", [
        "https://drive.usercontent.google.com/download?id=15wZ_8Vt12cb10IEBsln8wksD1zGwlbOM&confirm=t"
    ], ["model/resnet50_v1_modified.onnx"]),
    Row("resnet50_for_pytorch", f"{RESNET},_pytorch",
        [f"{ZENODO}/4588417/files/resnet50-19c8e357.pth"], ["model/resnet50-19c8e357.pth"]),
    Row("resnet50_for_pytorch_int8", f"{RESNET},_pytorch,_int8",
        [f"{ZENODO}/4589637/files/resnet50_INT8bit_quantized.pt"],
        ["model/resnet50_INT8bit_quantized.pt"]),
    Row("resnet50_for_tensorflow", f"{RESNET},_tf", [f"{ZENODO}/2535873/files/resnet50_v1.pb"],
        ["model/resnet50_v1.pb"]),
    Row("resnet50_for_tflite", f"{RESNET},_tflite",
        ["https://www.dropbox.com/s/cvv2zlfo80h54uz/resnet50_v1.tflite.gz?dl=1"],
        ["resnet50-tflite/resnet50_v1.tflite"], ["resnet50_v1.tflite"]),
    Row("resnet50_for_tflite_no_argmax", f"{RESNET},_tflite,_no-argmax",
        ["https://www.dropbox.com/s/vhuqo0wc39lky0a/resnet50_v1.no-argmax.tflite?dl=1"],
        ["model/resnet50_v1.no-argmax.tflite"]),
    Row("resnet50_for_tflite_int8", f"{RESNET},_tflite,_int8,_no-argmax",
        [f"{ZENODO}/8234946/files/resnet50_quant_full_mlperf_edgetpu.tflite?download=1"],
        ["model/resnet50_quant_full_mlperf_edgetpu.tflite"]),
    Row("resnet50_for_ncnn", f"{RESNET},_ncnn", [
        f"{ZENODO}/8073420/files/resnet50_v1.bin?download=1",
        f"{ZENODO}/8073420/files/resnet50_v1.param?download=1"
    ], ["resnet50-ncnn/resnet50_v1.bin", "resnet50-ncnn/resnet50_v1.param"]),
    Row("retinanet_for_onnx", RETINANET, [f"{ZENODO}/6617879/files/resnext50_32x4d_fpn.onnx"],
        ["model/resnext50_32x4d_fpn.onnx"]),
    Row("retinanet_for_onnx_from_a_mirror", RETINANET, [
        f"{ZENODO}/6617879/files/resnext50_32x4d_fpn.onnx",
        "https://armi.in/files/resnext50_32x4d_fpn.onnx"
    ], ["model/resnext50_32x4d_fpn.onnx"], mirror=True),
    Row("retinanet_for_pytorch", f"{RETINANET},_pytorch",
        [f"{ZENODO}/6617981/files/resnext50_32x4d_fpn.pth"], ["model/resnext50_32x4d_fpn.pth"]),
    Row("retinanet_checkpoint", f"{RETINANET},_pytorch,_weights",
        [f"{ZENODO}/6605272/files/retinanet_model_10.zip?download=1"],
        ["retinanet-weights/retinanet_model_10.pth"], ["retinanet_model_10.pth"]),
    Row("rnnt_checkpoint", "get,ml-model,rnnt", [
        f"{ZENODO}/3662521/files/DistributedDataParallel_1576581068.9962234-epoch-100.pt?download=1"
    ], ["model/rnnt.pt"]),
    Row("dlrm_of_the_first_version", f"{DLRM},_single-file", [f"{DLRM_S3}/tb00_40M.pt"],
        ["model/dlrm/tb00_40M.pt"]),
    Row("dlrm_small", f"{DLRM},_debug", [f"{DLRM_S3}/tb0875_10M.pt"], ["model/dlrm/tb0875_10M.pt"]),
    Row("dlrm_for_onnx", f"{DLRM},_onnx", [f"{DLRM_S3}/tb00_40M.onnx.tar"],
        ["dlrm-onnx/tb00_40M.onnx"], ["tb00_40M.onnx"]),
    Row("gptj_as_a_zip_file", "get,ml-model,gptj,_wget",
        ["https://cloud.mlcommons.org/index.php/s/QAZ2oM94MkFtbQx/download"],
        ["gpt-j-wget/config.json"], ["config.json"], kind=".zip"),
])
def case_a_recipe_fetches(row, bench):
    check(row, bench)


def case_a_checkpoint_comes_from_mlcommons_folder(bench):
    for words, name in (("get,ml-model,gptj", "gpt-j-model-checkpoint"),
                        ("get,ml-model,sdxl,_fp16", "stable-diffusion-xl-1-0-fp16-checkpoint"),
                        ("get,ml-model,dlrm,raw", "dlrm-v2-model-weights"),
                        ("get,preprocessed,dataset,criteo", "dlrm-v2-preprocessed-dataset")):
        files = {"config.json": b"{}", "part/weights-00001.bin": noise(1)}
        with FileServer({}) as server:
            job = Job(bench, server, run=f"run-{name}")
            job.folder(name, files)
            made = job.make(words)
            assert sorted(made.values()) == sorted(files.values()), sorted(made)


def case_a_checkpoint_comes_from_the_hub(bench):
    files = {"model_index.json": b"{}", "unet/diffusion.safetensors": noise(2)}
    with FileServer({}) as server:
        job = Job(bench, server)
        job.hub("stabilityai/stable-diffusion-xl-base-1.0",
                "462165984030d82259a11f4367a4eed129e94a7b", files)
        made = job.make("get,ml-model,sdxl,_huggingface,_fp16")
        assert sorted(made.values()) == sorted(files.values()), sorted(made)


# What a person brings: the request, the word that names it, the files that tell that it is this,
# and what is said without it.
BROUGHT = [
    ("get,ml-model,llama2", "LLAMA2_CHECKPOINT_PATH", ["config.json", "tokenizer_config.json"],
     "accept Meta's licence at https://huggingface.co/meta-llama/Llama-2-70b-chat-hf"),
    ("get,ml-model,llama2,_meta-llama/Llama-2-7b-chat-hf", "LLAMA2_CHECKPOINT_PATH",
     ["config.json",
      "tokenizer_config.json"], "https://huggingface.co/meta-llama/Llama-2-7b-chat-hf"),
    ("get,model,zoo,deepsparse,_bert-base-pruned90-none", "NEURALMAGIC_MODEL_PATH", ["model.onnx"],
     "sparsezoo.download "
     "zoo:nlp/question_answering/bert-base/pytorch/huggingface/squad/pruned90-none"),
    ("get,ml-model,gptj", "GPTJ_CHECKPOINT_PATH", ["config.json"], ""),
    ("get,ml-model,sdxl", "SDXL_CHECKPOINT_PATH", ["model_index.json", "unet/x"], ""),
    ("get,ml-model,dlrm,raw", "DLRM_MODEL_PATH", ["sharded/0"], ""),
]


def case_a_checkpoint_that_a_person_brings_is_used_where_it_lies(bench):
    brought(bench, BROUGHT)


def case_results_of_sdxl_lie_where_the_official_checker_looks(bench):
    with FileServer({}) as server:
        job = Job(bench, server)
        job.configure("run,mlperf,inference,_submission", "--model=sdxl",
                      "--implementation=reference")
        edges = [
            json.loads(line) for line in (job.run_dir / ".mlpgen/plan").read_text().splitlines()
        ]
        [argv] = [
            edge["argv"] for edge in edges
            if edge["name"].startswith("prepare-mlperf-inference-result/result")
        ]
        assert "--model=stable-diffusion-xl" in argv, argv
        [argv] = [
            edge["argv"] for edge in edges
            if edge["name"].startswith("run-mlperf-inference-submission-checker/summary")
        ]
        assert any(
            word.startswith("--performance=default/stable-diffusion-xl/Offline=")
            for word in argv), argv


# What the reference runs on the CPU: each configures from the shipped lock, without `mlpgen lock`.
LOCKED = {
    "resnet50": ["onnxruntime", "tf", "ncnn"], "retinanet": ["onnxruntime", "pytorch"],
    "bert-99": ["onnxruntime", "pytorch", "tf"], "3d-unet-99": ["onnxruntime", "pytorch", "tf"],
    "gptj-99": ["pytorch"], "sdxl": ["pytorch"]
}


def case_the_shipped_lock_has_the_environment_of_every_model_and_framework(bench):
    if sys.version_info[:2] != (3, 11) or platform.machine() != "x86_64":
        raise Skip("the shipped lock is for Python 3.11 on x86-64")
    with FileServer({}) as server:
        job = Job(bench, server)
        for model, frameworks in LOCKED.items():
            for framework in frameworks:
                job.configure(f"--model={model}", "--implementation=reference",
                              f"--backend={framework}")

"""A stand-in for Intel's program that tokenizes SQuAD: -m FOLDER (vocab.txt) -d FOLDER
(dev-v1.1.json) -o FILE."""
import importlib.util
from optparse import OptionParser

import torch
from create_squad_data import read_squad_examples
from transformers import BertTokenizer

parser = OptionParser()
parser.add_option("-m", "--model_dir", dest="model_dir")
parser.add_option("-d", "--dataset_dir", dest="dataset_dir")
parser.add_option("-o", "--output", dest="dataset_name")
options, _ = parser.parse_args()
assert importlib.util.find_spec("tokenization"), "pip install tokenization"
tokenizer = BertTokenizer(options.model_dir + "/vocab.txt")
texts = [
    f"[CLS] {question} [SEP] {context} [SEP]"
    for question, context in read_squad_examples(options.dataset_dir + "/dev-v1.1.json")
]
ids = [
    torch.tensor([
        tokenizer.ids[w] if w in ("[CLS]", "[SEP]") else tokenizer.encode(w)[0]
        for w in text.split()
    ], dtype=torch.int32) for text in texts
]
torch.save({"input_ids_samples": ids}, options.dataset_name)

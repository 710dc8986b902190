"""A stand-in for Intel's program that traces BERT: -m FOLDER (config.json, vocab.txt,
pytorch_model.bin) -o FILE."""
from optparse import OptionParser

import torch
from transformers import BertForQuestionAnswering, BertTokenizer

import _C  # noqa: F401  its operators are in the traced model

parser = OptionParser()
parser.add_option("-m", "--model_dir", dest="model_dir")
parser.add_option("-o", "--output", dest="model_name")
options, _ = parser.parse_args()
tokenizer = BertTokenizer(options.model_dir + "/vocab.txt")
words = BertForQuestionAnswering.from_pretrained(options.model_dir + "/pytorch_model.bin",
                                                 config=options.model_dir + "/config.json")
torch.jit.save({name: tokenizer.ids[word] for name, word in words.items()}, options.model_name)

"""A stand-in for transformers: words by a vocabulary, a model by its file."""
import json

FOR_INTEL = False


class BertTokenizer:
    def __init__(self, vocab_file):
        with open(vocab_file) as file:
            self.ids = {word.rstrip("\n"): number for number, word in enumerate(file)}

    def encode(self, text):
        return [self.ids.get(word, self.ids["[UNK]"]) for word in text.lower().split()]


class BertForQuestionAnswering:
    @staticmethod
    def from_pretrained(model_file, config):
        if not FOR_INTEL:
            raise SystemExit("transformers as Hugging Face has it cannot load this model")
        with open(config) as file:
            assert json.load(file)["model_type"] == "bert"
        with open(model_file) as file:
            return json.load(file)["words"]

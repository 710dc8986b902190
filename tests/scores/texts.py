"""What the scorers of texts read, made small: tokenizers of GPT-2's and of SentencePiece's kind,
and the boundaries of sentences."""
import json
import struct

from fetch.job import packed

END = "<|endoftext|>"


def byte_letters():
    """GPT-2's letter for each byte: what can be printed stands for itself, the others from U+0100
    on."""
    plain = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(0x100, 0x200))
    return {byte: chr(byte) if byte in plain else chr(next(others)) for byte in range(256)}


class Bytes:
    """A tokenizer of GPT-2's kind without merges: a token is a byte."""
    def __init__(self):
        self.ids = {letter: number for number, letter in enumerate([*byte_letters().values(), END])}

    def tokens(self, text):
        letters = byte_letters()
        return [self.ids[letters[byte]] for byte in text.encode()] + [self.ids[END]]

    def files(self):
        about = {
            "tokenizer_class": "GPT2Tokenizer", "bos_token": END, "eos_token": END, "unk_token": END
        }
        return {
            "vocab.json": json.dumps(self.ids).encode(), "merges.txt": b"#version: 0.2\n",
            "tokenizer_config.json": json.dumps(about).encode(),
            "config.json": json.dumps({"model_type": "gptj"}).encode(), "added_tokens.json": b"{}",
            "special_tokens_map.json": json.dumps(
                {name: END
                 for name in ("bos_token", "eos_token", "unk_token")}).encode()
        }


class Pieces:
    """A tokenizer of Llama's kind: tokenizer.model is a message of sentencepiece_model.proto, of
    which these are the fields that matter."""

    CONTROL = {"<unk>": 2, "<s>": 3, "</s>": 3}  # type of each

    def __init__(self, words):
        self.pieces = [*self.CONTROL, *(f"\u2581{word}" for word in dict.fromkeys(words)), *".\n"]

    def tokens(self, text):
        """Words with one blank between them; a dot is a piece of its own."""
        words = [
            part for word in text.split(" ")
            for part in ([f"\u2581{word[:-1]}", "."] if word.endswith(".") else [f"\u2581{word}"])
        ]
        return [self.pieces.index(word) for word in words] + [self.pieces.index("</s>")]

    def model(self):
        parts = [
            field(
                1,
                field(1, piece.encode()) + b"\x15" + struct.pack("<f", -float(number)) + b"\x18" +
                bytes([self.CONTROL.get(piece, 1)])) for number, piece in enumerate(self.pieces)
        ]
        return b"".join(parts) + field(2, b"\x18\x02")  # model_type: BPE

    def files(self):
        about = {
            "tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>",
            "unk_token": "<unk>"
        }
        return {
            "tokenizer.model": self.model(), "tokenizer_config.json": json.dumps(about).encode(),
            "config.json": json.dumps({"model_type": "llama"}).encode()
        }


def field(number, body):
    """A field of bytes, shorter than 16 KiB, of a protocol buffer."""
    size = bytes([len(body)]) if len(body) < 128 else bytes([len(body) & 127 | 128, len(body) >> 7])
    return bytes([number << 3 | 2]) + size + body


def sentences():
    """punkt_tab.zip with what it knows of one language, and that is nearly nothing."""
    tables = {
        "abbrev_types.txt": b"mr\n", "collocations.tab": b"", "sent_starters.txt": b"the\n",
        "ortho_context.tab": b"the\t46\n"
    }
    return packed("punkt_tab.zip",
                  {f"punkt_tab/english/{name}": body
                   for name, body in tables.items()})

"""SQuAD's questions with their texts."""
import json


def read_squad_examples(path):
    with open(path) as file:
        for article in json.load(file)["data"]:
            for paragraph in article["paragraphs"]:
                for qa in paragraph["qas"]:
                    yield qa["question"], paragraph["context"]

"""A stand-in for the metric `rouge` of Hugging Face's evaluate: mlpgen's own code on the package
rouge-score."""
import datasets
import evaluate
from rouge_score import rouge_scorer

KINDS = ["rouge1", "rouge2", "rougeL", "rougeLsum"]


class Rouge(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        return evaluate.MetricInfo(
            description="overlap of texts", citation="", inputs_description="",
            features=datasets.Features({"predictions": text, "references": text}))

    def _compute(self, predictions, references, use_stemmer=False, use_aggregator=False):
        scorer = rouge_scorer.RougeScorer(KINDS, use_stemmer=use_stemmer)
        scores = [scorer.score(right, said) for right, said in zip(references, predictions)]
        return {kind: [score[kind].fmeasure for score in scores] for kind in KINDS}

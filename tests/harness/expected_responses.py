"""expected_responses.py MODEL.onnx TENSORS.npy: the accuracy log that a model's answers must give.

Prints {sample: upper-case hex}. A model with the output `boxes` is a detector: 7 float32 a
detection down to score 0.05, as mlcommons/inference's PostProcessOpenImagesRetinanet makes them.
Any other is a classifier: the best class as one float32.
"""
import json
import sys

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
detector = "boxes" in [o.name for o in session.get_outputs()]
expected = {}
for index, sample in enumerate(np.load(sys.argv[2])):
    if not detector:
        logits = session.run(None, {name: sample[None]})[0]
        response = [float(np.argmax(logits))]
    else:
        response = []
        outputs = session.run(["boxes", "labels", "scores"], {name: sample[None]})
        for box, label, score in zip(*outputs):
            if score < 0.05:
                break
            response.append([
                float(index), box[1] / 800, box[0] / 800, box[3] / 800, box[2] / 800, score,
                float(label)
            ])
    expected[index] = np.array(response, np.float32).tobytes().hex().upper()
print(json.dumps(expected))

"""An ONNX model in ONNX Runtime."""
import answer
import numpy
import onnx_model
import onnxruntime

out = answer.folder()
onnx_model.write(out / "model.onnx")
session = onnxruntime.InferenceSession(str(out / "model.onnx"), providers=["CPUExecutionProvider"])
answer.write(out, "onnxruntime", onnxruntime.__version__,
             session.run(["y"], {"x": numpy.array([answer.INPUT], "float32")})[0][0])

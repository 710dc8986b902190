"""The model of answer.py as an ONNX file, in a folder of its own."""
import answer
import onnx_model

onnx_model.write(answer.folder() / "model.onnx")

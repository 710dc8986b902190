"""A TensorFlow Lite model, written with the schema's own classes, in the interpreter of
tflite-runtime."""
import importlib.metadata

import answer
import flatbuffers
import numpy
import tflite
from tflite_runtime.interpreter import Interpreter


def vector(builder, start, items):
    start(builder, len(items))
    for item in reversed(items):
        builder.PrependUOffsetTRelative(item)
    return builder.EndVector()


def tensor(builder, name, shape, buffer):
    name, shape = builder.CreateString(name), builder.CreateNumpyVector(numpy.array(shape, "int32"))
    tflite.TensorStart(builder)
    tflite.TensorAddShape(builder, shape)
    tflite.TensorAddType(builder, tflite.TensorType.FLOAT32)
    tflite.TensorAddBuffer(builder, buffer)
    tflite.TensorAddName(builder, name)
    return tflite.TensorEnd(builder)


def buffer_of(builder, data):
    held = builder.CreateByteVector(data) if data else None
    tflite.BufferStart(builder)
    if held is not None:
        tflite.BufferAddData(builder, held)
    return tflite.BufferEnd(builder)


def model():
    """One operator: FULLY_CONNECTED with ReLU, whose weights have a row for each output."""
    b = flatbuffers.Builder(1024)
    tflite.FullyConnectedOptionsStart(b)
    tflite.FullyConnectedOptionsAddFusedActivationFunction(b, tflite.ActivationFunctionType.RELU)
    options = tflite.FullyConnectedOptionsEnd(b)
    ints = lambda values: b.CreateNumpyVector(numpy.array(values, "int32"))
    inputs, outputs, ends, begins = ints([0, 1]), ints([2]), ints([2]), ints([0])
    tflite.OperatorStart(b)
    tflite.OperatorAddOpcodeIndex(b, 0)
    tflite.OperatorAddInputs(b, inputs)
    tflite.OperatorAddOutputs(b, outputs)
    tflite.OperatorAddBuiltinOptionsType(b, tflite.BuiltinOptions.FullyConnectedOptions)
    tflite.OperatorAddBuiltinOptions(b, options)
    operators = vector(b, tflite.SubGraphStartOperatorsVector, [tflite.OperatorEnd(b)])
    tensors = vector(
        b, tflite.SubGraphStartTensorsVector,
        [tensor(b, "x", [1, 3], 0),
         tensor(b, "w", [2, 3], 1),
         tensor(b, "y", [1, 2], 0)])
    tflite.SubGraphStart(b)
    tflite.SubGraphAddTensors(b, tensors)
    tflite.SubGraphAddInputs(b, begins)
    tflite.SubGraphAddOutputs(b, ends)
    tflite.SubGraphAddOperators(b, operators)
    graphs = vector(b, tflite.ModelStartSubgraphsVector, [tflite.SubGraphEnd(b)])
    tflite.OperatorCodeStart(b)
    tflite.OperatorCodeAddDeprecatedBuiltinCode(b, tflite.BuiltinOperator.FULLY_CONNECTED)
    tflite.OperatorCodeAddBuiltinCode(b, tflite.BuiltinOperator.FULLY_CONNECTED)
    tflite.OperatorCodeAddVersion(b, 1)
    codes = vector(b, tflite.ModelStartOperatorCodesVector, [tflite.OperatorCodeEnd(b)])
    weights = numpy.array(answer.WEIGHTS, "float32").T.tobytes()
    buffers = vector(b, tflite.ModelStartBuffersVector, [buffer_of(b, b""), buffer_of(b, weights)])
    tflite.ModelStart(b)
    tflite.ModelAddVersion(b, 3)
    tflite.ModelAddOperatorCodes(b, codes)
    tflite.ModelAddSubgraphs(b, graphs)
    tflite.ModelAddBuffers(b, buffers)
    b.Finish(tflite.ModelEnd(b), file_identifier=b"TFL3")
    return bytes(b.Output())


out = answer.folder()
(out / "model.tflite").write_bytes(model())
interpreter = Interpreter(model_path=str(out / "model.tflite"), num_threads=1)
interpreter.allocate_tensors()
interpreter.set_tensor(interpreter.get_input_details()[0]["index"],
                       numpy.array([answer.INPUT], "float32"))
interpreter.invoke()
answer.write(out, "tflite", importlib.metadata.version("tflite-runtime"),
             interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0])

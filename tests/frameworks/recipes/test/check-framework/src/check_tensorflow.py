"""A SavedModel in TensorFlow, and the same model converted for TensorFlow Lite."""
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import answer
import tensorflow

out = answer.folder()


class Model(tensorflow.Module):
    @tensorflow.function(input_signature=[tensorflow.TensorSpec([1, 3], tensorflow.float32)])
    def run(self, x):
        return {"y": tensorflow.nn.relu(x @ tensorflow.constant(answer.WEIGHTS))}


tensorflow.saved_model.save(Model(), str(out / "model"))
loaded = tensorflow.saved_model.load(str(out / "model"))
answer.write(out, "tensorflow", tensorflow.__version__,
             loaded.run(tensorflow.constant([answer.INPUT]))["y"][0])

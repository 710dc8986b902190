#!/usr/bin/env python3
"""Small models with the contract of ResNet50 -> files that the reference's programs take with
TensorFlow: stand-ins, whose answers mean nothing.

    make_tensorflow_models.py OUT

OUT/resnet50_v1.pb, a frozen graph: input_tensor:0 float32[n,224,224,3] in; ArgMax:0 int64[n] out,
one of 1001 classes, 0 the background. OUT/resnet50_v1.no-argmax.tflite: float32[1,224,224,3] in, a
score for each of the classes out. Needs the package tensorflow.
"""
import pathlib
import sys

import numpy as np
import tensorflow as tf

FIELD, CLASSES = 56, 1001  # pixels of a field's side, of which the mean colour counts


def logits(images):
    colours = tf.reshape(tf.nn.avg_pool2d(images, FIELD, FIELD, "VALID"), [-1, 48])
    weights = np.random.default_rng(3).normal(size=(48, CLASSES)).astype("f4")
    return tf.matmul(colours, tf.constant(weights))


def frozen_graph():
    graph = tf.Graph()
    with graph.as_default():
        images = tf.compat.v1.placeholder(tf.float32, [None, 224, 224, 3], name="input_tensor")
        tf.argmax(logits(images), axis=1, name="ArgMax", output_type=tf.int64)
    return graph.as_graph_def().SerializeToString()


def lite():
    holder = tf.Module()
    holder.call = tf.function(logits, input_signature=[tf.TensorSpec([1, 224, 224, 3], tf.float32)])
    return tf.lite.TFLiteConverter.from_concrete_functions([holder.call.get_concrete_function()],
                                                           holder).convert()


out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
(out / "resnet50_v1.pb").write_bytes(frozen_graph())
(out / "resnet50_v1.no-argmax.tflite").write_bytes(lite())

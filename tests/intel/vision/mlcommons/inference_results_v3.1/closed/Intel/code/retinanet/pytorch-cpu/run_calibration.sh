#!/bin/bash
# A stand-in for Intel's script: the same variables, and the same file beside the weights.
set -eu
python -u helpers/main.py --calibrate --num-classes 264 --data-path "$CALIBRATION_DATA_DIR" --annotation-file "$CALIBRATION_ANNOTATIONS" \
  --checkpoint-path "$MODEL_CHECKPOINT" --save-trace-model-path "$(dirname "$MODEL_CHECKPOINT")/retinanet-int8-model.pth"

"""The product in three tasks of Ray, one for each row of the weights."""
import os
import tempfile

# A machine that is busy with other tests starts it late.
os.environ.update(RAY_raylet_start_wait_time_s="300", RAY_gcs_server_request_timeout_seconds="300")

import answer
import ray

out = answer.folder()
# Ray's sockets have names of at most 107 bytes, so they do not lie in the run directory.
with tempfile.TemporaryDirectory(prefix="ray-") as sockets:
    ray.init(num_cpus=2, include_dashboard=False, _temp_dir=sockets, log_to_driver=False,
             object_store_memory=100 << 20)
    row = ray.remote(lambda value, weights: [value * w for w in weights])
    parts = ray.get(
        [row.remote(value, weights) for value, weights in zip(answer.INPUT, answer.WEIGHTS)])
    ray.shutdown()
answer.write(out, "ray", ray.__version__, [max(0.0, sum(column)) for column in zip(*parts)])

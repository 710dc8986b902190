"""The main job, made once by the first command of the README; the cases look at it, copy it, change
the copies."""
import subprocess

import pytest

from e2e.bench import Bench
from places import SCRATCH


@pytest.fixture(scope="package")
def bench(seed, slow):
    """One store and one machine lock for all cases."""
    scratch = SCRATCH / "e2e"
    subprocess.run(["chmod", "-R", "u+w", scratch], capture_output=True)
    subprocess.run(["rm", "-rf", scratch], check=True)
    scratch.mkdir(parents=True)
    bench = Bench(scratch, seed, slow)
    bench.make_main()
    print(f"the main job: {bench.quickstart_seconds:.1f} s\n{bench.quickstart}")
    return bench

"""Processes that a test kills."""
import os
import pathlib
import signal


def kill_session(session):
    """Every process of it: Ninja gives each edge a process group of its own, so that one signal
    does not reach them all."""
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                os.kill(int(folder.name), signal.SIGKILL)
        except ProcessLookupError:
            pass

"""A Dask cluster of this machine: one scheduler and two workers, each a process, on loopback."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 10
HERE = ("--host", "127.0.0.1", "--no-dashboard")


@contextmanager
def running_cluster(folder: Path) -> Iterator[str]:
    """The address of its scheduler; what it writes is in `folder`."""
    told = folder / "scheduler.json"
    with ExitStack() as processes, (folder / "cluster.log").open("w") as log:
        worker = ("worker", *HERE, "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny")
        for role in (("scheduler", *HERE, "--port", "0", "--scheduler-file", str(told)), worker, worker):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *role],
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
            processes.callback(process.wait, STOP_SECONDS)
            processes.callback(process.terminate)
            wait_for(told)
        yield str(json.loads(told.read_text())["address"])


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not path.exists():
        if time.monotonic() > deadline:
            raise RuntimeError(f"the scheduler does not answer:\n{(path.parent / 'cluster.log').read_text()}")
        time.sleep(0.05)

"""Processes that share the work: on this machine in shared memory, or on a Dask cluster, an optional extra.

On one machine the arrays of an object are read where they lie, not copied to each process; a cluster is sent it once.
"""

import mmap
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import joblib

MEMORY = Path("/dev/shm")
"""Files here never reach a disk; elsewhere the cache of the file system does nearly as well."""

SMALL = 4_096
ALIGNED = 64


@contextmanager
def shared(content: Any) -> Iterator[Path]:
    """A file that other processes open with `opened`; it is gone at the end."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        path = Path(folder, "shared")
        arrays: list[memoryview] = []

        def inside(buffer: pickle.PickleBuffer) -> bool:
            raw = buffer.raw()
            if raw.nbytes >= SMALL:
                arrays.append(raw)
            return raw.nbytes < SMALL

        rest = pickle.dumps(content, protocol=5, buffer_callback=inside)
        with path.open("wb") as file:
            pickle.dump((rest, [raw.nbytes for raw in arrays]), file)
            for raw in arrays:
                file.seek(-file.tell() % ALIGNED, 1)
                file.write(raw)
        yield path


@lru_cache(maxsize=1)
def opened(path: Path) -> Any:
    """The object in that file, its large arrays read-only and shared. The last one opened is kept."""
    with path.open("rb") as file:
        rest, sizes = pickle.load(file)
        view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        position = file.tell()
    arrays = []
    for size in sizes:
        position += -position % ALIGNED
        arrays.append(view[position : position + size])
        position += size
    return pickle.loads(rest, buffers=arrays)


PATIENCE_SECONDS = 15


class ClusterError(RuntimeError):
    """The packages that speak to a cluster are missing, or nobody answers at its address."""


@contextmanager
def on_cluster(address: str, supply: Any) -> Iterator[None]:
    """Inside, joblib hands its tasks to the scheduler at `address` (tcp://host:port); `supply` goes there once.

    The workers need this package in the same version. ClusterError where the packages that speak to a cluster are
    missing, nobody answers, or nobody works there.
    """
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError as error:
        raise ClusterError(
            'Für einen Cluster fehlt das Paket „distributed“. Es kommt mit: pip install "wohnberatung[cluster]".'
        ) from error
    try:
        client = distributed.Client(address, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError) as error:
        raise ClusterError(f"Der Cluster unter {address} antwortet nicht ({error}).") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except TimeoutError as error:
            raise ClusterError(f"Im Cluster unter {address} arbeitet niemand; starten Sie „dask worker“.") from error
        with joblib.parallel_config(backend="dask", scatter=[supply]):
            yield

"""One object for several processes of a machine: its arrays are read where they lie, not copied to each."""

import mmap
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

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
        place = file.tell()
    arrays = []
    for size in sizes:
        place += -place % ALIGNED
        arrays.append(view[place : place + size])
        place += size
    return pickle.loads(rest, buffers=arrays)

"""Programs of ours that look into files of strangers: each in a process of its own, with little time and memory and
without our settings and keys, which may die.

Libraries for such files are large, and files that trip them over are made all the time. A program is one file that
knows nothing of the application: it reads bytes, writes bytes, and says with its exit code what it found.
"""

import os
import subprocess
import sys
from types import ModuleType

MOST_SECONDS, MOST_MEMORY = 20, 2 * 1024**3
# By the clock: a machine may be busy with others.
PATIENCE = 60.0
TOO_SLOW = -1
_START = f"""
import runpy, sys
try:
    import resource
    for what, most in (("CPU", {MOST_SECONDS}), ("AS", {MOST_MEMORY}), ("FSIZE", 0)):
        resource.setrlimit(getattr(resource, "RLIMIT_" + what), (most, most))
except ImportError:
    pass  # such a system knows no limits
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run(program: ModuleType, *arguments: str, content: bytes) -> tuple[int, bytes]:
    """Exit code and output of the program for this content; `TOO_SLOW` where it had to be ended."""
    command = [sys.executable, "-I", "-c", _START, str(program.__file__), *arguments]
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    try:
        done = subprocess.run(command, input=content, capture_output=True, env=known, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return TOO_SLOW, b""
    return done.returncode, done.stdout

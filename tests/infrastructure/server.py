"""The real application under gunicorn, as `make demo` starts it, on a free port, with its own database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
# What would lead the server to the database of whoever runs the tests.
OPERATORS_SETTINGS = ("APP_ENV", "DATABASE_URL", "SECRET_KEY", "FIELD_KEYS")

# A browser that a test drives types faster than any person, and all of them come from one address.
HASTY_LIMITS = ",".join(
    (
        "login=10000/300",
        "anonymous_write=10000/60",
        "public_form=1000/3600",
        "live_count=10000/60",
        "secret_link=10000/300",
    )
)


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Address of a server on the demo that was prepared in `folder`; all it writes, its log too, is in there."""
    with gunicorn(folder, demo_environment(folder)) as address:
        yield address


def prepare_demo(folder: Path) -> None:
    """Fill the demo's database in `folder` with the invented city. Takes 15 s: tests copy `prepared_demo`."""
    program = [command("wohnberatung"), "demo", "--prepare"]
    subprocess.run(program, env=demo_environment(folder), cwd=ROOT, check=True)


def demo_environment(folder: Path) -> dict[str, str]:
    """What leads a command to the demo whose database is in `folder`."""
    environment = {name: value for name, value in os.environ.items() if name not in OPERATORS_SETTINGS}
    hasty = {"FASTEST_SECONDS": "0", "LIMITS": HASTY_LIMITS}
    return environment | hasty | {"INSTANCE_DIR": str(folder), "WEB_CONCURRENCY": "1"}


@contextmanager
def gunicorn(folder: Path, environment: dict[str, str], *arguments: str) -> Iterator[str]:
    """Address of gunicorn with the configuration we ship; its log is ``server.log`` in `folder`."""
    port = free_port()
    program = [command("gunicorn"), "--config", str(ROOT / "gunicorn.conf.py"), *arguments]
    with (folder / "server.log").open("w") as log:
        surroundings = environment | {"PORT": str(port)}
        server = subprocess.Popen(program, env=surroundings, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_until_it_listens(port, lambda: server.poll() is None, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def command(name: str) -> str:
    """A command of the virtual environment that runs the tests."""
    return str(Path(sys.executable).parent / name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_listens(port: int, is_running: Callable[[], bool], log: Path) -> None:
    """gunicorn listens before its workers have loaded the application: the first request waits for one."""
    deadline = time.monotonic() + START_SECONDS
    while is_running() and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{log.read_text()}")

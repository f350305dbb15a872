"""Commands of ours in processes of their own, which a test may kill; none of them imports the application anew.

They branch off from a process that has loaded everything and does nothing else, one for each process of the tests.
Started afresh, a command spends three seconds of a processor on imports alone. That the installed program starts is
proved by the demo and by tests/core/test_config.py.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine
from flask import Flask

from tests.infrastructure.server import (
    HASTY_LIMITS,
    OPERATORS_SETTINGS,
    ROOT,
    demo_environment,
    wait_until_it_listens,
)

LOADED = ("wohnberatung.areas", "wohnberatung.cli", "wohnberatung.commands", "wohnberatung.intake.commands")
OUT, ERR = "out", "err"
_context = get_context("forkserver")
_context.set_forkserver_preload([*LOADED, __name__])


class Running:
    """A command that was started; what it writes is in the files `OUT` and `ERR` of `folder`. Its clock says `at` when
    it begins, or what clocks say."""

    def __init__(
        self,
        arguments: tuple[str, ...],
        environment: dict[str, str],
        folder: Path,
        program: str = "wohnberatung",
        at: datetime | None = None,
    ) -> None:
        self._folder = folder
        self._process = _context.Process(target=_run, args=(program, arguments, environment, folder, at))
        self._process.start()

    def is_running(self) -> bool:
        return self._process.is_alive()

    @property
    def niceness(self) -> int:
        """How far it stands behind others, see nice(1)."""
        assert self._process.pid is not None
        return os.getpriority(os.PRIO_PROCESS, self._process.pid)

    @property
    def workers(self) -> list[int]:
        """Processes that this one has started, as the system counts them (Linux)."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill(self) -> None:
        """As a power cut would."""
        self._process.kill()
        self._process.join()

    def kill_all(self) -> None:
        """The same for a server, with all its processes."""
        assert self._process.pid is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join()

    def terminate(self) -> None:
        """As an operator would."""
        self._process.terminate()

    def wait(self, seconds: float = 60) -> int:
        """Its exit code. Raises AssertionError if it is still running after so long."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, f"still running after {seconds} s:\n{self.said(ERR)}"
        return self._process.exitcode

    def said(self, stream: str = OUT) -> str:
        return (self._folder / stream).read_text()


@contextmanager
def running(app: Flask, *arguments: str, **settings: str) -> Iterator[Running]:
    """``wohnberatung`` with these arguments, for the office of `app`, with more settings of the environment."""
    with TemporaryDirectory() as folder:
        process = Running(arguments, _environment(app) | settings, Path(folder))
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def serving(folder: Path, port: int) -> Iterator[Running]:
    """gunicorn with the configuration we ship, on the demo that was prepared in `folder`; its log is there too."""
    log = folder / f"server-{port}"
    log.mkdir(exist_ok=True)
    arguments = ("--config", str(ROOT / "gunicorn.conf.py"))
    server = Running(arguments, demo_environment(folder) | {"PORT": str(port)}, log, "gunicorn")
    try:
        wait_until_it_listens(port, server.is_running, log / ERR)
        yield server
    finally:
        server.terminate()
        server.wait()


@contextmanager
def open_office(app: Flask, port: int, at: datetime | None = None, **settings: str) -> Iterator[Running]:
    """The same for the office of `app`, on whose clock it is `at`, with more settings of the environment."""
    environment = _environment(app) | {"PORT": str(port), "LIMITS": HASTY_LIMITS, "WEB_CONCURRENCY": "1"} | settings
    with TemporaryDirectory() as folder:
        log = Path(folder)
        server = Running(("--config", str(ROOT / "gunicorn.conf.py")), environment, log, "gunicorn", at)
        try:
            wait_until_it_listens(port, server.is_running, log / ERR)
            yield server
        finally:
            server.terminate()
            server.wait()


def _environment(app: Flask) -> dict[str, str]:
    """What leads a command to the office of `app`."""
    environment = {name: value for name, value in os.environ.items() if name not in OPERATORS_SETTINGS}
    environment |= {name: app.config[name] for name in ("SECRET_KEY", "FIELD_KEYS")} | {"APP_ENV": "test"}
    url = app.config["SQLALCHEMY_DATABASE_URI"].render_as_string(hide_password=False)
    return environment | {"DATABASE_URL": url, "FASTEST_SECONDS": "0"}


def told_by(folder: Path, *arguments: str) -> str:
    """What ``wohnberatung`` with these arguments says about the demo in `folder`. Raises AssertionError if it fails."""
    with TemporaryDirectory() as name:
        process = Running(arguments, demo_environment(folder), Path(name))
        assert process.wait() == 0, process.said(ERR)
        return process.said()


def _run(
    program: str, arguments: tuple[str, ...], environment: dict[str, str], folder: Path, at: datetime | None
) -> None:
    from gunicorn.app.wsgiapp import run

    from wohnberatung.cli import main

    if at is not None:
        time_machine.travel(at).start()
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in ((1, OUT), (2, ERR)):
        os.dup2(os.open(folder / stream, os.O_WRONLY | os.O_CREAT), number)
    if program == "gunicorn":
        os.setsid()
        sys.argv = [program, *arguments]
        run()
    main(list(arguments), prog_name=program)

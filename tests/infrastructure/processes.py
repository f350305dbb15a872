"""Commands of ours in processes of their own, which a test may kill; none of them imports the application anew.

They branch off from a process that has loaded everything and does nothing else, one for each process of the tests.
Started afresh, a command spends three seconds of a processor on imports alone. That the installed program starts is
proved by the demo and by tests/core/test_config.py.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from tests.infrastructure.server import OPERATORS_SETTINGS

LOADED = ("wohnberatung.areas", "wohnberatung.cli", "wohnberatung.commands", "wohnberatung.intake.commands")
OUT, ERR = "out", "err"
_context = get_context("forkserver")
_context.set_forkserver_preload([*LOADED, __name__])


class Running:
    """A command that was started; what it writes is in the files `OUT` and `ERR` of `folder`."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str], folder: Path) -> None:
        self._folder = folder
        self._process = _context.Process(target=_run, args=(arguments, environment, folder))
        self._process.start()

    def is_running(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        """As a power cut would."""
        self._process.kill()
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
    environment = {name: value for name, value in os.environ.items() if name not in OPERATORS_SETTINGS}
    environment |= {name: app.config[name] for name in ("SECRET_KEY", "FIELD_KEYS")} | {"APP_ENV": "test"}
    environment["DATABASE_URL"] = app.config["SQLALCHEMY_DATABASE_URI"].render_as_string(hide_password=False)
    with TemporaryDirectory() as folder:
        process = Running(arguments, environment | settings, Path(folder))
        try:
            yield process
        finally:
            process.kill()


def _run(arguments: tuple[str, ...], environment: dict[str, str], folder: Path) -> None:
    from wohnberatung.cli import main

    os.environ.clear()
    os.environ.update(environment)
    for number, stream in ((1, OUT), (2, ERR)):
        os.dup2(os.open(folder / stream, os.O_WRONLY | os.O_CREAT), number)
    main(list(arguments), prog_name="wohnberatung")

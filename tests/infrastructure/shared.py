"""What all processes of a test run share: a folder, and one PostgreSQL server. The leading process clears up.

What tests write lies in memory where there is room for it: databases are made and removed by the hundred.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure.databases import Databases, PostgresDatabases, SQLiteDatabases, only_one
from tests.infrastructure.postgres import PostgresServer, PostgresUnavailable
from tests.infrastructure.server import prepare_demo

FOLDER, ADDRESS = "shared_folder", "postgresql"
OWN_FOLDER = pytest.StashKey[Path]()
OWN_SERVER = pytest.StashKey[PostgresServer]()
IN_MEMORY, ROOM = Path("/dev/shm"), 6 << 30


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """The processes that this one starts, its workers among them, have it from the environment."""
    if "TMPDIR" not in os.environ and has_room(IN_MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


def has_room(folder: Path) -> bool:
    """Whether a whole run fits in, and a program of PostgreSQL may be started from there."""
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return False
    kept = os.statvfs(folder)
    return kept.f_bavail * kept.f_frsize >= ROOM and not kept.f_flag & os.ST_NOEXEC


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In the process that leads several workers: tell each of them where folder and server are."""
    node.workerinput[FOLDER] = str(shared_folder(node.config))
    try:
        node.workerinput[ADDRESS] = server_address(node.config)
    except PostgresUnavailable:
        node.workerinput[ADDRESS] = None  # each worker finds out why, and says so with the tests it skips


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Fresh databases of the kind that `tests.infrastructure.kinds` asks for."""
    shared = shared_folder(request.config)
    if request.param == "sqlite":
        return SQLiteDatabases(tmp_path_factory.mktemp("databases"), shared)
    try:
        return PostgresDatabases(server_address(request.config), shared)
    except PostgresUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def prepared_demo(request: pytest.FixtureRequest) -> Path:
    """A folder with the demo as `make demo` fills it, made once for the whole run. Copy it, never write to it."""
    folder = shared_folder(request.config) / "demo"
    with only_one(folder):
        if not folder.exists():
            draft = folder.with_name("demo-draft")
            prepare_demo(draft)
            draft.rename(folder)
    return folder


def shared_folder(config: pytest.Config) -> Path:
    """A temporary folder that is the same for all processes of one run."""
    if told := workerinput(config).get(FOLDER):
        return Path(told)
    if OWN_FOLDER not in config.stash:
        config.stash[OWN_FOLDER] = Path(tempfile.mkdtemp(prefix="tests-"))
    return config.stash[OWN_FOLDER]


def server_address(config: pytest.Config) -> str:
    """The server of ``TEST_DATABASE_URL``, else one of our own, started when first asked for.

    **Raises** PostgresUnavailable.
    """
    if told := os.environ.get("TEST_DATABASE_URL") or workerinput(config).get(ADDRESS):
        return str(told)
    if OWN_SERVER not in config.stash:
        config.stash[OWN_SERVER] = PostgresServer()
    return config.stash[OWN_SERVER].url()


def workerinput(config: pytest.Config) -> dict[str, Any]:
    """What the leading process told this worker; empty where there is only one process."""
    return getattr(config, "workerinput", {})


def pytest_unconfigure(config: pytest.Config) -> None:
    if OWN_SERVER in config.stash:
        config.stash[OWN_SERVER].stop()
    if OWN_FOLDER in config.stash:
        if address := os.environ.get("TEST_DATABASE_URL"):
            PostgresDatabases(address, config.stash[OWN_FOLDER]).drop_model()
        shutil.rmtree(config.stash[OWN_FOLDER])

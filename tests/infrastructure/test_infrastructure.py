"""The ground that the other tests stand on."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.infrastructure import kinds
from tests.infrastructure.databases import SQLiteDatabases
from tests.infrastructure.network import NetworkForbidden, is_here

pytest_plugins = ["pytester"]

FAR_AWAY = ("192.0.2.1", 9)


def test_a_connection_to_another_host_fails_at_once() -> None:
    with socket.socket() as far, pytest.raises(NetworkForbidden):
        far.connect(FAR_AWAY)
    with socket.socket() as far, pytest.raises(NetworkForbidden):
        far.connect_ex(FAR_AWAY)
    with socket.socket(type=socket.SOCK_DGRAM) as far, pytest.raises(NetworkForbidden):
        far.sendto(b"anyone there?", FAR_AWAY)
    with pytest.raises(NetworkForbidden):
        socket.create_connection(("other.example", 80))


def test_a_connection_to_this_machine_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "localhost", b"localhost", None, ""])
def test_this_machine_is_known_by_its_names(host: object) -> None:
    assert is_here(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "localhost.example", "dresden.example"])
def test_another_machine_is_not_taken_for_this_one(host: object) -> None:
    assert not is_here(host)


def test_both_kinds_of_database_take_rows(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE streets (name TEXT)"))
        connection.execute(text("INSERT INTO streets VALUES ('Königsbrücker Straße')"))
        assert connection.scalar(text("SELECT name FROM streets")) == "Königsbrücker Straße"
    engine.dispose()
    assert make_url(empty_database_url).get_backend_name() in ("sqlite", "postgresql")


def test_an_empty_database_is_new_for_each_test(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE streets (name TEXT)"))
    engine.dispose()


SENDS = """
from sqlalchemy import create_engine, text

def send(*numbers):
    with create_engine("sqlite://").connect() as connection:
        for number in numbers:
            connection.execute(text(f"SELECT {number}"))
"""
SENDING = """
import sys
import pytest
sys.path.append("wohnberatung")
from sends import send

pytest_plugins = ["tests.infrastructure.kinds"]

@pytest.fixture(scope="session")
def databases(request):
    return request.param
"""
SENT = """
from conftest import send

def test_one(databases): send(1)
def test_two(databases): send(1, 2)
def test_race(databases): send(3)
def test_three(databases): send(3)
def test_none(databases): send()
def test_engine(): send(4)
"""
# It holds something for the whole process that runs tests in a process.
QUIET = ("-p", "no:playwright")


def test_every_statement_that_is_sent_is_sent_on_both_kinds_of_database(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = pytester.path / "sqlite_alone.txt"
    found.touch()
    pytester.mkdir("wohnberatung").joinpath("sends.py").write_text(SENDS)
    pytester.makeconftest(SENDING)
    pytester.makepyfile(test_sending=SENT)
    monkeypatch.setattr(kinds, "SQLITE_ALONE", found)
    kinds.sqlite_alone.cache_clear()
    pytester.runpytest(*QUIET).assert_outcomes(passed=11)
    pytester.runpytest(*QUIET, "--find-kinds").assert_outcomes(passed=6)
    kinds.sqlite_alone.cache_clear()
    assert found.read_text().split() == [f"test_sending.py::test_{name}" for name in ("none", "one", "three")]
    pytester.runpytest(*QUIET).assert_outcomes(passed=8)
    pytester.runpytest(*QUIET, "--both-databases").assert_outcomes(passed=11)
    kinds.sqlite_alone.cache_clear()


def test_what_is_about_the_database_runs_on_both() -> None:
    assert [name for name in kinds.sqlite_alone() if kinds.MATTERS.search(name)] == []


CONFIGURED = """
import logging, logging.config
log = logging.getLogger("office")

def test_a_library():
    {call}

def test_a_log(caplog):
    log.warning("there is a fault")
    assert caplog.messages == ["there is a fault"]
"""


SILENCING = ("logging.config.dictConfig({'version': 1})", "log.setLevel('CRITICAL')", "log.propagate = False")


@pytest.mark.parametrize("call", SILENCING)
def test_whoever_configures_logging_silences_no_later_test(pytester: pytest.Pytester, call: str) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.infrastructure.loggers"]')
    pytester.makepyfile(test_logging=CONFIGURED.format(call=call))
    pytester.runpytest(*QUIET).assert_outcomes(passed=2)


PASSED = "def test_a(): pass"
SKIPPED = "import pytest\ndef test_a(): pytest.skip('why')"
NOT_COLLECTED = "import pytest\npytest.importorskip('no_such_module')"
EXPECTED_TO_FAIL = "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False"
PASSED_UNEXPECTEDLY = "import pytest\n@pytest.mark.xfail\ndef test_a(): pass"


def run_beside_a_passing_test(pytester: pytest.Pytester, body: str, *options: str) -> pytest.RunResult:
    pytester.makeconftest('pytest_plugins = ["tests.infrastructure.strict"]')
    pytester.makepyfile(test_one=PASSED, test_two=body)
    # The browser plugin cannot stand a session within a session.
    return pytester.runpytest("-p", "no:cacheprovider", "-p", "no:playwright", *options)


@pytest.mark.parametrize("body", [SKIPPED, NOT_COLLECTED, EXPECTED_TO_FAIL, PASSED_UNEXPECTEDLY])
def test_a_strict_run_fails_when_a_test_proves_nothing(pytester: pytest.Pytester, body: str) -> None:
    result = run_beside_a_passing_test(pytester, body, "--nothing-skipped")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*nothing may be skipped*", "*: test_two.py*"])


def test_a_strict_run_in_parallel_fails_too(pytester: pytest.Pytester) -> None:
    result = run_beside_a_passing_test(pytester, SKIPPED, "--nothing-skipped", "-n2")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["skipped: test_two.py*"])


def test_a_strict_run_of_passing_tests_passes(pytester: pytest.Pytester) -> None:
    assert run_beside_a_passing_test(pytester, PASSED, "--nothing-skipped").ret == pytest.ExitCode.OK


def test_any_other_run_may_skip(pytester: pytest.Pytester) -> None:
    assert run_beside_a_passing_test(pytester, SKIPPED).ret == pytest.ExitCode.OK


def test_one_kind_of_database_may_come_again_after_the_other(tmp_path: Path) -> None:
    """The fixture is made anew each time; what the model of the copies is called is not given to a copy."""
    names = {SQLiteDatabases(tmp_path, tmp_path).create() for _turn in range(3)}
    assert len(names) == 3

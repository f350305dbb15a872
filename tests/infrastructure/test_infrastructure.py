"""The ground that the other tests stand on."""

import socket

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.infrastructure.chromium import ROOT
from tests.infrastructure.kinds import PAGES_ALONE
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


def test_what_runs_on_one_database_alone_is_there() -> None:
    assert [name for name in PAGES_ALONE if not (ROOT / name).is_file()] == []


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

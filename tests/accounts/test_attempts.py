"""Failed attempts make the next ones slower, never impossible."""

from datetime import timedelta

import time_machine

from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user
from wohnberatung.core import clock


def attempt(client: CheckingClient, email: str, password: str = "falsch", address: str = "192.0.2.1") -> int:
    """The seconds to wait; -1 for a wrong password, 0 for success."""
    form = keys(client) | {"email": email, "password": password}
    answer = client.post("/anmelden", data=form, environ_base={"REMOTE_ADDR": address})
    return {400: -1, 302: 0}.get(answer.status_code) or int(answer.headers.get("Retry-After", 0))


def test_the_pause_grows_and_ends_with_success(client: CheckingClient) -> None:
    user = make_user()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for expected in (None, None, 2, 4, 8, 16, 32, 60, 60):
            assert attempt(client, user.email) == -1
            if expected:
                assert attempt(client, user.email, PASSWORD) == expected
            traveller.shift(timedelta(minutes=10))
        assert attempt(client, user.email, PASSWORD) == 0
        assert attempt(client, user.email) == -1
        assert attempt(client, user.email) == -1, "success forgets what was before"


def test_the_pause_concerns_one_connection_only(client: CheckingClient) -> None:
    """Nobody can lock somebody else out."""
    user = make_user()
    with time_machine.travel(clock.now(), tick=False):
        assert [attempt(client, user.email) for _number in range(4)] == [-1, -1, -1, 2]
        assert attempt(client, user.email, PASSWORD) == 2, "also for the right password"
        assert attempt(client, user.email, PASSWORD, address="198.51.100.9") == 0


def test_unknown_addresses_wait_as_well(client: CheckingClient) -> None:
    with time_machine.travel(clock.now(), tick=False):
        assert [attempt(client, "nobody@example.org") for _number in range(4)] == [-1, -1, -1, 2]

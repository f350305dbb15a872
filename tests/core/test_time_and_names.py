"""Days begin at midnight in Dresden; names of things cannot be guessed."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from wohnberatung.core import clock, ids
from wohnberatung.core.texts import as_spoken


def test_late_in_the_evening_it_is_already_tomorrow_in_berlin() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 23)
        assert clock.now() == datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def test_a_day_begins_at_local_midnight_also_when_clocks_change() -> None:
    assert clock.start_of_day(date(2026, 3, 29)) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert clock.start_of_day(date(2026, 3, 30)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert clock.start_of_day(date(2026, 10, 26)) == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_public_ids_are_long_random_and_plain() -> None:
    drawn = {ids.new_id() for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(re.fullmatch(r"[a-z2-7]{26}", each) for each in drawn)


def test_receipt_numbers_can_be_read_out() -> None:
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), tick=False):
        drawn = [ids.new_receipt_number() for _ in range(200)]
    assert all(re.fullmatch(r"DD-2027-[A-Z]{2}[2-9]{4}", number) for number in drawn), "no capital stands alone"
    assert not any(set("AEIOUL01") & set(number[8:]) for number in drawn)


def test_only_the_hash_of_a_secret_is_stored() -> None:
    token = ids.new_token()
    assert ids.hash_token(token) == ids.hash_token(token)
    assert re.fullmatch(r"[0-9a-f]{64}", ids.hash_token(token))
    assert token not in ids.hash_token(token)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Müller-Platz, Jörg", "Jörg Müller-Platz"),
        ("von der Heide, Anna Maria", "Anna Maria von der Heide"),
        ("Nguyễn , Thị Lan", "Thị Lan Nguyễn"),
        ("Jörg Müller-Platz", "Jörg Müller-Platz"),
        ("Anna Beck, Tochter", "Anna Beck, Tochter"),
        ("Beck, Anna, Tochter", "Beck, Anna, Tochter"),
        ("Müller-Platz,", "Müller-Platz,"),
        (" , ", ","),
    ],
)
def test_a_name_with_its_family_name_first_is_said_in_order(written: str, spoken: str) -> None:
    assert as_spoken(written) == spoken

"""The invented cases fill the desks of both advisors, once."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from seed_data.files import read_toml
from tests.people import make_user
from wohnberatung.accounts.services.people import find_user, load_actor
from wohnberatung.cases.models import Case, Consultation
from wohnberatung.cases.services.follow_ups import due_follow_ups
from wohnberatung.cases.spoken_dates import read_line
from wohnberatung.core import clock
from wohnberatung.seeding.cases import open_cases


def test_both_advisors_find_work_due_today_and_a_second_filling_adds_nothing(session: Any) -> None:
    accounts = {record["id"]: record for record in read_toml("accounts.toml")["account"]}
    for name in ("beraterin1", "berater2"):
        make_user("advisor", email=accounts[name]["email"], name=accounts[name]["name"])
    assert open_cases(session) == 8
    for name in ("beraterin1", "berater2"):
        user = find_user(accounts[name]["email"])
        actor = load_actor(user.id) if user else None
        assert actor is not None
        assert due_follow_ups(actor, clock.today()), name
    assert session.scalar(select(func.count()).select_from(Consultation)) == 10
    assert open_cases(session) == 0
    assert session.scalar(select(func.count()).select_from(Case)) == 8


def test_the_lines_of_follow_ups_have_one_reading_on_whatever_day_the_demo_begins() -> None:
    """A line that must be asked back about, such as "nächsten Dienstag", stopped the demo on some days."""
    lines = [line for record in read_toml("cases.toml")["case"] for line in record.get("follow_ups", ())]
    for day in (date(2026, 1, 1) + timedelta(days=passed) for passed in range(366)):
        readings = {line: read_line(line, day) for line in lines}
        assert [line for line, read in readings.items() if len(read) != 1 or not read[0].sure] == [], day

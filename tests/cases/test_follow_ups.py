"""Follow-ups: put off once the new day was seen, made again where they come again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.factories import actor_of, make_case
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.cases.models import Case, FollowUp
from wohnberatung.cases.services.closing import OPEN_FOLLOW_UPS
from wohnberatung.cases.services.follow_ups import add_follow_up, due_follow_ups, follow_ups_of, understand
from wohnberatung.cases.services.personal_data import stored_about_case
from wohnberatung.core import clock
from wohnberatung.extensions import db


@pytest.fixture
def anna(client: CheckingClient) -> Any:
    user = make_user("advisor")
    sign_in(client, user)
    return actor_of(user)


def added(case: Case, line: str, anna: Any) -> FollowUp:
    said = understand(line)
    assert said is not None
    return add_follow_up(case, said, anna)


def test_a_new_day_is_read_while_it_is_typed_and_nothing_is_stored(client: CheckingClient, anna: Any) -> None:
    row = added(make_case(anna), "morgen anrufen", anna)
    own, due = f"/wiedervorlagen/{row.id}", row.due_on
    form = find_form(Page(client.get(own).text), {"when"}, "")
    fields = dict(offered_values(form))
    drawn = {
        line: client.post(f"{own}/lesart", data={**fields, "when": line}).json["readings"]["when_day"]
        for line in (
            "in 3 Tagen Brief",
            "übermorgen",
            "nächsten Freitag oder Samstag",
            "alle 2 Wochen Dienstag",
            "irgendwann",
            "am 3.11.2020 anrufen",
            "am 13.12.2030 24 Uhr",
            "am 25.12.2030",
            "",
        )
    }
    assert f"{clock.today() + timedelta(days=3):%Y-%m-%d}" in drawn["in 3 Tagen Brief"]
    assert ": Brief" in drawn["in 3 Tagen Brief"]
    # What was to be done stays so where only the day is new.
    assert all(": anrufen" in drawn[line] for line in ("übermorgen", "alle 2 Wochen Dienstag"))
    assert drawn["nächsten Freitag oder Samstag"].count('type="radio"') >= 2
    assert "checked" not in drawn["nächsten Freitag oder Samstag"]
    assert "danach alle 2 Wochen" in drawn["alle 2 Wochen Dienstag"]
    assert "Wir verstehen den Tag nicht." in drawn["irgendwann"]
    assert "Der 03.11.2020 ist vorbei." in drawn["am 3.11.2020 anrufen"]
    assert "Samstag, 14. Dezember 2030, 0:00 Uhr: anrufen" in drawn["am 13.12.2030 24 Uhr"]
    assert "Der 25.12.2030 ist ein Feiertag: Erster Weihnachtstag." in drawn["am 25.12.2030"]
    assert not any("checked" in drawn[line] for line in ("am 13.12.2030 24 Uhr", "am 25.12.2030"))
    assert drawn[""].strip() == ""
    assert "Es gibt ein Problem" not in "".join(drawn.values())
    assert db.session.get_one(FollowUp, row.id).due_on == due


def test_a_new_day_is_seen_before_it_is_kept_and_two_readings_ask(client: CheckingClient, anna: Any) -> None:
    row = added(make_case(anna), "morgen anrufen", anna)
    own, due = f"/wiedervorlagen/{row.id}", row.due_on
    seen = client.submit(own, {"when": "am 3.12.2030 oder 5.12.2030 Brief"}, button="Verschieben")
    assert seen.status_code == 400
    assert "Welcher Tag ist gemeint?" in words(Page(seen.text).root)
    assert db.session.get_one(FollowUp, row.id).due_on == due
    fields = dict(offered_values(find_form(Page(seen.text), {"when_day"}, "")))
    client.post(own, data={**fields, "when_day": "2030-12-05"})
    assert f"{db.session.get_one(FollowUp, row.id).due_on:%d.%m.%Y}" == "05.12.2030"


@pytest.mark.parametrize(
    ("line", "key", "asked"),
    [
        ("am 8.12.2030 anrufen", "2030-12-08", "Der 08.12.2030 ist ein Sonntag."),
        ("am 25.12.2030 anrufen", "2030-12-25", "Der 25.12.2030 ist ein Feiertag: Erster Weihnachtstag."),
        ("Bescheid am 20.11.2030", "2030-11-20", "Der 20.11.2030 ist ein Feiertag: Buß- und Bettag."),
        ("8.12.2030 oder 9.12.2030", "2030-12-08", "Der 08.12.2030 ist ein Sonntag."),
    ],
)
def test_a_day_of_rest_is_asked_about_before_it_is_kept(
    client: CheckingClient, anna: Any, line: str, key: str, asked: str
) -> None:
    row = added(make_case(anna), "morgen anrufen", anna)
    own, due = f"/wiedervorlagen/{row.id}", row.due_on
    seen = client.submit(own, {"when": line}, button="Verschieben")
    assert seen.status_code == 400
    assert f"{asked} Soll es trotzdem sein?" in words(Page(seen.text).root)
    assert f'value="{line}"' in seen.text
    assert db.session.get_one(FollowUp, row.id).due_on == due
    fields = dict(offered_values(find_form(Page(seen.text), {"when_day"}, "")))
    assert "when_day" not in fields, "nothing is chosen for the person"
    client.post(own, data={**fields, "when_day": key})
    assert db.session.get_one(FollowUp, row.id).due_on.isoformat() == key


def test_what_comes_again_is_made_again_when_it_is_done_until_somebody_ends_it(
    client: CheckingClient, anna: Any
) -> None:
    case = make_case(anna)
    row = added(case, "alle 2 Wochen Dienstag anrufen", anna)
    first = row.due_on
    page = client.get(f"/faelle/{case.id}")
    assert "danach alle 2 Wochen" in words(Page(page.text).root)
    client.submit(f"/faelle/{case.id}", button="Erledigt")
    ((following, text),) = follow_ups_of(case)
    assert (following.due_on, text, following.every) == (first + timedelta(weeks=2), "anrufen", "2 woche")
    assert [each for each, _text in due_follow_ups(anna, following.due_on)] == [following]
    assert [told["every"] for told in stored_about_case(case, anna)["follow_ups"]] == ["alle 2 Wochen"] * 2
    client.submit(f"/faelle/{case.id}", button="Erledigt, nicht wieder")
    assert follow_ups_of(case) == []


def test_putting_off_what_comes_again_goes_on_and_closing_its_case_ends_it(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    row = added(case, "jede Woche am Montag Stand erfragen", anna)
    own = f"/wiedervorlagen/{row.id}"
    seen = client.submit(own, {"when": "am 5.12.2030"}, button="Verschieben")
    client.post(
        own, data={**dict(offered_values(find_form(Page(seen.text), {"when_day"}, ""))), "when_day": "2030-12-05"}
    )
    moved = db.session.get_one(FollowUp, row.id)
    assert (f"{moved.due_on:%d.%m.%Y}", moved.every, moved.plain_text) == ("05.12.2030", "1 woche", "Stand erfragen")
    OPEN_FOLLOW_UPS.end(case, anna)
    assert db.session.scalars(select(FollowUp).where(FollowUp.done_at.is_(None))).all() == []

"""Both sides agree on a date over HTTP; calendars, mails and the match follow."""

from datetime import date, time, timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from tests.appointments.cases import MONDAY, at
from tests.brokerage.cases import home, mails, steps_of
from tests.brokerage.ways import on_the_way, sharing
from tests.factories import advisor, make_organisation
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.viewings.cases import (
    LANDLORD,
    TO_RELEASED,
    acquainted,
    agreed,
    fields_for,
    held,
    in_days,
    proposed,
    provider_link,
    reachable_home,
)
from wohnberatung.brokerage.models import MatchTask
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.providers.models import ProviderLink
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.viewings.models import Viewing, ViewingLink
from wohnberatung.viewings.services import dates
from wohnberatung.viewings.services.calendar_file import viewing_calendar
from wohnberatung.viewings.services.sides import VIEWING
from wohnberatung.viewings.services.timers import ask_how_it_was, call_off_ended, remind
from wohnberatung.web.filters import slot_word


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(at(8, day=MONDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture
def landlord(client):
    """The browser of somebody who offers, and a home of theirs whose street is known."""
    owner = make_organisation()
    offer = reachable_home(owner)
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    return client, offer


def test_name_and_contact_are_read_as_long_as_the_page_of_the_viewing(session) -> None:
    owner = make_organisation()
    make_user("provider", organisation_ids=[owner.id])
    match = acquainted(reachable_home(owner)).match
    ends = {kind: session.scalars(select(kind.valid_until)).all()[-1] for kind in (ProviderLink, ViewingLink)}
    assert ends[ProviderLink] == ends[ViewingLink] > match.due_at
    assert any("Namen und Kontakt zeigt der Link bis zum 10.02.2027." in mail.text for mail in mails())


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def by_link_of(pair):
    return f"/besichtigung/{pair.token}/{pair.match.id}"


def event_of(data):
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return event


def test_one_side_proposes_and_the_other_chooses(app, landlord):
    browser, offer = landlord
    pair = acquainted(offer)
    day = clock.today() + timedelta(days=2)
    here = f"/besichtigungen/{pair.match.id}"
    page = browser.submit(here, fields_for((day, "14:00"), (day, "16:30")), button="Termine vorschlagen")
    assert "Die andere Seite wählt jetzt einen Termin" in text_of(page)
    seeker = app.test_client()
    shown = seeker.get(by_link_of(pair))
    assert "14:00" in shown.text
    assert "16:30" in shown.text
    assert "Elbstraße" not in shown.text, "nobody comes before there is a date"
    done = seeker.submit(by_link_of(pair), {"moment": slot_word(in_days(2, time(16, 30)))}, button="Termin wählen")
    for expected in ("Termin vereinbart", "16:30 Uhr", "Elbstraße 7", "In meinen Kalender eintragen"):
        assert expected in text_of(done)
    assert (pair.match.state, pair.match.viewing_on, steps_of(pair.match)[-1]) == ("viewing", day, "view")
    assert pair.match.events[-1].party == "seeker"
    assert "Erika Beispiel" in text_of(browser.get(here))
    told = [mail for mail in mails() if "Besichtigung" in mail.subject]
    assert [mail.to for mail in told] == [LANDLORD]
    assert "Elbstraße" not in told[0].text
    assert "16:30" not in told[0].text


def test_the_mailed_link_opens_the_viewing_without_signing_in(app, landlord):
    _browser, offer = landlord
    pair = proposed(acquainted(offer))
    dates.choose(pair.seeker, in_days(2), version=pair.viewing.version)
    page = app.test_client().get(provider_link(mails()))
    assert "Termin vereinbart" in text_of(page)
    assert "Termin absagen" in page.text


def test_who_wants_other_dates_says_so_and_proposes_some(app, session):
    pair = proposed()
    seeker = app.test_client()
    page = seeker.submit(by_link_of(pair), {"moment": "keiner"}, button="Termin wählen")
    assert "Die andere Seite schlägt jetzt andere Termine vor" in text_of(page)
    day = clock.today() + timedelta(days=9)
    page = seeker.submit(by_link_of(pair), fields_for((day, "10:00")), button="Termine vorschlagen")
    assert "Die andere Seite wählt jetzt einen Termin" in text_of(page)
    assert pair.viewing.proposed_by == "seeker"
    with pytest.raises(Conflict):
        dates.choose(pair.seeker, in_days(9, time(10)), version=pair.viewing.version)
    dates.choose(pair.provider, in_days(9, time(10)), version=pair.viewing.version)
    assert pair.match.viewing_on == day


def test_the_office_speaks_for_either_side(client):
    pair = acquainted()
    sign_in(client, make_user("advisor", name="Anna Beraterin"))
    here, day = f"/besichtigungen/{pair.match.id}", clock.today() + timedelta(days=4)
    refused = client.submit(here, fields_for((day, "09:00")), button="Termine vorschlagen")
    assert refused.status_code == 400
    assert "Bitte sagen Sie, für wen." in text_of(refused)
    client.submit(here, {"side": "provider", **fields_for((day, "09:00"))}, button="Termine vorschlagen")
    page = client.submit(here, {"moment": slot_word(in_days(4, time(9)))}, button="Termin wählen")
    assert "Termin vereinbart" in text_of(page)
    told = text_of(client.get(f"/vorschlaege/{pair.match.id}"))
    assert "Besichtigung vereinbart" in told
    assert "am Telefon, aufgenommen von Anna Beraterin" in told


@pytest.mark.parametrize(
    ("moments", "field"),
    [([], "day_1"), ([0], "day_1"), ([120], "day_1"), ([1, 2, 3, 4], "day_1")],
)
def test_dates_that_cannot_be_are_refused(session, moments, field):
    pair = acquainted()
    with pytest.raises(DomainError) as refused:
        dates.propose(pair.provider, [in_days(day) for day in moments], version=0)
    assert refused.value.field == field
    with pytest.raises(DomainError, match="7 und 20 Uhr"):
        dates.propose(pair.provider, [in_days(2, time(3))], version=0)


def test_half_a_date_and_a_holiday_are_said_in_the_form(app, session):
    pair = acquainted()
    easter = date(2027, 3, 29)
    seeker = app.test_client()
    page = seeker.submit(by_link_of(pair), {**fields_for((easter, "10:00")), "day_2": "2027-03-30"})
    assert "Bitte geben Sie zu diesem Termin Tag und Uhrzeit an." in text_of(page)
    dates.propose(pair.seeker, [dates.moment_at(easter, time(10))], version=0)
    sign_in(seeker, make_user("advisor"))
    assert "Feiertag: Ostermontag" in text_of(seeker.get(f"/besichtigungen/{pair.match.id}"))


def test_on_the_day_the_clocks_change_the_hour_on_the_wall_holds(session):
    pair = acquainted()
    sunday = date(2027, 3, 28)
    dates.propose(pair.provider, [dates.moment_at(sunday, time(10))], version=0)
    dates.choose(pair.seeker, dates.moment_at(sunday, time(10)), version=pair.viewing.version)
    event = event_of(viewing_calendar(pair.seeker))
    assert event.decoded("dtstart").isoformat() == "2027-03-28T08:00:00+00:00"
    assert clock.to_berlin(pair.viewing.starts_at).time() == time(10)


def test_a_calendar_knows_a_date_again_that_is_called_off_and_moved(session):
    pair = agreed()
    first = event_of(viewing_calendar(pair.seeker))
    assert (str(first["status"]), str(first["summary"])[:12]) == ("CONFIRMED", "Besichtigung")
    assert "Erika" not in str(first)
    dates.call_off(pair.seeker, version=pair.viewing.version)
    assert (pair.match.state, pair.match.viewing_on) == ("contact_released", None)
    off = event_of(viewing_calendar(pair.provider))
    assert (str(off["status"]), str(off["summary"])[:9]) == ("CANCELLED", "Abgesagt:")
    dates.propose(pair.provider, [in_days(5)], version=pair.viewing.version)
    dates.choose(pair.seeker, in_days(5), version=pair.viewing.version)
    moved = event_of(viewing_calendar(pair.seeker))
    assert {str(event["uid"]) for event in (first, off, moved)} == {str(first["uid"])}
    assert first["sequence"] < off["sequence"] < moved["sequence"]
    assert (str(moved["status"]), moved.decoded("dtstart")) == ("CONFIRMED", in_days(5))


def test_the_file_is_handed_out_by_link(app, session):
    pair = agreed()
    assert app.test_client().get(f"{by_link_of(acquainted())}/termin.ics").status_code == 302
    answer = app.test_client().get(f"{by_link_of(pair)}/termin.ics")
    assert answer.mimetype == "text/calendar"
    assert event_of(answer.data).decoded("dtstart") == in_days(2)


def test_both_are_reminded_the_day_before_and_once(session, monday_morning):
    pair = agreed(acquainted(reachable_home()))
    session.commit()
    assert remind() == 0
    monday_morning.move_to(in_days(2) - timedelta(hours=25))
    assert (remind(), remind()) == (2, 0)
    reminded = [mail.to for mail in mails() if mail.subject.startswith("Bald ist Ihre Besichtigung")]
    assert sorted(reminded) == ["erika@example.org", LANDLORD]
    monday_morning.move_to(pair.viewing.starts_at + timedelta(hours=2))
    assert (ask_how_it_was(), ask_how_it_was()) == (2, 0)


def test_a_second_missed_date_brings_the_match_to_rest(session, monday_morning):
    pair = held()
    dates.miss(pair.provider, "seeker", version=pair.viewing.version)
    assert (pair.match.state, pair.viewing.seeker_missed) == ("contact_released", 1)
    dates.propose(pair.seeker, [in_days(3)], version=pair.viewing.version)
    dates.choose(pair.provider, in_days(3), version=pair.viewing.version)
    with pytest.raises(DomainError, match="noch nicht"):
        dates.miss(pair.provider, "seeker", version=pair.viewing.version)
    monday_morning.move_to(in_days(3) + timedelta(hours=1))
    dates.miss(pair.provider, "seeker", version=pair.viewing.version)
    assert (pair.match.state, pair.match.reason) == ("expired", "dates_missed")
    tasks = db.session.scalars(select(MatchTask.kind).where(MatchTask.match_id == pair.match.id)).all()
    assert tasks == ["contact"], "the office asks what has happened"


def test_a_match_that_ends_takes_its_date_along_and_those_who_offer_are_told(session):
    pair = agreed(acquainted(reachable_home()))
    advance(pair.match.id, "withdraw", advisor(), given=Given("condition"))
    session.commit()
    assert call_off_ended() == 1
    assert pair.viewing.state == "called_off"
    (off,) = (mail for mail in mails() if mail.subject.startswith("Die Besichtigung findet nicht statt"))
    assert off.to == LANDLORD
    assert "/besichtigung/" not in off.text
    assert call_off_ended() == 0


def test_a_consent_taken_back_ends_date_and_link_at_once(app, session):
    pair = agreed(acquainted(reachable_home()))
    path = provider_link(mails())
    assert app.test_client().get(path).status_code == 200
    withdraw_consent(pair.match.request, "sharing")
    assert pair.viewing.state == "called_off"
    assert app.test_client().get(path).status_code == 404
    with pytest.raises(NotFound):
        VIEWING.at_desk(pair.match.id, pair.landlord)


def test_nobody_gets_in_before_contact_is_released(app, landlord):
    browser, offer = landlord
    submitted = sharing()
    match = on_the_way(*TO_RELEASED[:-1], submitted=submitted, offer=offer)
    assert browser.get(f"/besichtigungen/{match.id}").status_code == 404
    assert app.test_client().get(f"/besichtigung/{submitted.token}/{match.id}").status_code == 404
    assert "Keine" not in text_of(browser.get("/besichtigungen"))


def test_a_stranger_and_a_foreign_landlord_find_nothing(client, app):
    pair = agreed()
    other = acquainted(home("Andere"))
    sign_in(client, make_user("provider", organisation_ids=[make_organisation().id]))
    assert client.get(f"/besichtigungen/{pair.match.id}").status_code == 404
    assert client.get(f"/besichtigung/{other.token}/{pair.match.id}").status_code == 404
    assert app.test_client().get("/besichtigung/falsch/falsch").status_code == 404
    assert db.session.scalar(select(Viewing.state)) == "agreed"
    with pytest.raises(NotFound):
        VIEWING.by_link("falsch", pair.match.id)


def test_how_to_get_in_is_read_in_the_language_of_the_person(app, landlord):
    browser, offer = landlord
    pair = agreed(acquainted(offer))
    here = f"/besichtigungen/{pair.match.id}"
    said = {"meet": "Vor der Haustür", "bell": "Hausmeister Krause", "into_house": "ramp", "lift": "large"}
    browser.submit(here, said, button="Weg speichern")
    seeker = app.test_client()
    page = text_of(seeker.get(by_link_of(pair)))
    for expected in ("Vor der Haustür", "Hausmeister Krause", "Mit einer Rampe"):
        assert expected in page
    assert "With a ramp" in text_of(seeker.get(f"{by_link_of(pair)}?sprache=en"))
    assert b"Krause" not in db.session.scalar(select(Viewing.arrival))

"""An adapted home that falls vacant is first shown to those who need what was measured in it, until a declared day."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.brokerage.cases import BALCONY, DOOR, home, reviewed
from tests.brokerage.ways import TO_COMPLETED, go, on_the_way
from tests.factories import advisor, make_offer, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.brokerage.services.first_shown import (
    declare_first,
    first_shown_until,
    homes_shown_first,
    who_needs,
)
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.errors import DomainError

MUST_BALCONY = BALCONY | {"importance": "must"}


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=BERLIN), tick=False)


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def vacant(session):
    """A home with wide doors that was adapted for somebody, who has left: it is on offer again from 2 November on."""
    with at(2026, 8, 3, 12):
        match = on_the_way(*TO_COMPLETED[:-2], offer=home("Umgebaut", 95, balcony=True))
    with at(2026, 11, 2, 12):
        go(match, "end_living")
        again = make_offer(match.offer.dwelling, title="Umgebaut, wieder frei")
        session.commit()
    return again


def test_it_is_proposed_to_those_who_need_it_and_after_its_time_to_everybody(session, vacant):
    with at(2026, 11, 16, 12):
        assert first_shown_until(vacant) == date(2026, 11, 16)
        assert homes_shown_first() == [(vacant, date(2026, 11, 16))]
        anybody = reviewed(make_request(MUST_BALCONY), vacant)
        assert advance(anybody.id, "offer", advisor()).state == "offered", "nobody needs it: it is kept for nobody"
        needy = reviewed(make_request(DOOR), vacant)
        session.commit()
        assert who_needs(vacant) == {needy.request_id: (DOOR["key"],)}
        other = reviewed(make_request(MUST_BALCONY), vacant)
        with pytest.raises(DomainError, match=r"bis zum\s16\.11\.2026 zuerst"):
            advance(other.id, "offer", advisor())
        assert advance(needy.id, "offer", advisor()).state == "offered"
    with at(2026, 11, 17, 12):
        assert first_shown_until(vacant) is None
        assert homes_shown_first() == []
        assert advance(other.id, "offer", advisor()).state == "offered"


def test_what_was_not_adapted_is_for_everybody_until_the_office_declares_a_day(session):
    plain, unmeasured = home("Gewöhnlich"), make_offer(title="Nicht gemessen")
    session.commit()
    today = clock.today()
    assert first_shown_until(plain) is None
    for refused in (today - timedelta(days=1), today + timedelta(weeks=9)):
        with pytest.raises(DomainError):
            declare_first(plain.id, refused, advisor(), version=None)
    with pytest.raises(DomainError, match="nichts gemessen"):
        declare_first(unmeasured.id, today, advisor(), version=None)
    declared = declare_first(plain.id, today, advisor(), version=None)
    assert first_shown_until(plain) == today
    declare_first(plain.id, None, advisor(), version=declared.version)
    assert first_shown_until(plain) is None


def test_it_stands_on_the_desk_in_the_offer_and_beside_the_notice_of_what_is_scarce(client, session, vacant):
    with at(2026, 11, 10, 12):
        sign_in(client, make_user("advisor"))
        needy, other = make_request(DOOR), reviewed(make_request(MUST_BALCONY), vacant)
        session.commit()
        desk = client.get("/heute")
        assert f"/angebote/{vacant.id}/zuerst" in desk.text
        assert "Bis zum 16.11.2026 schlagen wir" in text_of(client.get(f"/angebote/{vacant.id}"))
        english = client.get(f"/angebote/{vacant.id}?sprache=en")
        assert "Until 16 November 2026" in text_of(english)
        beside = text_of(client.get(f"/vorschlaege/{other.id}"))
        assert "Diese Person braucht nichts davon" in beside
        page = f"/angebote/{vacant.id}/zuerst"
        shown = text_of(client.get(page))
        for told in ("Bis zum 16.11.2026", needy.request.receipt_number, "Lichte Breite der Innentüren"):
            assert told in shown, told
        moved = client.submit(page, {"until": "2026-12-01"}, button="Tag festhalten")
        assert "Bis zum 01.12.2026" in text_of(moved)
        ended = client.submit(page, {}, button="Jetzt für alle freigeben")
        assert "zurzeit für alle da" in text_of(ended)
        assert advance(other.id, "offer", advisor()).state == "offered"

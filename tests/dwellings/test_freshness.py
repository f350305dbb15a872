"""Offers that may be gone: asked about in good time, confirmed with one click, ended if nobody answers."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.committed import committed
from tests.factories import make_dwelling, make_offer, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.transactions import LeftUndone
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services import freshness
from wohnberatung.dwellings.services.freshness import confirm_own, stale_on
from wohnberatung.dwellings.services.offers import confirm_by_delivery
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content

ask_whether_available = committed(freshness.ask_whether_available)
end_stale = committed(freshness.end_stale)


@pytest.fixture
def owner(session: Any) -> Any:
    owner = make_organisation()
    make_user("provider", organisation_ids=[owner.id])
    return owner


def published(owner: Any, days_ago: int, **fields: Any) -> Offer:
    offer = make_offer(make_dwelling(owner), **fields)
    offer.published_at = clock.now() - timedelta(days=days_ago)
    db.session.flush()
    return offer


def age(offer: Offer, days: int) -> None:
    """Let so many days pass for this offer."""
    for name in ("published_at", "confirmed_at", "asked_at"):
        if moment := getattr(offer, name):
            setattr(offer, name, moment - timedelta(days=days))
    db.session.flush()


def mails() -> list[str]:
    return [mail.template for mail in db.session.query(OutgoingMail).order_by(OutgoingMail.created_at)]


def test_an_organisation_is_asked_once_for_all_its_offers_two_weeks_before(owner):
    fresh, old, older = (published(owner, days) for days in (45, 46, 50))
    assert (ask_whether_available(), ask_whether_available(), mails()) == (2, 0, ["still_available"])
    assert [offer.asked_at is not None for offer in (fresh, old, older)] == [False, True, True]
    assert stale_on(old) - old.published_at == timedelta(days=60)


def test_what_nobody_confirms_ends_but_not_without_notice(owner):
    forgotten = published(owner, 200)
    assert end_stale() == 0  # nobody was asked yet
    ask_whether_available()
    age(forgotten, 6)
    assert end_stale() == 0
    age(forgotten, 1)
    assert (end_stale(), forgotten.status, mails()) == (1, "withdrawn", ["still_available", "offers_ended"])
    assert end_stale() == 0


def test_a_confirmed_offer_is_fresh_again(owner):
    offer = published(owner, 55)
    ask_whether_available()
    confirm_own(offer.id, provider_of(owner))
    age(offer, 45)
    assert (ask_whether_available(), end_stale(), offer.status) == (0, 0, "published")
    with pytest.raises(NotFound):
        confirm_own(offer.id, provider_of(make_organisation()))
    offer.status = "withdrawn"
    with pytest.raises(Conflict):
        confirm_own(offer.id, provider_of(owner))


def test_a_delivery_confirms_too_and_not_more_than_daily(owner):
    offer = published(owner, 55)
    confirm_by_delivery(offer)
    first = offer.confirmed_at
    confirm_by_delivery(offer)
    assert (offer.confirmed_at, ask_whether_available()) == (first, 0)


def test_a_mailed_link_confirms_and_ends_with_a_click(client: CheckingClient, owner: Any) -> None:
    kept, gone = published(owner, 50, title="Bleibt"), published(owner, 50, title="Ist weg")
    foreign = published(make_organisation(), 50, title="Fremd")
    ask_whether_available()
    mail = db.session.query(OutgoingMail).one()
    path = re.search(r"/noch-frei/\w+", open_content(mail)["text"])[0]
    page = client.get(path).text
    assert "Alle 2 sind noch frei" in page
    assert "Fremd" not in page
    assert (kept.confirmed_at, gone.status) == (None, "published")
    assert "2 Angebote bleiben öffentlich" in client.submit(path, button="Alle 2 sind noch frei").text
    assert "Alles beantwortet" in client.get(path).text
    gone.asked_at = clock.now()
    assert "1 Angebot ist beendet" in client.submit(path, button="Nicht mehr frei").text
    assert (kept.confirmed_at is not None, gone.status, foreign.status) == (True, "withdrawn", "published")
    assert client.get("/noch-frei/falsch").status_code == 404


def test_the_desk_asks_too(client: CheckingClient, owner: Any) -> None:
    offer = published(owner, 50)
    ask_whether_available()
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    assert "noch frei?" in client.get("/anbieten").text
    assert "bleibt öffentlich" in client.submit(f"/anbieten/{offer.id}", button="Ja, noch frei").text
    assert offer.asked_at is None


def test_an_organisation_that_cannot_be_told_keeps_nobody_from_being_asked(owner, monkeypatch):
    another = make_organisation()
    make_user("provider", organisation_ids=[another.id])
    silent_id, other_id = (published(house, 50).id for house in (owner, another))
    owner_id = owner.id

    def tell(organisation_id, *args, original=freshness.tell_organisation, **kwargs):
        if organisation_id == owner_id:
            raise RuntimeError("no such template")
        return original(organisation_id, *args, **kwargs)

    monkeypatch.setattr(freshness, "tell_organisation", tell)
    with pytest.raises(LeftUndone):
        ask_whether_available()
    assert [db.session.get(Offer, offer_id).asked_at is None for offer_id in (silent_id, other_id)] == [True, False]

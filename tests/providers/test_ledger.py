"""Staged disclosure: no name before both agreed, every telling in the ledger, taken back as far as it went."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from tests.brokerage.cases import asked, home
from tests.brokerage.ways import CONSENTS, TO_RESERVED, go, on_the_way, sharing
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.providers.cases import landlord_of, letters_to, paths_in, presented
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.errors import Forbidden
from wohnberatung.extensions import db
from wohnberatung.providers.models import DeletionRequest, Disclosure
from wohnberatung.providers.services.ledger import contact_for_provider
from wohnberatung.seekers.models import Consent
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.reconfirmation import erase_request


def told(match: BrokeredMatch) -> list[str]:
    rows = select(Disclosure.what).where(Disclosure.match_id == match.id).order_by(Disclosure.id)
    return [str(what) for what in db.session.scalars(rows)]


def test_a_name_is_told_once_both_agreed_and_there_is_a_consent_to_it(client: CheckingClient, session) -> None:
    submitted, offer = sharing(), home()
    landlord = landlord_of(offer)
    match = on_the_way(*TO_RESERVED[:5], submitted=submitted, offer=offer)
    sign_in(client, landlord)
    here = f"/anbieten/menschen/{match.id}"
    assert "Erika" not in client.get(here).text
    ours = f"/vorschlag/{submitted.token}/{match.id}/kontakt-freigeben"
    page = client.get(ours).text
    assert "E-Mail-Adresse: erika@example.org" in page, "the person reads what will be told"
    assert client.submit(ours, button="Antwort senden").status_code == 400
    client.submit(ours, {"consent_release": "y"}, button="Antwort senden")
    assert match.state == "contact_released"
    sign_in(client, landlord)
    assert "Erika Beispiel" in client.get(here).text
    assert "erika@example.org" in client.get(paths_in(landlord, "/vorgestellt/")[0]).text
    assert told(match) == ["needs", "contact"]


def test_without_the_consent_nothing_is_released_whoever_asks(session) -> None:
    match = on_the_way(*TO_RESERVED[:5], submitted=sharing_without_release())
    with pytest.raises(Forbidden, match="Namen und Kontaktdaten"):
        go(match, "release")
    assert contact_for_provider(match) == []


def sharing_without_release():
    return asked(purposes=[purpose for purpose in CONSENTS if purpose != "release"])


@pytest.mark.parametrize(
    ("purpose", "way", "state"),
    [("release", 7, "mutual_interest"), ("sharing", 7, "interested"), ("sharing", 4, "interested")],
)
def test_a_consent_taken_back_reaches_what_was_told(client: CheckingClient, session, purpose, way, state) -> None:
    submitted, offer = sharing(), home()
    landlord = landlord_of(offer)
    match = on_the_way(*TO_RESERVED[:way], submitted=submitted, offer=offer)
    show = paths_in(landlord, "/vorgestellt/")[0]
    client.submit(f"/mein-gesuch/{submitted.token}/einwilligung/{purpose}", button="Einwilligung zurücknehmen")
    assert match.state == state
    assert (match.released_at, contact_for_provider(match)) == (None, [])
    assert client.get(show).status_code == 404
    assert told(match)[-1] == "recalled"
    assert "löschen" in letters_to(landlord)[-1].subject
    link = paths_in(landlord, "/geloescht/")[0]
    assert client.get(link).status_code == 200
    assert told(match)[-1] == "recalled", "to open the link confirms nothing"
    assert "bestätigt" in client.submit(link, button="Alles ist gelöscht").text
    client.get(link)
    assert told(match)[-1] == "deleted"
    page = client.get(f"/mein-gesuch/{submitted.token}").text
    assert "Was wir Anbietern über Sie gesagt haben" in page
    assert "Bestätigt, dass alles gelöscht ist" in page


def test_on_their_page_they_confirm_too(client: CheckingClient, session) -> None:
    match, landlord = presented()
    withdraw_consent(match.request, "sharing")
    sign_in(client, landlord)
    assert "Bitte löschen Sie" in client.get("/anbieten/menschen").text
    assert "Bitte löschen Sie" not in client.submit("/anbieten/menschen", button="Alles ist gelöscht").text
    row = db.session.scalars(select(DeletionRequest)).one()
    assert row.confirmed_by == landlord.id


@pytest.mark.parametrize("aside", ["hold", "refuse", "declined"])
def test_what_was_put_aside_is_taken_back_as_well(session, aside) -> None:
    match = on_the_way(*TO_RESERVED[:7], aside)
    withdraw_consent(match.request, "release")
    assert (told(match)[-1], match.released_at) == ("recalled", None)
    go(match, "resume" if aside == "hold" else "ask_back")
    assert match.state == "mutual_interest"


def test_whose_data_are_erased_is_forgotten_by_providers_too(session) -> None:
    submitted, offer = sharing(), home()
    landlord = landlord_of(offer)
    on_the_way(*TO_RESERVED[:6], submitted=submitted, offer=offer)
    erase_request(submitted.request)
    assert db.session.scalar(select(Disclosure)) is None
    assert "löschen" in letters_to(landlord)[-1].subject
    assert db.session.scalars(select(DeletionRequest)).one().confirmed_at is None


def test_the_ledger_is_only_added_to_and_told_in_full(client: CheckingClient, session) -> None:
    submitted = sharing()
    on_the_way(*TO_RESERVED[:6], submitted=submitted)
    exported = json.loads(client.get(f"/mein-gesuch/{submitted.token}/daten.json").text)["disclosures"]
    assert [line["what"] for line in exported] == ["needs", "contact"]
    assert (exported[0]["needs"][0]["wanted"], exported[1]["contact"]) == (90, ["name", "email"])
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(Disclosure.__table__.update().values(what="deleted"))


def test_consents_are_taken_down_on_the_telephone_with_who_and_when_and_how(client: CheckingClient, session) -> None:
    anna = make_user("advisor")
    match = on_the_way("offer", "interested", submitted=asked())
    sign_in(client, anna)
    there = f"/vorschlaege/{match.id}/am-telefon"
    refused = client.submit(there, {"said": "share"})
    assert (refused.status_code, "Ohne diese Einwilligung" in refused.text) == (400, True)
    client.submit(there, {"said": "share", "consent_sharing": "y"})
    assert match.shared_at is not None
    given = db.session.scalars(select(Consent).filter_by(request_id=match.request_id, purpose="sharing")).one()
    assert (given.given_through, given.recorded_by) == ("telephone", anna.id)
    page = client.get(f"/vorschlaege/{match.id}").text
    assert f"am Telefon, aufgenommen von {anna.name}" in page
    go(match, "present", "welcome")
    client.submit(there, {"said": "release", "consent_release": "y"})
    assert match.state == "contact_released"
    assert "consent_release" not in client.get(there).text

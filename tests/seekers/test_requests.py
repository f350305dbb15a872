"""Requests: sealed at rest, versioned, opened for the office and the holder of the link."""

import pytest
from sqlalchemy import select, text

from matching.requests import Requirement
from tests.factories import advisor, make_organisation, make_request, move_request_to, provider_of
from tests.queries import sent_statements
from wohnberatung.core import sealing
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.privacy.encryption import KeyDestroyed, destroy
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.consents import has_consent, withdraw_consent
from wohnberatung.seekers.services.requests import (
    change_request,
    contact_of,
    list_requests,
    load_request,
    load_request_by_token,
    matching_request,
    needs_of,
)

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
SECRETS = ("Erika", "Sauerstoffgerät", "inner_door", "wheelchair", "0351")


def make_telling_request():
    return make_request(
        DOOR,
        household={"persons": "2", "wbs": "ja"},
        text="Ich brauche Platz für mein Sauerstoffgerät.",
        profiles=("wheelchair",),
    )


def raw_rows(session):
    """Everything that is stored about requests, as an intruder with the file would read it."""
    tables = ("housing_requests", "request_versions", "drafts", "consents", "person_keys")
    rows = [row for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))]
    return b"".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for row in rows for cell in row
    )


def test_nothing_personal_is_readable_in_the_database(session):
    sent = make_telling_request()
    change_request(sent.request, version=sent.request.version, contact={"name": "Erika Muster"})
    stored = raw_rows(session)
    assert [word for word in (*SECRETS, sent.token) if word.encode() in stored] == []
    assert contact_of(sent.request) == {"name": "Erika Muster"}


def test_needs_come_back_as_the_engine_takes_them(session):
    request = make_telling_request().request
    session.expire_all()
    taken = matching_request(request)
    assert taken.requirements == (Requirement("inner_door_clear_width_cm", 90),)
    assert taken.household == {"persons": 2, "wbs": True}
    assert taken.text == "Ich brauche Platz für mein Sauerstoffgerät."
    assert needs_of(request)["profiles"] == ["wheelchair"]


@pytest.mark.parametrize(
    ("needs", "field"),
    [
        ({"requirements": ({"key": "door", "wanted": 90},)}, "requirements"),
        ({"requirements": ({**DOOR, "wanted": 900},)}, "inner_door_clear_width_cm"),
        ({"household": {"persons": "viele"}}, "persons"),
        ({"household": {"religion": "keine"}}, "household"),
        ({"profiles": ("superhero",)}, "profiles"),
        ({"text": "a" * 5000}, "text"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_stored(session, needs, field):
    before = raw_rows(session)
    with pytest.raises(DomainError) as refused:
        make_request(
            *needs.get("requirements", ()), **{key: part for key, part in needs.items() if key != "requirements"}
        )
    session.flush()
    assert refused.value.field == field
    assert raw_rows(session) == before


def test_a_request_is_opened_by_the_office_and_by_its_link(session):
    sent = make_request()
    assert load_request(sent.request.id, advisor()) is sent.request
    assert load_request_by_token(sent.token) is sent.request
    with pytest.raises(NotFound):
        load_request_by_token(sent.request.id)
    with pytest.raises(Forbidden):
        load_request(sent.request.id, provider_of(make_organisation()))
    with pytest.raises(Forbidden):
        list_requests(provider_of(make_organisation()))


def test_each_change_is_kept_as_a_version(session):
    request = make_request(DOOR).request
    first = request.version
    change_request(request, version=first, needs={"requirements": [{**DOOR, "wanted": 80}]})
    with pytest.raises(Conflict):
        change_request(request, version=first, contact={"name": "Zu spät"})
    session.expire_all()
    assert [version.number for version in request.versions] == [first, first + 1]
    assert needs_of(request)["requirements"][0]["wanted"] == 80
    assert contact_of(request)["name"] == "Erika Beispiel"


def test_a_sealed_value_does_not_open_in_another_row(session):
    mine, other = make_request().request, make_request().request
    mine.contact = other.contact
    with pytest.raises(sealing.EncryptionError):
        contact_of(mine)


def test_a_destroyed_key_erases_every_copy(session):
    request = make_request(DOOR).request
    destroy(request.person_key)
    with pytest.raises(KeyDestroyed):
        needs_of(request)


def test_consents_hold_per_purpose_until_withdrawn(session):
    request = make_request(purposes=("advice", "matching")).request
    assert [has_consent(request, purpose) for purpose in ("advice", "matching", "sharing")] == [True, True, False]
    withdraw_consent(request, "matching")
    assert not has_consent(request, "matching")
    proof = next(consent for consent in request.consents if consent.purpose == "matching")
    assert (proof.text, proof.withdrawn_at is None) == ("Ich willige ein: matching.", False)


def test_the_list_is_narrowed_by_state_and_receipt_number(session):
    first, second = make_request().request, make_request().request
    move_request_to(second, "paused")
    person = advisor()
    assert [row.id for row in list_requests(person, states=("paused",)).items] == [second.id]
    assert [row.id for row in list_requests(person, receipt_number=first.receipt_number.lower()).items] == [first.id]


def test_a_list_of_requests_opens_contacts_without_further_queries(session):
    def statements_for_list():
        session.expire_all()
        with sent_statements() as statements:
            assert [(contact_of(row)["name"], has_consent(row, "matching")) for row in list_requests(advisor()).items]
        return len(statements)

    make_request()
    one = statements_for_list()
    for _ in range(5):
        make_request()
    assert statements_for_list() == one == 3


def test_a_request_keeps_no_plain_column_about_the_person(session):
    plain = set(session.execute(select(HousingRequest.__table__)).keys()) - {"contact", "needs"}
    frame = {"id", "receipt_number", "token_hash", "person_key_id", "version", "created_at", "updated_at"}
    keeping = {"confirmed_at", "asked_at", "blocked_at", "keep_token_hash", "legal_hold"}
    assert plain - frame - keeping <= {"state", "language", "held_for"}

"""Sealed columns say themselves where they are: in the very words in which old rows were sealed."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.brokerage.cases import reviewed
from tests.cases.factories import make_advisor, make_case
from tests.factories import make_request
from wohnberatung.cases.models import CaseEvent
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import EncryptionError, HouseSealed, SealedColumn, seal_for_house, to_json
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.privacy.encryption import KeyDestroyed, Sealed, destroy, new_person_key, seal_bytes

# `table|part` → what names the row. Changing a line makes every row stored before unreadable.
PLACES = {
    "appointments|content": "id",
    "case_accesses|reason": "id",
    "case_drafts|payload": "id",
    "case_events|note": "case.id",
    "case_people|content": "id",
    "cases|content": "id",
    "city_inputs|asked": "id",
    "city_proposals|answer": "id",
    "kept_homes|judged": "id",
    "consultations|note": "id",
    "content_reports|complaint": "id",
    "content_reports|content": "id",
    "digest_keys|wrapped": "id",
    "directory_lists|rows": "id",
    "disclosures|content": "match.id",
    "drafts|answers": "id",
    "enquiries|content": "id",
    "enquiry_notes|payload": "id",
    "event_registrations|content": "id",
    "event_registrations|needs": "id",
    "follow_ups|text": "id",
    "goals|text": "id",
    "group_members|content": "id",
    "housing_requests|contact": "id",
    "housing_requests|needs": "id",
    "import_runs|columns": "id",
    "import_runs|document": "id",
    "introduction_events|note": "introduction.id",
    "introduction_files|file": "id",
    "introduction_files|name": "id",
    "introduction_meetings|place": "id",
    "introduction_messages|body": "id",
    "introductions|message": "id",
    "introductions|note": "id",
    "introductions|reasons": "id",
    "joint_consents|text": "id",
    "joint_partners|need": "id",
    "joint_tasks|title": "id",
    "join_enquiries|content": "id",
    "join_enquiries|messages": "id",
    "letters|content": "id",
    "letters|pdf": "id",
    "living_checks|answer": "id",
    "mailed_links|content": "id",
    "match_events|note": "match.id",
    "match_messages|body": "id",
    "match_fundings|content": "id",
    "match_papers|file": "id",
    "match_papers|title": "id",
    "match_tasks|content": "id",
    "matches|result": "id",
    "measures|content": "id",
    "message_files|file": "id",
    "message_files|name": "id",
    "resource_contact_requests|content": "id",
    "resources|contact": "id",
    "messages|body": "id",
    "news_subscriptions|content": "id",
    "notices|content": "id",
    "organisations|contact": "id",
    "outgoing_mails|content": "id",
    "pair_notes|text": "id",
    "pictures|alt": "id",
    "postal_letters|content": "id",
    "quality_comments|content": "id",
    "request_versions|payload": "id",
    "second_factors|secret": "user_id",
    "surveys|content": "id",
    "viewing_feedbacks|words": "id",
    "viewings|arrival": "id",
}


def sealed_columns() -> list[tuple[Any, SealedColumn[Any]]]:
    models = (mapper.class_ for mapper in db.Model.registry.mappers)
    return [(model, each) for model in models for each in vars(model).values() if isinstance(each, SealedColumn)]


def test_every_sealed_column_is_where_it_was(app: Any) -> None:
    found = {}
    for model, column in sealed_columns():
        here = SimpleNamespace(__tablename__=model.__tablename__)
        names = {"id": "id", "user_id": "user_id", "case": SimpleNamespace(id="case.id")}
        vars(here).update(names, match=SimpleNamespace(id="match.id"))
        here.introduction = SimpleNamespace(id="introduction.id")
        place, _bar, row = column.context(here).rpartition("|")
        found[place] = row
    assert found == PLACES


def test_what_was_sealed_by_hand_opens(session: Any) -> None:
    case, match, request = make_case(make_advisor()), reviewed(), make_request().request
    request.contact = seal_bytes(request.person_key, to_json({"name": "Zoë"}), f"housing_requests|contact|{request.id}")
    assert request.plain_contact == {"name": "Zoë"}
    event = CaseEvent(case=case, note=seal_bytes(case.person_key, to_json("Notiz"), f"case_events|note|{case.id}"))
    assert event.plain_note == "Notiz"
    step = match.events[0]
    step.note = seal_bytes(match.request.person_key, to_json("Tür"), f"match_events|note|{match.id}")
    assert step.plain_note == "Tür"
    session.rollback()


def test_a_mail_is_sealed_for_its_person_or_for_the_house(session: Any) -> None:
    content, key = {"to": "erika@example.org"}, new_person_key()
    ours, theirs = OutgoingMail(id=new_id()), OutgoingMail(id=new_id(), person_key=key)
    ours.content = seal_for_house(content, f"outgoing_mails|content|{ours.id}")
    theirs.plain_content = content
    assert ours.plain_content == theirs.plain_content == content
    destroy(key)
    with pytest.raises(KeyDestroyed):
        _ = theirs.plain_content


class _Row:
    __tablename__ = "rows"
    name = Sealed[str | None]("name_bytes")
    file = Sealed[bytes]("file_bytes", raw=True)
    house = HouseSealed[list[int]]("house_bytes")
    name_bytes: bytes | None = None
    file_bytes: bytes = b""
    house_bytes: bytes = b""

    def __init__(self, person_key: Any) -> None:
        self.id, self.person_key = new_id(), person_key


def test_what_is_set_is_sealed_and_read_again(session: Any) -> None:
    row = _Row(new_person_key())
    row.name, row.file, row.house = "Zoë", b"%PDF", [1, 2]
    assert b"Zo" not in (row.name_bytes or b"")
    assert (row.name, row.file, row.house) == ("Zoë", b"%PDF", [1, 2])
    assert seal_bytes(row.person_key, b"%PDF", f"rows|file_bytes|{row.id}") != row.file_bytes
    row.name = None
    assert (row.name, row.name_bytes) == (None, None)


def test_a_value_moved_to_another_row_does_not_open(session: Any) -> None:
    key = new_person_key()
    one, other = _Row(key), _Row(key)
    one.name = "Zoë"
    other.name_bytes = one.name_bytes
    with pytest.raises(EncryptionError):
        _ = other.name


def test_nothing_of_a_person_is_sealed_for_the_house_by_mistake(session: Any) -> None:
    with pytest.raises(ValueError, match="nobody to be sealed for"):
        _Row(None).name = "Zoë"

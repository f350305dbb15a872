"""Whom everybody may ask in the invented office, and two questions that wait: one of them for too long."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import User
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.contacts.models import ContactPerson, ContactQuestion
from wohnberatung.contacts.services.persons import ContactValues, add_contact, load_contact
from wohnberatung.contacts.services.questions import put_question
from wohnberatung.contacts.topics import answer_due
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN, Actor

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session
ADMINISTRATION = Actor(name="Verwaltung", roles=frozenset({ADMIN}))


def name_contacts(session: Store) -> bool:
    """Store everything once; False where it is there already. Flushes and never commits."""
    if session.scalar(select(ContactPerson.id).limit(1)) is not None:
        return False
    table = read_toml("accounts.toml")
    emails = {each["id"]: each["email"] for each in table["account"]}
    people = {email: key for key, email in session.execute(select(User.id, User.email))}
    contacts = {}
    for record in table["contact"]:
        said = {name: record[name] for name in ("duty", "quarters", "topics", "phone", "email", "hours")}
        values: Any = {**said, "user_id": people[emails[record["account"]]], "active": True}
        row = add_contact(cast(ContactValues, values), ADMINISTRATION)
        contacts[record["account"]] = row.id
    session.flush()
    for record in table["question"]:
        _question(session, contacts[record["account"]], record)
    return True


def _question(session: Store, contact_id: str, record: Record) -> None:
    enquiry, _token = put_question(
        load_contact(contact_id),
        {"question": record["text"]},
        topic=record["topic"],
        place=place_of(record["place"]),
        consent=None,
        language="de",
        held_for=None,
    )
    asked = clock.now() - timedelta(days=record["days_ago"])
    enquiry.created_at = asked
    session.get_one(ContactQuestion, enquiry.id).due_on = answer_due(asked.date())
    session.flush()

"""Contact persons: kept by the administration, shown to everybody for a place, with who stands in today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.cases.models import Absence
from wohnberatung.cases.services.handover import advisors
from wohnberatung.contacts.models import ContactPerson
from wohnberatung.contacts.topics import TOPIC_LABELS, ContactTopic
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db


class ContactValues(TypedDict):
    """What is said of a contact person, by column."""

    user_id: str
    duty: str
    quarters: list[str]
    topics: list[str]
    phone: str
    email: str
    hours: str
    active: bool


@dataclass(frozen=True)
class ShownContact:
    """A contact person as everybody sees them; `stand_in` is who answers while they are away, until `back_on`."""

    contact: ContactPerson
    stand_in: str = ""
    back_on: date | None = None

    @property
    def name(self) -> str:
        return self.contact.user.name

    @property
    def topics(self) -> list[str]:
        """In words; empty for all of them."""
        return [str(label) for topic, label in TOPIC_LABELS.items() if topic in self.contact.topics]

    @property
    def quarters(self) -> list[str]:
        """Names of Stadtbezirke; empty for the whole city."""
        return self.contact.quarters


def contacts_near(place: CityPlace | str | None) -> list[ShownContact]:
    """Who is there for this neighbourhood (given as it is, or by its code): those of its Stadtbezirk before those of
    the whole city. Where no place is known, those of the whole city."""
    here = place_of(place) if isinstance(place, str) else place
    found = [each for each in all_contacts() if not each.quarters or (here and here.quarter in each.quarters)]
    return sorted(found, key=lambda each: not each.quarters)


def all_contacts() -> list[ShownContact]:
    """Everybody who can be asked at present, by name."""
    query = select(ContactPerson).options(joinedload(ContactPerson.user)).where(ContactPerson.active.is_(True))
    rows = [row for row in db.session.scalars(query) if row.user.is_active]
    return _shown(sorted(rows, key=lambda row: (row.user.name, row.id)))


def load_contact(contact_id: str) -> ShownContact:
    """NotFound for who can no longer be asked."""
    found = next((each for each in all_contacts() if each.contact.id == contact_id), None)
    if found is None:
        raise NotFound(_("Diese Ansprechperson gibt es nicht (mehr)."))
    return found


def contacts_for_administration(actor: Actor) -> list[ShownContact]:
    """All, also those who are not shown. Forbidden for everybody else."""
    only_administration(actor)
    query = select(ContactPerson).options(joinedload(ContactPerson.user))
    return _shown(sorted(db.session.scalars(query), key=lambda row: (not row.active, row.user.name, row.id)))


def kept_contact(contact_id: str, actor: Actor) -> ContactPerson:
    """For the administration; Forbidden for everybody else, NotFound where there is none."""
    only_administration(actor)
    row = db.session.get(ContactPerson, contact_id)
    if row is None:
        raise NotFound(_("Diese Ansprechperson gibt es nicht (mehr)."))
    return row


def add_contact(values: ContactValues, actor: Actor) -> ContactPerson:
    """Raises DomainError at `user_id` for somebody who does not advise, Forbidden outside the administration."""
    only_administration(actor)
    row = ContactPerson(id=new_id())
    _set(row, values)
    db.session.add(row)
    db.session.flush()
    return row


def edit_contact(contact_id: str, values: ContactValues, version: int | None, actor: Actor) -> ContactPerson:
    """Raises as `add_contact` does, and Conflict where somebody else was faster."""
    row = kept_contact(contact_id, actor)
    check_version(row, version)
    _set(row, values)
    db.session.flush()
    return row


def people_to_choose() -> list[tuple[str, str]]:
    """Id and name of who advises."""
    return [(user.id, user.name) for user in advisors()]


def stood_in_for(actor: Actor) -> list[str]:
    """Ids of accounts for whom this person stands in today."""
    today = clock.today()
    now = (Absence.first_day <= today) & (Absence.last_day >= today)
    return list(db.session.scalars(select(Absence.user_id).where(now, Absence.stand_in_id == actor.user_id)))


def _set(row: ContactPerson, values: ContactValues) -> None:
    if values["user_id"] not in dict(people_to_choose()):
        raise DomainError(_("Bitte wählen Sie eine Person aus der Beratung."), "user_id")
    row.user_id, row.active = values["user_id"], values["active"]
    row.duty, row.phone = values["duty"].strip(), values["phone"].strip()
    row.email, row.hours = values["email"].strip(), values["hours"].strip()
    row.quarters = list(values["quarters"])
    row.topics = [ContactTopic(topic).value for topic in values["topics"]]


def _shown(rows: Iterable[ContactPerson]) -> list[ShownContact]:
    found, today = list(rows), clock.today()
    now = (Absence.first_day <= today) & (Absence.last_day >= today)
    query = select(Absence).options(joinedload(Absence.stand_in)).where(now)
    away = {row.user_id: row for row in db.session.scalars(query)} if found else {}
    return [
        ShownContact(row, away[row.user_id].stand_in.name, away[row.user_id].last_day)
        if row.user_id in away
        else ShownContact(row)
        for row in found
    ]

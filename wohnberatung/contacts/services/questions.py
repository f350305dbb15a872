"""Questions to a contact person: an enquiry like any other, with somebody whose it is and a day until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.advice.models import Enquiry
from wohnberatung.advice.services.enquiries import open_enquiries_among, submit_enquiry
from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.contacts.models import ContactPerson, ContactQuestion
from wohnberatung.contacts.services.persons import ShownContact, stood_in_for
from wohnberatung.contacts.topics import ContactTopic, answer_due
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.ids import new_token
from wohnberatung.extensions import db


@dataclass(frozen=True)
class PutQuestion:
    """To whom an enquiry was put, as its page says: `name` is the contact person, `place` the neighbourhood."""

    name: str
    place: CityPlace | None
    topic: ContactTopic
    due_on: date

    @property
    def is_late(self) -> bool:
        return self.due_on < clock.today()


@dataclass(frozen=True)
class WaitingQuestion:
    """A question on somebody's desk."""

    enquiry: Enquiry
    put: PutQuestion


def put_question(
    shown: ShownContact,
    content: Mapping[str, str],
    *,
    topic: str,
    place: CityPlace | None,
    consent: tuple[str, str] | None,
    language: str,
    held_for: HoldReason | None,
) -> tuple[Enquiry, str]:
    """Store the question with its day, and the secret under which whoever asked reads the answer; with a mail address
    the link goes there as well."""
    token = new_token()
    enquiry = submit_enquiry("question", content, consent=consent, language=language, held_for=held_for, token=token)
    question = ContactQuestion(enquiry_id=enquiry.id, contact_id=shown.contact.id, place=place.code if place else None)
    question.topic, question.due_on = ContactTopic(topic), answer_due(clock.today())
    db.session.add(question)
    db.session.flush()
    return enquiry, token


def put_to(enquiry_id: str) -> PutQuestion | None:
    """To whom it was put; None for an enquiry to the office as a whole."""
    query = select(ContactQuestion).options(joinedload(ContactQuestion.contact).joinedload(ContactPerson.user))
    row = db.session.scalar(query.where(ContactQuestion.enquiry_id == enquiry_id))
    return _put(row) if row else None


def waiting_questions(actor: Actor) -> list[WaitingQuestion]:
    """Open ones that are this person's: to them, to whom they stand in for today, and those whose contact person is
    gone. The most urgent first. Forbidden for everybody but the office."""
    only_office(actor)
    mine = [actor.user_id, *stood_in_for(actor)]
    query = select(ContactQuestion).outerjoin(ContactQuestion.contact)
    loaded = query.options(joinedload(ContactQuestion.contact).joinedload(ContactPerson.user))
    theirs = ContactPerson.user_id.in_(mine) | ContactQuestion.contact_id.is_(None)
    rows = {row.enquiry_id: row for row in db.session.scalars(loaded.where(theirs))}
    waiting = [WaitingQuestion(each, _put(rows[each.id])) for each in open_enquiries_among(rows.keys(), actor)]
    return sorted(waiting, key=lambda each: (each.put.due_on, each.enquiry.created_at))


def _put(row: ContactQuestion) -> PutQuestion:
    name = row.contact.user.name if row.contact else ""
    return PutQuestion(name, place_of(row.place), ContactTopic(row.topic), row.due_on)

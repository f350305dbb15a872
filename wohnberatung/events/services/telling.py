"""Who is told what by mail: people who come to a date, and whoever invites. A mail says what became of the registration
and where to read more, never for which event, as that may tell a lot about somebody."""

from enum import StrEnum

from sqlalchemy import select

from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.events.models import EventDate, EventRegistration, PublicEvent, RegistrationState
from wohnberatung.events.steps import EVENT_NEWS, REGISTRATION_NEWS
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import await_release, queue_mail

CONFIRM_MAIL = "registration_confirm"
EXPECTED = (RegistrationState.TAKEN, RegistrationState.WAITING)


class News(StrEnum):
    """What a mail to somebody who registered is about."""

    TAKEN = "taken"
    WAITING = "waiting"
    MOVED_UP = "moved_up"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"
    TAKES_PLACE = "takes_place"
    NEW_TIME = "new_time"
    REMOVED = "removed"
    SHOWN_AGAIN = "shown_again"
    REMINDER = "reminder"


def ask_to_confirm_registration(row: EventRegistration) -> None:
    """The first mail: it alone proves that the address is theirs. It waits where the registration may be spam."""
    content = row.plain_content
    mail = queue_mail(
        CONFIRM_MAIL,
        to=content["email"],
        language=row.language,
        person_key=row.person_key,
        token=content["token"],
        receipt_number=row.receipt_number,
    )
    if row.held_for:
        await_release(mail)


def tell_registered(row: EventRegistration, what: News) -> bool:
    """Queue a mail about a registration; False for who left a telephone number only: whoever invites calls them."""
    content = row.plain_content
    if not content.get("email"):
        return False
    queue_mail(
        REGISTRATION_NEWS,
        to=content["email"],
        language=row.language,
        person_key=row.person_key,
        in_dialogue=True,
        token=content["token"],
        receipt_number=row.receipt_number,
        what=what.value,
        starts_at=row.date.starts_at,
    )
    return True


def tell_expected(date: EventDate, what: News) -> None:
    """Everybody who has a seat at this date or waits for one. After a new time they are reminded once more."""
    mine = (EventRegistration.date_id == date.id) & EventRegistration.state.in_(EXPECTED)
    for each in db.session.scalars(select(EventRegistration).where(mine)).all():
        if what is News.NEW_TIME:
            each.reminded_at = None
        tell_registered(each, what)


def tell_organiser(event: PublicEvent) -> None:
    """That the office has decided about an event, and where to read it; the office itself knows."""
    db.session.flush()
    if event.organisation_id is not None:
        tell_organisation(event.organisation_id, EVENT_NEWS, event_id=event.id)

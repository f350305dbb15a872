"""Short questions without a name: answered in a minute, recorded in fifteen seconds, counted."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.cases.models import BriefEnquiry
from wohnberatung.cases.services.codes import check_code, labels
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db


def count_enquiry(actor: Actor, *, channel: str, topic: str, person_group: str | None = None) -> BriefEnquiry:
    """One more. No person, no text: nothing that could tell who asked."""
    only_office(actor)
    row = BriefEnquiry(advisor_id=actor.user_id)
    row.channel, row.topic = check_code("channel", channel) or "", check_code("topic", topic) or ""
    row.person_group = check_code("person_group", person_group)
    if not row.channel or not row.topic:
        field = "topic" if row.channel else "channel"
        raise DomainError(_("Bitte wählen Sie Beratungsform und Thema."), field)
    db.session.add(row)
    db.session.flush()
    return row


def enquiries_since(day: date) -> int:
    """How many were counted from that day on."""
    since = BriefEnquiry.asked_at >= clock.start_of_day(day)
    return db.session.scalar(select(func.count()).select_from(BriefEnquiry).where(since)) or 0


def enquiries_by_topic(since: date) -> list[tuple[str, int]]:
    """(topic, count) from that day on, the most frequent first."""
    count = func.count()
    query = select(BriefEnquiry.topic, count).where(BriefEnquiry.asked_at >= clock.start_of_day(since))
    known = labels()["topic"]
    rows = db.session.execute(query.group_by(BriefEnquiry.topic).order_by(count.desc(), BriefEnquiry.topic))
    return [(known.get(topic, topic), number) for topic, number in rows]

"""Consultations are recorded and changed, short questions counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from wohnberatung.cases.models import BriefEnquiry, Case, Consultation, ConsultationTopic
from wohnberatung.cases.services.code_tables import check_code, labels
from wohnberatung.cases.services.timeline import TimelineEntry, names_of
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db

LONGEST_MINUTES = 600


@dataclass(frozen=True)
class Talk:
    """What is recorded of a consultation, in codes and one text; without `held_on` it was today, or stays as it is."""

    channel: str
    minutes: int
    reason: str | None = None
    person_group: str | None = None
    age_group: str | None = None
    topics: tuple[str, ...] = ()
    result: str | None = None
    note: str = ""
    held_on: date | None = None


def record_consultation(case: Case, talk: Talk, actor: Actor) -> Consultation:
    """Store a talk; by whoever held it, on behalf of the person responsible where that is somebody else."""
    row = Consultation(id=new_id(), case=case, advisor_id=actor.user_id)
    row.on_behalf_of_id = case.responsible_id if case.responsible_id != actor.user_id else None
    _take(case, row, talk)
    db.session.add(row)
    db.session.flush()
    return row


def change_consultation(case: Case, row: Consultation, talk: Talk, *, version: int | None) -> None:
    """A new version. Conflict with both texts where somebody was faster."""
    check_version(row, version, current=words_of(talk_of(case, row)), submitted=words_of(talk))
    _take(case, row, talk)
    db.session.flush()


def load_consultation(case: Case, consultation_id: str) -> Consultation:
    """NotFound where the case has none of this id."""
    row = db.session.get(Consultation, consultation_id)
    if row is None or row.case_id != case.id:
        raise NotFound(_("Diese Beratung gibt es nicht."))
    return row


def talk_of(case: Case, row: Consultation) -> Talk:
    """What is stored, with the note opened."""
    return Talk(
        row.channel,
        row.minutes,
        row.reason,
        row.person_group,
        row.age_group,
        tuple(row.topics),
        row.result,
        row.plain_note or "",
        clock.to_berlin(row.held_at).date(),
    )


def words_of(talk: Talk) -> dict[str, str]:
    """A talk by the labels people read, for comparing and for the timeline."""
    known = labels()
    topics = [known["topic"].get(topic, topic) for topic in talk.topics]
    return {
        _("Tag der Beratung"): f"{talk.held_on:%d.%m.%Y}" if talk.held_on else "",
        _("Beratungsform"): known["channel"].get(talk.channel, talk.channel),
        _("Minuten"): str(talk.minutes),
        _("Anlass"): known["reason"].get(talk.reason or "", ""),
        _("Personengruppe"): known["person_group"].get(talk.person_group or "", ""),
        _("Altersgruppe"): known["age_group"].get(talk.age_group or "", ""),
        _("Themen"): ", ".join(sorted(topics)),
        _("Ergebnis"): known["result"].get(talk.result or "", ""),
        _("Notiz"): talk.note,
    }


def _take(case: Case, row: Consultation, talk: Talk) -> None:
    if not 0 < talk.minutes <= LONGEST_MINUTES:
        raise DomainError(_("Bitte geben Sie die Dauer in Minuten an, zum Beispiel 15."), "minutes")
    _date(row, talk.held_on)
    row.channel, row.minutes = check_code("channel", talk.channel) or "", talk.minutes
    if not row.channel:
        raise DomainError(_("Bitte wählen Sie, wie Sie gesprochen haben."), "channel")
    for name in ("reason", "person_group", "age_group", "result"):
        setattr(row, name, check_code(name, getattr(talk, name)))
    for topic in talk.topics:
        check_code("topic", topic, "topics")
    wanted, there = set(talk.topics), {each.topic: each for each in row.topic_rows}
    row.topic_rows = [there.get(topic) or ConsultationTopic(topic=topic) for topic in sorted(wanted)]
    row.plain_note = talk.note.strip() or None


def _date(row: Consultation, day: date | None) -> None:
    """The moment stays where the day does; of another day nobody knows more than that, so it is noon."""
    now = clock.now()
    if row.held_at is None:
        row.held_at = now
    if day is None or day == clock.to_berlin(row.held_at).date():
        return
    if day > clock.today():
        raise DomainError(_("Dieser Tag liegt in der Zukunft."), "held_on")
    row.held_at = now if day == clock.today() else clock.start_of_day(day) + timedelta(hours=12)


def consultations_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    rows = _of(case)
    known, names = labels(), names_of(id_ for row in rows for id_ in (row.advisor_id, row.on_behalf_of_id))
    for row in rows:
        talk = talk_of(case, row)
        topics = ", ".join(known["topic"].get(topic, topic) for topic in talk.topics)
        way = known["channel"].get(row.channel, row.channel)
        who = names.get(row.advisor_id, "")
        if row.on_behalf_of_id:
            who = _("%(name)s in Vertretung für %(other)s", name=who, other=names.get(row.on_behalf_of_id, ""))
        title = ngettext(
            "Beratung: %(way)s, %(num)s Minute", "Beratung: %(way)s, %(num)s Minuten", row.minutes, way=way
        )
        text = "\n".join(filter(None, (topics, talk.note)))
        values = {"case_id": case.id, "consultation_id": row.id}
        yield TimelineEntry(row.held_at, title, text, who, "cases.edit_consultation", values)


def consultations_told(case: Case) -> list[ExportedRecord]:
    return [{"held_at": row.held_at.isoformat(), **words_of(talk_of(case, row))} for row in _of(case)]


def _of(case: Case) -> list[Consultation]:
    query = select(Consultation).where(Consultation.case_id == case.id).order_by(Consultation.held_at, Consultation.id)
    return list(db.session.scalars(query))


def count_enquiry(actor: Actor, *, channel: str, topic: str, person_group: str | None = None) -> BriefEnquiry:
    """One more. No person, no text: nothing that could tell who asked.

    Raises DomainError at the field that is missing or not among the choices, Forbidden outside the office.
    """
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

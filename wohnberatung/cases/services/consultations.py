"""Consultations are recorded and changed, drafts kept while somebody types, short questions counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import BriefEnquiry, Case, CaseDraft, Consultation, ConsultationTopic
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
# What a draft is about while its consultation is not stored yet.
NEW_TALK = "consultation"


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


Values = dict[str, object]


def save_draft(case: Case, subject: str, values: Values, actor: Actor) -> CaseDraft:
    """Keep the form's values; one draft for each person, case and subject."""
    draft = _draft(case, subject, actor)
    if draft is None:
        draft = CaseDraft(id=new_id(), case=case, user_id=actor.user_id, subject=subject)
    draft.plain_payload = values
    draft.saved_at = clock.now()
    db.session.add(draft)
    db.session.flush()
    return draft


def load_draft(case: Case, subject: str, actor: Actor) -> tuple[CaseDraft, Values] | None:
    """What this person was typing, if anything."""
    draft = _draft(case, subject, actor)
    return None if draft is None else (draft, draft.plain_payload)


def discard_draft(case: Case, subject: str, actor: Actor) -> None:
    """It is stored as a record now, or nobody wants it any more."""
    mine = (CaseDraft.case_id == case.id, CaseDraft.subject == subject, CaseDraft.user_id == actor.user_id)
    db.session.execute(delete(CaseDraft).where(*mine))
    db.session.flush()


def joined(draft: CaseDraft, case: Case) -> bool:
    """Whether its person is writing about that case already: then what they wrote here stands below, each under the
    number of its case, and the draft itself stays where it is."""
    mine = {"case_id": case.id, "subject": draft.subject, "user_id": draft.user_id}
    there = db.session.scalar(select(CaseDraft).filter_by(**mine))
    if there is None:
        return False
    values, note = there.plain_payload, str(draft.plain_payload.get("note") or "").strip()
    heading = _("Aus dem Fall %(number)s:", number=draft.case.number)
    if note and heading not in str(values.get("note")):
        there.plain_payload = {**values, "note": f"{values.get('note') or ''}\n\n{heading}\n{note}".strip()}
        db.session.flush()
    return True


def my_drafts(actor: Actor) -> list[CaseDraft]:
    """Everything this person began and has not stored, the newest first."""
    query = select(CaseDraft).where(CaseDraft.user_id == actor.user_id)
    loaded = query.options(joinedload(CaseDraft.case))
    return list(db.session.scalars(loaded.order_by(CaseDraft.saved_at.desc())))


def _draft(case: Case, subject: str, actor: Actor) -> CaseDraft | None:
    mine = {"case_id": case.id, "subject": subject, "user_id": actor.user_id}
    return db.session.scalar(select(CaseDraft).filter_by(**mine))


def drafts_told(case: Case) -> list[ExportedRecord]:
    rows = db.session.scalars(select(CaseDraft).where(CaseDraft.case_id == case.id))
    return [{"saved_at": row.saved_at.isoformat(), "values": row.plain_payload} for row in rows]


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

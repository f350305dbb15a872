"""What is to be done on a day, taken from one line: "in 3 Wochen anrufen wegen Bad"."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import Case, CaseState, FollowUp
from wohnberatung.cases.services.rights import may_open, own, rows_known_to
from wohnberatung.cases.services.timeline import TimelineEntry, names_of
from wohnberatung.cases.spoken_dates import NotUnderstood, Said, read_line
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.holidays import day_of_rest
from wohnberatung.core.ids import new_id
from wohnberatung.core.manifests import ExportedRecord, areas
from wohnberatung.extensions import db

NO_TIME = _l("Ein Termin braucht eine Uhrzeit, zum Beispiel „Donnerstag 14 Uhr Hausbesuch“.")
# Books what was said for the person of the case; a sentence that says what is booked.
AppointmentBooking = Callable[[Case, Said, Actor], str]
# What a person should think about before that is booked, as a sentence: a Sunday, outside the hours. Empty: nothing.
AppointmentDoubt = Callable[[Said, Actor], str]


def book_appointment(case: Case, said: Said, actor: Actor) -> str:
    """An appointment in the calendar, by the area that has one. Raises DomainError at `appointment` where it cannot be,
    LookupError where no area books."""
    booking = next((area.books_appointment for area in areas() if area.books_appointment), None)
    if booking is None:
        raise LookupError("No area declares books_appointment.")
    return booking(case, said, actor)


def readings_of(line: str, field: str = "follow_up", *, doing: str = "") -> list[Said]:
    """Every way in which the line can be read; none where it is empty. `doing` is what is to be done where the line
    says only when. That it is a Sunday or a public holiday is a `doubt`. DomainError on `field` where it names no day
    to come."""
    if not line.strip():
        return []
    try:
        read = read_line(line, clock.today())
        return [replace(said, text=said.text or doing, doubt=day_of_rest(said.day)) for said in read]
    except NotUnderstood as error:
        said = _(
            "Wir verstehen den Tag nicht. Schreiben Sie zum Beispiel „in 3 Wochen anrufen wegen Bad“, "
            "„am 5.1.“ oder „nächsten Montag“. Der Tag darf nicht vorbei sein."
        )
        if error.over:
            day = f"{error.over:%d.%m.%Y}"
            said = _("Der %(day)s ist vorbei. Bitte nennen Sie einen Tag, der noch kommt.", day=day)
        raise DomainError(said, field) from error


def appointment_readings(line: str, actor: Actor) -> list[Said]:
    """The same of a line that books, at `appointment`, with all that a person should think about first."""
    doubting = next((area.doubts_appointment for area in areas() if area.doubts_appointment), None)
    read = ((said, doubting(said, actor) if doubting else "") for said in readings_of(line, "appointment"))
    return [replace(said, doubt=doubt or said.doubt) for said, doubt in read]


def readings_so_far(read: Callable[[], list[Said]]) -> tuple[list[Said], str]:
    """The same of a line that is being typed; while it names no day to come, why not, as a sentence."""
    try:
        return read(), ""
    except DomainError as error:
        return [], error.message


def understand(line: str, field: str = "follow_up") -> Said | None:
    """The one reading of a line, whatever day it is; None where it is empty. DomainError on `field` where there is
    none, or several."""
    readings = readings_of(line, field)
    if len(readings) > 1 or any(not said.sure for said in readings):
        days = ", ".join(f"{said.day:%d.%m.%Y}" for said in readings)
        raise DomainError(_("Welcher Tag ist gemeint: %(days)s?", days=days), field)
    return next(iter(readings), None)


def add_follow_up(case: Case, said: Said, actor: Actor) -> FollowUp:
    """Lay the case before its advisor on that day."""
    row = FollowUp(id=new_id(), case=case, due_on=said.day, due_time=said.at, created_by=actor.user_id)
    row.plain_text, row.every = said.text, said.every.key if said.every else None
    db.session.add(row)
    db.session.flush()
    return row


def load_follow_up(follow_up_id: str, actor: Actor) -> FollowUp:
    """NotFound where there is none, or its case is not for this person."""
    only_office(actor)
    known = rows_known_to(FollowUp, actor).where(FollowUp.id == follow_up_id)
    row = db.session.scalar(known.options(joinedload(FollowUp.case)))
    if row is None or not may_open(row.case, actor):
        raise NotFound(_("Diese Wiedervorlage gibt es nicht."))
    return row


def finish_follow_up(row: FollowUp, actor: Actor, *, again: bool = True) -> FollowUp | None:
    """It is done; doing it twice changes nothing. Returns the next one of what comes again, None where it does not, or
    is not to come `again`."""
    following = None
    if row.done_at is None:
        row.done_at, row.done_by = clock.now(), actor.user_id
        if again and row.repeats:
            day = row.repeats.next_after(row.due_on, clock.today())
            following = add_follow_up(row.case, Said(day, row.due_time, row.plain_text, every=row.repeats), actor)
    db.session.flush()
    return following


def postpone_follow_up(row: FollowUp, said: Said, *, version: int | None) -> None:
    """Another day, and other words where there are any. Conflict where somebody was faster."""
    check_version(row, version)
    row.due_on, row.due_time = said.day, said.at
    if said.every:
        row.every = said.every.key
    if said.text:
        row.plain_text = said.text
    db.session.flush()


def due_follow_ups(actor: Actor, until: date) -> list[tuple[FollowUp, str]]:
    """Open ones of one's own open cases up to that day with their texts, the oldest first."""
    only_office(actor)
    query = (
        select(FollowUp)
        .options(joinedload(FollowUp.case))
        .join(Case)
        .where(own(actor), Case.state == CaseState.OPEN, FollowUp.done_at.is_(None))
    )
    rows = db.session.scalars(query.where(FollowUp.due_on <= until).order_by(FollowUp.due_on, FollowUp.due_time))
    return [(row, row.plain_text) for row in rows]


def follow_ups_of(case: Case) -> list[tuple[FollowUp, str]]:
    """Open ones of a case with their texts, the next first."""
    open_ones = select(FollowUp).where(FollowUp.case_id == case.id, FollowUp.done_at.is_(None))
    rows = db.session.scalars(open_ones.order_by(FollowUp.due_on, FollowUp.due_time, FollowUp.id))
    return [(row, row.plain_text) for row in rows]


def follow_ups_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    rows = db.session.scalars(select(FollowUp).where(FollowUp.case_id == case.id, FollowUp.done_at.is_not(None))).all()
    names = names_of(row.done_by for row in rows)
    for row in rows:
        moment: datetime = row.done_at or row.created_at
        yield TimelineEntry(moment, _("Wiedervorlage erledigt"), row.plain_text, names.get(row.done_by or "", ""))


def follow_ups_told(case: Case) -> list[ExportedRecord]:
    rows = db.session.scalars(select(FollowUp).where(FollowUp.case_id == case.id).order_by(FollowUp.due_on))
    return [
        {
            "due_on": row.due_on.isoformat(),
            "due_time": row.due_time.isoformat() if row.due_time else None,
            "text": row.plain_text,
            "every": row.repeats.words if row.repeats else None,
            "done_at": row.done_at.isoformat() if row.done_at else None,
        }
        for row in rows
    ]

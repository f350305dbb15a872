"""Appointments as the office works on them: the calendar of a week, one appointment, booking by telephone."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import User
from wohnberatung.appointments.models import Appointment, AppointmentState
from wohnberatung.appointments.openings import WAYS, Span, Way, span_of
from wohnberatung.appointments.services import booking
from wohnberatung.appointments.services.my_appointment import tell
from wohnberatung.appointments.steps import APPOINTMENT_STEPS, CANCEL, RELEASE, has_begun
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import load_case
from wohnberatung.cases.services.rights import known_to, may_open, openable, visible_cases
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db

S = AppointmentState


@dataclass(frozen=True)
class CalendarEntry:
    """One appointment with what the acting person may read of it. A `is_hidden` one belongs to somebody else's case:
    that the time is taken is all there is to see."""

    appointment: Appointment
    advisor: str
    content: dict[str, str]
    is_hidden: bool = False

    @property
    def way(self) -> Way:
        return WAYS[self.appointment.way]

    @property
    def day(self) -> date:
        return to_berlin(self.appointment.starts_at).date()

    @property
    def has_begun(self) -> bool:
        return self.appointment.starts_at <= clock.now()


def calendar(actor: Actor, first: date, last: date, user_id: str | None = None) -> list[CalendarEntry]:
    """Everything from first to last day but what waits as spam, in order; of one advisor where given."""
    only_office(actor)
    within = (Appointment.starts_at >= clock.start_of_day(first)) & (
        Appointment.starts_at < clock.start_of_day(last + timedelta(days=1))
    )
    query = _appointments().where(within, Appointment.state != S.HELD)
    if user_id:
        query = query.where(Appointment.user_id == user_id)
    return _entries(query.order_by(Appointment.starts_at, Appointment.id), actor)


def held_appointments(actor: Actor) -> list[CalendarEntry]:
    """What looks like spam and has not begun yet, for a person to judge."""
    only_office(actor)
    waiting = _appointments().where(Appointment.state == S.HELD, Appointment.starts_at > clock.now())
    return _entries(waiting.order_by(Appointment.starts_at, Appointment.id), actor)


def load_entry(appointment_id: str, actor: Actor) -> CalendarEntry:
    """NotFound where there is none."""
    only_office(actor)
    known = or_(Appointment.case_id.is_(None), known_to(actor))
    found = _entries(_appointments().outerjoin(Appointment.case).where(Appointment.id == appointment_id, known), actor)
    if not found:
        raise NotFound(_("Diesen Termin gibt es nicht (mehr)."))
    if found[0].is_hidden:
        # Says how to open it.
        load_case(found[0].appointment.case_id or "", actor)
    return found[0]


def put_into_case(entry: CalendarEntry, case_number: str, *, version: int | None, actor: Actor) -> None:
    """The appointment belongs to that case from now on. DomainError on `case_number` where there is none to open."""
    check_version(entry.appointment, version)
    found = db.session.scalar(visible_cases(actor).where(Case.number == case_number.strip().upper()))
    if found is None or not may_open(found, actor):
        raise DomainError(_("Diesen Fall gibt es nicht, oder Sie dürfen ihn nicht öffnen."), "case_number")
    booking.attach(entry.appointment, found)


def book_for(
    *,
    way: str,
    starts_at: datetime,
    user_id: str,
    content: Mapping[str, str],
    language: str = "de",
    case_id: str | None = None,
    actor: Actor,
) -> Appointment:
    """By telephone or at the desk: at any time the advisor is free, whatever the opening hours. A mail confirms it.

    With `case_id` it belongs to that case.

    Raises DomainError for a time that is over, Taken where the advisor is not free, Forbidden outside the office;
    NotFound for a case that the acting person may not know of, NotYours for one they may not open.
    """
    only_office(actor)
    if starts_at <= clock.now():
        raise DomainError(_("Dieser Zeitpunkt ist schon vorbei."), "day")
    case = load_case(case_id, actor) if case_id else None
    with _saying_why(WAYS[way], starts_at, user_id):
        booked = booking.book(
            way, starts_at, (user_id,), content, language=language, booked_by=actor.user_id, case=case
        )
    tell(booked.appointment, "appointment_booked")
    return booked.appointment


def move_for(entry: CalendarEntry, starts_at: datetime, user_id: str, *, version: int | None, actor: Actor) -> None:
    """To another time, or to another advisor. A mail confirms it.

    Raises DomainError for a time that is over, Taken where the advisor is not free, Conflict where it was changed
    meanwhile, Forbidden outside the office.
    """
    only_office(actor)
    check_version(entry.appointment, version)
    if starts_at <= clock.now():
        raise DomainError(_("Dieser Zeitpunkt ist schon vorbei."), "day")
    with _saying_why(entry.way, starts_at, user_id, moved=entry.appointment):
        booking.move(entry.appointment, starts_at, (user_id,))
    tell(entry.appointment, "appointment_moved")


@contextmanager
def _saying_why(way: Way, starts_at: datetime, user_id: str, moved: Appointment | None = None) -> Iterator[None]:
    """Taken says what is in the way: another appointment, or only the way to it or from it. What it is about stays out
    of it, as it may be somebody else's case."""
    try:
        yield
    except booking.Taken as error:
        span = span_of(way, starts_at)
        near = (
            (Appointment.user_id == user_id)
            & (Appointment.busy_from < span.busy_until)
            & (Appointment.busy_until > span.busy_from)
            & (Appointment.state == S.BOOKED)
        )
        rows = db.session.scalars(select(Appointment).where(near).order_by(Appointment.starts_at))
        others = [row for row in rows if moved is None or row.id != moved.id]
        raise booking.Taken(way.key, _in_the_way(way, span, others) or error.message) from None


def _in_the_way(way: Way, span: Span, others: Sequence[Appointment]) -> str:
    """A sentence about the first of the appointments that keep the advisor from it; empty where there is none."""
    overlapping = [row for row in others if row.starts_at < span.ends_at and span.starts_at < row.ends_at]
    if not others:
        return ""
    row = (overlapping or list(others))[0]
    other = {"way": WAYS[row.way].short, "begins": _clock(row.starts_at), "ends": _clock(row.ends_at)}
    if overlapping:
        return _("Um diese Zeit ist schon ein Termin: %(way)s von %(begins)s bis %(ends)s Uhr.", **other)
    asked = {"from_": _clock(span.busy_from), "until": _clock(span.busy_until)}
    if way.travel or WAYS[row.way].travel:
        return _(
            "Die Zeit selbst ist frei, aber die Fahrzeit reicht nicht: Mit Hin- und Rückweg und Nachbereitung ist von "
            "%(from_)s bis %(until)s Uhr zu rechnen, und daneben liegt ein Termin (%(way)s) von %(begins)s bis "
            "%(ends)s Uhr.",
            **asked,
            **other,
        )
    return _(
        "Die Zeit selbst ist frei, aber die Nachbereitung reicht nicht: Bis %(until)s Uhr ist zu rechnen, und daneben "
        "liegt ein Termin (%(way)s) von %(begins)s bis %(ends)s Uhr.",
        until=asked["until"],
        **other,
    )


def _clock(moment: datetime) -> str:
    return f"{to_berlin(moment):%H:%M}"


def steps_of(entry: CalendarEntry) -> tuple[Step[Appointment], ...]:
    """What the office may do with it now: its buttons."""
    offered = APPOINTMENT_STEPS.offered(entry.appointment, Party.OFFICE)
    return tuple(step for step in offered if entry.has_begun or has_begun not in step.guards)


def take_step(entry: CalendarEntry, key: str, *, version: int | None, actor: Actor) -> Step[Appointment]:
    """Release, cancel, or say whether the person came; they are told where there is an address. Raises as
    `StepTable.check` does, Conflict also where its time is taken meanwhile."""
    only_office(actor)
    row, step = entry.appointment, APPOINTMENT_STEPS[key]
    check_version(row, version)
    told = step.told if key != CANCEL or row.state == S.BOOKED else ""
    if key == RELEASE:
        booking.release(row)
    elif key == CANCEL:
        booking.cancel(row, Party.OFFICE)
    else:
        APPOINTMENT_STEPS.take(row, key, by=Party.OFFICE)
        db.session.flush()
    if told:
        tell(row, told)
    return step


def annotate(entry: CalendarEntry, changed: Mapping[str, str], *, version: int | None, actor: Actor) -> None:
    """What the person needs to come in, and the office's own note."""
    only_office(actor)
    labels = {"joining": _("So kommt die Person zum Gespräch"), "note": _("Eigene Notiz")}
    current, submitted = (
        {label: texts.get(name, "") for name, label in labels.items()} for texts in (entry.content, changed)
    )
    check_version(entry.appointment, version, current=current, submitted=submitted)
    booking.change_content(entry.appointment, changed)


def _appointments() -> Select[Appointment, str]:
    query = select(Appointment, User.name).join(User, User.id == Appointment.user_id)
    return query.options(joinedload(Appointment.case))


def _entries(query: Select[Appointment, str], actor: Actor) -> list[CalendarEntry]:
    rows = db.session.execute(query).all()
    opened = openable((row.case for row, _name in rows if row.case is not None), actor)
    return [_entry(row, name, row.case_id is None or row.case_id in opened) for row, name in rows]


def _entry(row: Appointment, advisor: str, is_open: bool) -> CalendarEntry:
    return (
        CalendarEntry(row, advisor, booking.content_of(row))
        if is_open
        else CalendarEntry(row, advisor, {}, is_hidden=True)
    )

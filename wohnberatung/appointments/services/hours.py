"""When each advisor can be met: weekly hours, single days off or on, days on which the whole office is closed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import or_, select

from wohnberatung.accounts.models import User, UserRole
from wohnberatung.accounts.services.people import load_user
from wohnberatung.appointments.models import OpeningHours, SpecialDay
from wohnberatung.appointments.openings import MIDNIGHT, WAYS, Hours, Way, Window, window, without
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN, ADVISOR, Actor
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.core.holidays import day_of_rest, holiday_on
from wohnberatung.extensions import db

Row = TypeVar("Row", OpeningHours, SpecialDay)


@dataclass(frozen=True)
class Timetable:
    """Everything that is set for one advisor, with the holidays of the whole office."""

    user_id: str
    weekly: list[OpeningHours]
    special: list[SpecialDay]


def advisors() -> list[User]:
    """Everybody whom one can meet, by name."""
    active = select(User).join(UserRole).where(UserRole.role == ADVISOR, User.disabled_at.is_(None))
    return list(db.session.scalars(active.order_by(User.name, User.id)))


def timetable(user_id: str, actor: Actor) -> Timetable:
    """One's own, or for administrators anybody's; days that are over are left out."""
    _check_may_set(user_id, actor)
    weekly = select(OpeningHours).where(OpeningHours.user_id == user_id)
    mine = or_(SpecialDay.user_id == user_id, SpecialDay.user_id.is_(None))
    special = select(SpecialDay).where(mine, SpecialDay.day >= clock.today())
    return Timetable(
        user_id,
        list(db.session.scalars(weekly.order_by(OpeningHours.weekday, OpeningHours.begins))),
        list(db.session.scalars(special.order_by(SpecialDay.day, SpecialDay.begins))),
    )


def add_hours(
    user_id: str, *, weekday: int, begins: time, ends: time, ways: Sequence[str], actor: Actor
) -> OpeningHours:
    """Every week from now on; DomainError where they end before they begin or overlap others."""
    _check_may_set(user_id, actor)
    _check_times(begins, ends)
    for other in timetable(user_id, actor).weekly:
        if other.weekday == weekday and _overlap((begins, ends), (other.begins, other.ends)):
            raise DomainError(_("Zu dieser Zeit haben Sie an diesem Wochentag schon Sprechzeit."), "begins")
    hours = OpeningHours(user_id=user_id, weekday=weekday, begins=begins, ends=ends, ways=_known(ways))
    db.session.add(hours)
    db.session.flush()
    return hours


def add_special_day(
    user_id: str | None,
    *,
    day: date,
    is_open: bool,
    begins: time | None,
    ends: time | None,
    ways: Sequence[str] = (),
    note: str = "",
    actor: Actor,
) -> SpecialDay:
    """Open or closed on that day alone. Without `user_id` the whole office is closed, which administrators decide.

    Appointments that are booked already stay: the calendar shows them, somebody must speak with the people.

    Raises DomainError at the field for a day that is over or times that cannot be, Forbidden for who may not set these
    hours, NotFound where there is no such person.
    """
    _check_may_set(user_id, actor)
    if day < clock.today():
        raise DomainError(_("Dieser Tag ist schon vorbei."), "day")
    if (begins is None) != (ends is None) or (is_open and begins is None):
        raise DomainError(_("Bitte geben Sie beide Uhrzeiten an."), "begins")
    if begins is not None and ends is not None:
        _check_times(begins, ends)
    if is_open and user_id is None:
        raise DomainError(_("Zusätzliche Sprechzeit gilt immer für eine Person."), "is_open")
    row = SpecialDay(user_id=user_id, day=day, is_open=is_open, begins=begins, ends=ends, note=note)
    row.ways = _known(ways) if is_open else []
    db.session.add(row)
    db.session.flush()
    return row


def remove_hours(hours_id: str, actor: Actor) -> None:
    _remove(db.session.get(OpeningHours, hours_id), actor)


def remove_special_day(day_id: str, actor: Actor) -> None:
    _remove(db.session.get(SpecialDay, day_id), actor)


def unusual(way: Way, starts_at: datetime, user_id: str) -> str:
    """Why one would think twice before meeting then, as a sentence: a Sunday, a public holiday, outside the hours of
    this advisor, or of the office where they have named none. Empty where it is a time as any other."""
    local = clock.to_berlin(starts_at)
    day, words = local.date(), f"{local:%d.%m.%Y}"
    if rest := day_of_rest(day):
        return rest
    everybody = db.session.scalars(select(OpeningHours.user_id).distinct()).all()
    asked = [user_id] if user_id in everybody else everybody
    opened = [each for days in windows_of(day, day, asked).values() for each in days[day]]
    if not asked or any(each.begins <= starts_at and starts_at + way.length <= each.ends for each in opened):
        return ""
    when = {"day": words, "time": f"{local:%H:%M}"}
    if asked == [user_id]:
        return _("Am %(day)s um %(time)s Uhr ist keine Sprechzeit dieser Person.", **when)
    return _("Am %(day)s um %(time)s Uhr hat die Wohnberatung keine Sprechzeit.", **when)


def windows_of(first: date, last: date, user_ids: Collection[str]) -> dict[str, dict[date, list[Window]]]:
    """When each of these advisors can be met on each day from first to last, by advisor and day. On a public holiday
    only in hours that somebody has added for that very day."""
    weekly = list(db.session.scalars(select(OpeningHours).where(OpeningHours.user_id.in_(user_ids))))
    within = SpecialDay.day.between(first, last)
    special = list(db.session.scalars(select(SpecialDay).where(within)))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {
        user_id: {day: _windows(day, _of(weekly, user_id), _of(special, user_id, None)) for day in days}
        for user_id in user_ids
    }


def _windows(day: date, weekly: Iterable[OpeningHours], special: Iterable[SpecialDay]) -> list[Window]:
    usual = [] if holiday_on(day) else [row for row in weekly if row.weekday == day.weekday()]
    here = [row for row in special if row.day == day]
    opening: list[OpeningHours | SpecialDay] = [*usual, *(row for row in here if row.is_open)]
    opened = [window(day, _hours(row)) for row in opening]
    return without(opened, [window(day, _hours(row)) for row in here if not row.is_open])


def _hours(row: OpeningHours | SpecialDay) -> Hours:
    return Hours(row.begins or MIDNIGHT, row.ends or MIDNIGHT, frozenset(row.ways))


def _of(rows: Iterable[Row], *user_ids: str | None) -> list[Row]:
    return [row for row in rows if row.user_id in user_ids]


def _remove(row: OpeningHours | SpecialDay | None, actor: Actor) -> None:
    if row is None or not _may_set(row.user_id, actor):
        raise NotFound(_("Diese Zeit gibt es nicht (mehr)."))
    db.session.delete(row)
    db.session.flush()


def _check_may_set(user_id: str | None, actor: Actor) -> None:
    if not _may_set(user_id, actor):
        raise Forbidden(_("Sprechzeiten anderer und Feiertage des Büros legt nur die Verwaltung fest."))
    if user_id is not None:
        load_user(user_id)


def _may_set(user_id: str | None, actor: Actor) -> bool:
    return actor.has_role(ADMIN) or (actor.is_staff and user_id is not None and user_id == actor.user_id)


def _check_times(begins: time, ends: time) -> None:
    if ends != MIDNIGHT and ends <= begins:
        raise DomainError(_("Das Ende liegt vor dem Anfang."), "ends")
    if any(each.minute % 15 or each.second for each in (begins, ends)):
        raise DomainError(_("Bitte wählen Sie volle Viertelstunden, zum Beispiel 9:15."), "begins")


def _overlap(one: tuple[time, time], other: tuple[time, time]) -> bool:
    def end(pair: tuple[time, time]) -> time:
        return time.max if pair[1] == MIDNIGHT else pair[1]

    return one[0] < end(other) and other[0] < end(one)


def _known(ways: Sequence[str]) -> list[str]:
    chosen = [key for key in WAYS if key in ways]
    if not chosen:
        raise DomainError(_("Bitte wählen Sie mindestens eine Art von Gespräch."), "ways")
    return chosen

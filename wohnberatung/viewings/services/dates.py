"""Agreeing on a date: one side proposes up to three, the other chooses. What is agreed moves the match along."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext as _

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core import clock
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.viewings.models import Viewing, ViewingState
from wohnberatung.viewings.services.sides import Standing, other, side_at_turn, viewing_of
from wohnberatung.viewings.services.telling import tell_of
from wohnberatung.viewings.steps import ASK_OTHERS, CALL_OFF, CHOOSE, MISS, PROPOSE, VIEWING_STEPS

MOST_OPTIONS = 3
LATEST = timedelta(days=90)
# Nobody is shown a home at night; and at these hours no clock is ever changed.
EARLIEST_HOUR, LATEST_HOUR = time(7), time(20)
MISSED_BEFORE_ASKED = 2


def moment_at(day: date, at: time) -> datetime:
    """What the wall clock in Berlin says on that day, in UTC."""
    return datetime.combine(day, at, tzinfo=clock.BERLIN).astimezone(UTC)


def checked_moments(moments: Sequence[datetime]) -> list[datetime]:
    """In order and each once. Raises DomainError at `day_1` or `time_1` for what cannot be."""
    tomorrow = clock.today() + timedelta(days=1)
    found = sorted(set(moments))
    if not 1 <= len(found) <= MOST_OPTIONS:
        raise DomainError(_("Bitte schlagen Sie einen bis drei Termine vor."), "day_1")
    for moment in found:
        local = clock.to_berlin(moment)
        if not tomorrow <= local.date() <= tomorrow + LATEST:
            raise DomainError(_("Bitte wählen Sie Tage von morgen an, in den nächsten drei Monaten."), "day_1")
        if not EARLIEST_HOUR <= local.time() <= LATEST_HOUR:
            raise DomainError(_("Bitte wählen Sie eine Uhrzeit zwischen 7 und 20 Uhr."), "time_1")
    return found


def propose(
    standing: Standing, moments: Sequence[datetime], *, version: int | None, for_side: str | None = None
) -> Viewing:
    """Offer the other side up to three dates; what was offered before is gone with it.

    Raises DomainError at `day_1` for dates that cannot be, at `side` where the office says not for whom, Conflict where
    somebody was faster, and whatever keeps this match from a viewing.
    """
    side = standing.acts_for(for_side)
    match, viewing = _begin(standing, version)
    STEPS.check(match, "view", by=side)
    options = [moment.isoformat() for moment in checked_moments(moments)]
    if viewing is None:
        viewing = Viewing(id=new_id(), match=match, state=ViewingState.PROPOSED, proposed_by=side, options=options)
        db.session.add(viewing)
    else:
        VIEWING_STEPS.take(viewing, PROPOSE, by=side)
        viewing.proposed_by, viewing.options, viewing.starts_at = side, options, None
    viewing.reminded_at = viewing.asked_at = None
    db.session.flush()
    tell_of(viewing, standing, side)
    return viewing


def choose(standing: Standing, moment: datetime | None, *, version: int | None) -> Viewing:
    """The side at turn takes one of the dates, which then stands for both; None: none of them fits.

    Raises DomainError at `moment` for one that was not offered or is over, Conflict where somebody was faster or it is
    not this side's turn.
    """
    match, viewing = _known(standing, version)
    side = side_at_turn(viewing)
    if viewing.state != ViewingState.PROPOSED or side is None or (not standing.is_office and side is not standing.side):
        raise VIEWING_STEPS.refused(viewing)
    if moment is None:
        VIEWING_STEPS.take(viewing, ASK_OTHERS, by=side)
        db.session.flush()
        tell_of(viewing, standing, side)
        return viewing
    if moment not in viewing.moments or clock.to_berlin(moment).date() <= clock.today():
        raise DomainError(_("Bitte wählen Sie einen der Termine, der noch kommt."), "moment")
    VIEWING_STEPS.take(viewing, CHOOSE, by=side)
    viewing.starts_at = moment
    take(match, "view", by=side, actor=standing.actor, given=Given(until=clock.to_berlin(moment).date()))
    tell_of(viewing, standing, side, seeker_knows=True)
    return viewing


def call_off(standing: Standing, *, version: int | None) -> Viewing:
    """The date, or what was proposed for it, is off; new ones may be proposed.

    Raises DomainError once it has begun, Conflict where somebody was faster.
    """
    side = standing.side
    match, viewing = _known(standing, version)
    VIEWING_STEPS.take(viewing, CALL_OFF, by=side)
    stood = viewing.starts_at is not None and match.state == MatchState.VIEWING
    db.session.flush()
    if stood:
        take(match, "call_off", by=side, actor=standing.actor)
    tell_of(viewing, standing, side, seeker_knows=stood)
    return viewing


def miss(standing: Standing, who: str | None, *, version: int | None) -> Viewing:
    """Side `who` did not come. The second time the match comes to rest, and the office asks what has happened.

    Raises DomainError at `who` where nobody is named, DomainError before it begins, Conflict where somebody was faster.
    """
    if who not in (Party.SEEKER, Party.PROVIDER):
        raise DomainError(_("Bitte wählen Sie, wer nicht da war."), "who")
    match, viewing = _known(standing, version)
    side = other(Party(who)) if standing.is_office else standing.side
    VIEWING_STEPS.take(viewing, MISS, by=side)
    if who == Party.SEEKER:
        viewing.seeker_missed += 1
    else:
        viewing.provider_missed += 1
    db.session.flush()
    if max(viewing.seeker_missed, viewing.provider_missed) >= MISSED_BEFORE_ASKED:
        take(match, "missed_twice", by=Party.SYSTEM, actor=standing.actor, given=Given("dates_missed"))
    else:
        take(match, "missed", by=side, actor=standing.actor)
    tell_of(viewing, standing, side, seeker_knows=True)
    return viewing


def _known(standing: Standing, version: int | None) -> tuple[BrokeredMatch, Viewing]:
    match, viewing = _begin(standing, version)
    if viewing is None:
        raise Conflict(_("Zu diesem Vorschlag gibt es noch keinen Termin."))
    return match, viewing


def _begin(standing: Standing, version: int | None) -> tuple[BrokeredMatch, Viewing | None]:
    """Both as they are now, and nobody else's until the transaction ends; 0 is the version of what is not there."""
    match = locked(standing.match.id)
    viewing = viewing_of(match)
    if version != (viewing.version if viewing else 0):
        raise Conflict(str(CHANGED_MEANWHILE))
    return match, viewing

"""Asking how it goes: three and twelve months after moving in, by mail where somebody reads them, else by telephone."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.aftercare.models import LivingCheck
from wohnberatung.brokerage.days import FOLLOW_UPS
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.states import MatchState
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.papers import Part, paragraph, points
from wohnberatung.seekers.models import HousingRequest

LIVING_THERE = (MatchState.MOVED_IN, MatchState.COMPLETED)
# Whoever has moved in longer ago is not asked any more: that would surprise more than it helps.
LATEST = timedelta(days=60)


def ask_all() -> int:
    """Everybody whose day has come, each for itself; returns how many. Run again, it asks nobody twice.

    Raises LeftUndone for those that failed.
    """
    earliest = clock.today() - FOLLOW_UPS[0]
    moved = BrokeredMatch.state.in_(LIVING_THERE) & (BrokeredMatch.moved_in_on <= earliest)
    found = db.session.scalars(select(BrokeredMatch.id).where(moved).order_by(BrokeredMatch.id)).all()
    return sum(each_in_its_own_transaction(found, _ask))


def day_to_ask(moved_in: date, today: date) -> date | None:
    """The last of the days on which one asks that has come, if it has come lately."""
    days = [moved_in + each for each in FOLLOW_UPS if moved_in + each <= today]
    return days[-1] if days and today - days[-1] <= LATEST else None


def question_by_post(_request: HousingRequest, _values: Mapping[str, object]) -> tuple[str, list[Part]]:
    """For those who want letters; they answer on the telephone."""
    return _("Wie geht es Ihnen?"), [
        paragraph(_("vor einiger Zeit haben wir Ihnen geholfen. Wir möchten wissen:")),
        points(
            (
                _("Wohnen Sie noch in der Wohnung?"),
                _("Was fehlt Ihnen? Wobei können wir helfen?"),
                _("Dürfen wir später noch einmal fragen, wie es Ihnen geht?"),
            )
        ),
        paragraph(_("Rufen Sie uns an, oder schreiben Sie uns. Sie müssen nicht antworten.")),
    ]


def checks_of(match_id: str) -> list[LivingCheck]:
    """Every time of asking, the oldest first."""
    mine = select(LivingCheck).where(LivingCheck.match_id == match_id)
    return list(db.session.scalars(mine.order_by(LivingCheck.due_on)))


def _ask(match_id: str) -> bool:
    match = locked(match_id)
    if match.state not in LIVING_THERE or match.moved_in_on is None:
        return False
    day = day_to_ask(match.moved_in_on, clock.today())
    before = checks_of(match.id)
    if day is None or any(each.due_on == day or each.ask_again is False for each in before):
        return False
    take(match, "ask_how_it_goes", by=Party.SYSTEM)
    told = match.events[-1].told or [""]
    db.session.add(LivingCheck(id=new_id(), match=match, due_on=day, asked_at=clock.now(), told=told[0]))
    db.session.flush()
    return True

"""Matches that wait for the office: answers that came in, deadlines near, what has been left lying."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import Match
from wohnberatung.brokerage.states import STAGES, MatchState, Party
from wohnberatung.cases.services.desk import SHOWN, Found, Line, desk_section
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services import shown_to

S = MatchState
ANSWERS = (S.INTERESTED, S.HELP_WANTED, S.DECLINED)
ALIVE = [state for state, stage in STAGES.items() if stage.turn in (Party.OFFICE, Party.SEEKER)]
SOON = timedelta(days=3)


@desk_section("answers", _l("Antworten auf Vorschläge"), position=20)
def answers(actor: Actor) -> Found:
    """What those who seek have answered, for the office to go on with."""
    return _found(actor, Match.state.in_(ANSWERS))


@desk_section("deadlines", _l("Fristen in den nächsten Tagen"), position=30)
def deadlines(actor: Actor) -> Found:
    now = clock.now()
    return _found(actor, Match.state.in_(ALIVE), Match.due_at > now, Match.due_at <= now + SOON)


@desk_section("stalled", _l("Liegen geblieben"), position=35)
def stalled(actor: Actor) -> Found:
    """Past their time, and nobody has done anything about it."""
    return _found(actor, Match.state.in_(ALIVE), Match.due_at <= clock.now())


def _found(actor: Actor, *conditions: ColumnElement[bool]) -> Found:
    query = select(Match).join(Match.request).where(shown_to(actor), *conditions)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return Found(count, _lines(db.session.scalars(_loaded(query).limit(SHOWN)).all()), "brokerage.list_matches")


def _loaded(query: Select[Any]) -> Select[Any]:
    offer = joinedload(Match.offer)
    people = joinedload(Match.request).joinedload(HousingRequest.person_key)
    parts = offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project)
    return query.options(people, *parts).order_by(Match.due_at, Match.id)


def _lines(matches: Sequence[Match]) -> list[Line]:
    return [
        Line(
            match.offer.display_title,
            _("%(number)s, %(stage)s", number=match.request.receipt_number, stage=match.stage.label)
            + (f", {match.last_day:%d.%m.}" if match.last_day else ""),
            "brokerage.show_match",
            {"match_id": match.id},
            urgent=match.is_overdue,
        )
        for match in matches
    ]

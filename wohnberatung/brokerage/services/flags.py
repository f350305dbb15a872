"""Flags of matches, which nobody sets: judged otherwise since it was proposed, a consent to be renewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent
from wohnberatung.brokerage.services.results import judge, read_result, result_of
from wohnberatung.brokerage.states import OPEN
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.dwellings.models import FactRecord
from wohnberatung.extensions import db
from wohnberatung.seekers.models import Purpose, RequestVersion

# So long a yes to being matched is taken as given without asking again.
YES_KEPT = timedelta(days=365)
# Steps with which a match is judged anew.
_JUDGED = ("review", "reopen")


@dataclass(frozen=True)
class MatchFlag:
    """What is to be looked at: in two words, and what to do about it."""

    key: str
    label: Any
    advice: Any


CHANGED = MatchFlag(
    "changed",
    _l("seither geändert"),
    _l("Gesuch oder Wohnung haben sich seit dem Vorschlag geändert. Unten steht der alte Stand: Sprechen Sie darüber."),
)
RENEW = MatchFlag(
    "renew",
    _l("Einwilligung erneuern"),
    _l("Die Einwilligung ist älter als ein Jahr, oder auf unsere Nachfrage kam keine Antwort. Fragen Sie."),
)


def flags_of(matches: Sequence[BrokeredMatch]) -> dict[str, tuple[MatchFlag, ...]]:
    """The flags of each open match by its id; the queries are the same for many as for one."""
    alive = [match for match in matches if match.state in OPEN]
    touched = _touched(alive)
    return {
        match.id: tuple(
            flag
            for flag, holds in (
                (CHANGED, match.id in touched and _is_judged_otherwise(match)),
                (RENEW, _is_consent_old(match)),
            )
            if holds
        )
        for match in alive
    }


def _touched(matches: Sequence[BrokeredMatch]) -> set[str]:
    """Those of whose request or home somebody said something since they were judged: what is worth judging again."""
    ids = [match.id for match in matches]
    judged = select(MatchEvent.match_id, func.max(MatchEvent.happened_at)).where(MatchEvent.step.in_(_JUDGED))
    since: dict[str, datetime] = {
        row[0]: row[1]
        for row in db.session.execute(judged.where(MatchEvent.match_id.in_(ids)).group_by(MatchEvent.match_id))
    }
    requests = {match.request_id for match in matches}
    changed = select(RequestVersion.request_id, func.max(RequestVersion.changed_at))
    changed = changed.where(RequestVersion.request_id.in_(requests)).group_by(RequestVersion.request_id)
    homes = {subject for match in matches for subject in _subjects(match)}
    said = select(FactRecord.subject_id, func.max(FactRecord.recorded_at)).where(FactRecord.current)
    said = said.where(FactRecord.subject_id.in_(homes)).group_by(FactRecord.subject_id)
    latest = {row[0]: row[1] for query in (changed, said) for row in db.session.execute(query)}
    return {
        match.id
        for match in matches
        if any(
            latest[each] > since[match.id]
            for each in (match.request_id, *_subjects(match))
            if each in latest and match.id in since
        )
    }


def _subjects(match: BrokeredMatch) -> tuple[str, ...]:
    offer = match.offer
    return tuple(each for each in (offer.id, offer.dwelling_id, offer.project_id) if each)


def _is_judged_otherwise(match: BrokeredMatch) -> bool:
    try:
        return read_result(judge(match.request, match.offer_id)).differs_from(result_of(match))
    except DomainError:
        return False  # it is not to be had at present, so nothing is judged


def _is_consent_old(match: BrokeredMatch) -> bool:
    request = match.request
    given = [
        consent.given_at
        for consent in request.consents
        if consent.purpose == Purpose.MATCHING and consent.withdrawn_at is None
    ]
    newest = max((moment for moment in (*given, request.confirmed_at) if moment), default=None)
    return request.asked_at is not None or (newest is not None and newest < clock.now() - YES_KEPT)

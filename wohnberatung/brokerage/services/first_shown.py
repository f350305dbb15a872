"""A home that was adapted and falls vacant is first shown to those who need what was measured in it, for a time.

By the rule that is so where works were ordered for somebody who then lived there; the office may name a day itself, for
any home, and end it. It keeps proposals back, nothing else: who needs it first is counted by musts, never by who they
are. Source: brokerage concept, an adapted home that falls vacant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, joinedload

from matching.catalogue import HOMES
from matching.whatif.needed_features import needed_features
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.models import BrokeredMatch, FirstShown, MatchEvent
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.settings import setting
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.open_requests import open_requests
from wohnberatung.seekers.services.requests import visible_requests

MEASURED = "measured"
# Nothing is kept back for longer.
LONGEST = timedelta(weeks=8)


@dataclass(frozen=True)
class NeedsFirst:
    """Somebody who needs measured features of the home, in words, and the case that there is already between them."""

    request: HousingRequest
    needs: tuple[str, ...]
    match: BrokeredMatch | None


@dataclass(frozen=True)
class FirstSheet:
    """One home for the office: `until` when it is first shown to others, None where it is not; its measured `features`
    in words; who needs them, as far as the acting person may know of them, and how many that are in all."""

    offer: Offer
    until: date | None
    version: int | None
    features: tuple[str, ...]
    needing: tuple[NeedsFirst, ...]
    count: int


def first_shown_until(offer: Offer) -> date | None:
    """The last day on which a published home is first shown to those who need what it has; None where it is not."""
    if offer.status != OfferStatus.PUBLISHED or offer.dwelling_id is None:
        return None
    declared = db.session.get(FirstShown, offer.id)
    until = declared.until if declared else _by_rule(offer)
    return until if until is not None and until >= clock.today() else None


def is_kept_for_nobody_else(match: BrokeredMatch) -> None:
    """Raises DomainError while the home is first shown to others who need what it has, and this person needs none of
    it."""
    until = first_shown_until(match.offer)
    if until is None:
        return
    needing = who_needs(match.offer)
    if needing and match.request_id not in needing:
        raise DomainError(
            _(
                "Diese Wohnung ist bis zum %(day)s zuerst für Menschen da, die brauchen, was in ihr gemessen ist. "
                "Wer das ist, steht bei der Wohnung.",
                day=f"{until:%d.%m.%Y}",
            )
        )


def needs_it(match: BrokeredMatch) -> tuple[str, ...]:
    """What the person of the match needs of the measured features, in words."""
    return tuple(HOMES.criterion(key).label for key in who_needs(match.offer).get(match.request_id, ()))


def who_needs(offer: Offer) -> dict[str, tuple[str, ...]]:
    """Open requests for which nothing is missed, by their id: keys of the measured features that they need."""
    keys = _measured(offer.dwelling)
    with current_supply() as supply:
        if not keys or offer.id not in supply.frame.position:
            return {}
        return needed_features(offer.id, supply.frame, open_requests().index, keys)


def first_sheet(offer_id: str, actor: Actor) -> FirstSheet:
    """NotFound where there is no such home, Forbidden for anybody but the office."""
    only_office(actor)
    offer = _load(offer_id)
    needed = who_needs(offer)
    there = select(BrokeredMatch).where(BrokeredMatch.offer_id == offer.id, BrokeredMatch.request_id.in_(needed))
    cases = {case.request_id: case for case in db.session.scalars(there)}
    known = db.session.scalars(visible_requests(actor).where(HousingRequest.id.in_(needed)))
    rows = sorted(known, key=lambda row: (-len(needed[row.id]), row.receipt_number))
    declared = db.session.get(FirstShown, offer.id)
    return FirstSheet(
        offer=offer,
        until=first_shown_until(offer),
        version=declared.version if declared else None,
        features=tuple(criterion.label for criterion in HOMES.criteria if criterion.key in _measured(offer.dwelling)),
        needing=tuple(NeedsFirst(row, _labels(needed[row.id]), cases.get(row.id)) for row in rows),
        count=len(needed),
    )


def declare_first(offer_id: str, until: date | None, actor: Actor, *, version: int | None) -> FirstShown:
    """Until that day; without one it ends today. DomainError at `until` for a day that has passed or is too far ahead,
    or where nothing was measured; Conflict where somebody declared it meanwhile."""
    only_office(actor)
    offer = _load(offer_id)
    declared = db.session.get(FirstShown, offer.id)
    today = clock.today()
    if until is not None and not today <= until <= today + LONGEST:
        raise DomainError(_("Bitte wählen Sie einen Tag in den nächsten acht Wochen."), "until")
    if until is not None and not _measured(offer.dwelling):
        raise DomainError(_("In dieser Wohnung ist nichts gemessen, was jemand brauchen könnte."), "until")
    if declared is None:
        declared = FirstShown(offer=offer)
        db.session.add(declared)
    else:
        check_version(declared, version)
    declared.until, declared.declared_by = until or today - timedelta(days=1), actor.user_id
    db.session.flush()
    return declared


def homes_shown_first() -> Sequence[tuple[Offer, date]]:
    """All published ones with their last day, the first to end on top."""
    declared = select(FirstShown.offer_id).where(FirstShown.until >= clock.today())
    query = select(Offer).where(Offer.status == OfferStatus.PUBLISHED, Offer.id.in_(declared) | _was_adapted(Offer))
    offers = db.session.scalars(query.options(joinedload(Offer.dwelling)))
    found = [(offer, until) for offer in offers if (until := first_shown_until(offer)) is not None]
    return sorted(found, key=lambda each: (each[1], each[0].id))


def _by_rule(offer: Offer) -> date | None:
    """From the day on which it can be had again: published, or left by who lived there."""
    if offer.published_at is None or not db.session.scalar(
        select(Offer.id).where(Offer.id == offer.id, _was_adapted(Offer))
    ):
        return None
    left = select(func.max(MatchEvent.happened_at)).join(MatchEvent.match).join(BrokeredMatch.offer)
    last_left = db.session.scalar(left.where(Offer.dwelling_id == offer.dwelling_id, MatchEvent.step == "end_living"))
    since = max(moment for moment in (offer.published_at, last_left) if moment is not None)
    return clock.to_berlin(since).date() + timedelta(days=setting("FIRST_SHOWN_DAYS"))


def _was_adapted(offer: type[Offer]) -> ColumnElement[bool]:
    """Works were ordered in the dwelling for somebody who has lived there."""
    earlier = aliased(Offer)
    lived = select(BrokeredMatch.id).join(earlier, earlier.id == BrokeredMatch.offer_id)
    lived = lived.where(earlier.dwelling_id == offer.dwelling_id)
    return lived.where(BrokeredMatch.works_ordered_on.is_not(None), BrokeredMatch.moved_in_on.is_not(None)).exists()


def _measured(dwelling: Dwelling | None) -> frozenset[str]:
    """Keys of criteria that a standard names as a need and whose fact was measured in the dwelling."""
    evidence = (dwelling.evidence if dwelling else None) or {}
    measured = {key for key, known in evidence.items() if known["level"] == MEASURED}
    return frozenset(each.key for each in HOMES.criteria if each.norm and each.fact.key in measured)


def _labels(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(HOMES.criterion(key).label for key in keys)


def _load(offer_id: str) -> Offer:
    query = select(Offer).options(joinedload(Offer.dwelling)).where(Offer.id == offer_id)
    offer = db.session.scalar(query.where(Offer.dwelling_id.is_not(None)))
    if offer is None:
        raise NotFound(_("Diese Wohnung gibt es nicht."))
    return offer

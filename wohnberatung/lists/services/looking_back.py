"""A home as it stood at a moment, from what is kept of it for good: its spells, and everything that was said of it.

With the version of the request and the weights of that moment, any pair can be judged again, also one that stood on no
kept list. The rules of the engine and what it has learned are those of today.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from matching.catalogue import HOMES
from matching.criteria.money import SINGLE_ROOM
from matching.learning.wish_weights import weighed
from matching.requests import Request, SupplyRow
from wohnberatung.bridge.needs import engine_request, requirements_of, weights_at
from wohnberatung.dwellings.models import FactRecord, Offer, OfferSpell, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, RequestVersion

AT_LEAST = timedelta(minutes=1)
"""What changes again sooner is one deed: a file that comes in, a form that is corrected at once."""

_FACTS = {fact.key: fact for owner in ("dwelling", "offer", "project") for fact in HOMES.facts_of(owner)}
_CRITERIA = {criterion.key for criterion in HOMES.criteria}


@dataclass(frozen=True)
class StandingOffer:
    """How an offer stood from a moment to another; `until` None: it does so still."""

    spell: OfferSpell
    since: datetime
    until: datetime | None

    @property
    def on_offer(self) -> bool:
        return self.spell.status == OfferStatus.PUBLISHED


@dataclass(frozen=True)
class PassingHome:
    """A home on offer as it stood in between and does no more: one that came and went, or that was corrected."""

    offer_id: str
    row: SupplyRow
    since: datetime
    until: datetime


@dataclass(frozen=True)
class ChangedHomes:
    """What changed within a span: by offer the first and the last moment at which it did, and how homes stood in
    between."""

    moments: Mapping[str, tuple[datetime, datetime]]
    passing: Sequence[PassingHome]


def standings_of(offer_ids: Collection[str]) -> dict[str, list[StandingOffer]]:
    """By offer, oldest first."""
    spells: dict[str, list[OfferSpell]] = defaultdict(list)
    query = select(OfferSpell).where(OfferSpell.offer_id.in_(offer_ids)).order_by(OfferSpell.since, OfferSpell.id)
    for spell in db.session.scalars(query):
        spells[spell.offer_id].append(spell)
    return {
        offer_id: [
            StandingOffer(spell, spell.since, following.since if following else None)
            for spell, following in zip(each, [*each[1:], None], strict=True)
        ]
        for offer_id, each in spells.items()
    }


def stood_at(standings: Iterable[StandingOffer], moment: datetime) -> StandingOffer | None:
    """None where it did not exist yet."""
    return next((each for each in standings if each.since <= moment and (not each.until or moment < each.until)), None)


def row_at(offer_id: str, spell: OfferSpell, moment: datetime, row_id: str = "") -> SupplyRow:
    """What the engine would have been told of the offer then."""
    subjects = [each for each in (offer_id, spell.dwelling_id, spell.project_id) if each]
    query = select(FactRecord).where(
        FactRecord.subject_id.in_(subjects), FactRecord.current, FactRecord.recorded_at <= moment
    )
    said = {record.key: record for record in db.session.scalars(query.order_by(FactRecord.id))}
    known = {key: record for key, record in said.items() if record.value is not None and key in _FACTS}
    facts: dict[str, Any] = {key: _FACTS[key].parse(record.value) for key, record in known.items()}
    if spell.project_id is None and not facts.get(SINGLE_ROOM.key):
        facts |= {key: fact.alone for key, fact in _FACTS.items() if fact.owner == "project" and fact.alone is not None}
    return SupplyRow(
        id=row_id or offer_id,
        facts=facts,
        evidence={key: record.level for key, record in known.items()},
        demands=requirements_of(spell.demands),
    )


def asked_at(request: HousingRequest, moment: datetime) -> Request | None:
    """What the request asked for then, weighed as it was then; None where it had not been sent yet."""
    mine = (RequestVersion.request_id == request.id) & (RequestVersion.changed_at <= moment)
    version = db.session.scalars(select(RequestVersion).where(mine).order_by(RequestVersion.number.desc())).first()
    if version is None:
        return None
    needs = version.plain_payload["needs"]
    asked = [each for each in needs["requirements"] if each["key"] in _CRITERIA]
    return weighed(engine_request(request.id, {**needs, "requirements": asked}, weigh=False), weights_at(moment), HOMES)


def changed_homes(after: datetime, until: datetime) -> ChangedHomes:
    """What changed of homes later than `after`, up to `until`."""
    moments = {offer: _deeds(each) for offer, each in _moments(after, until).items()}
    standings = standings_of([offer for offer, deeds in moments.items() if len(deeds) > 1])
    passing: list[PassingHome] = []
    for offer_id, deeds in moments.items():
        for (_first, since), (ended, _last) in pairwise(deeds):
            last_moment = ended - timedelta(microseconds=1)
            stood = stood_at(standings.get(offer_id, ()), last_moment)
            if stood is not None and stood.on_offer:
                row = row_at(offer_id, stood.spell, last_moment, f"{offer_id} {len(passing)}")
                passing.append(PassingHome(offer_id, row, since, ended))
    return ChangedHomes({offer: (deeds[0][0], deeds[-1][1]) for offer, deeds in moments.items()}, passing)


def _deeds(moments: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    """First and last moment of each."""
    deeds: list[tuple[datetime, datetime]] = []
    for moment in sorted(set(moments)):
        if deeds and moment - deeds[-1][1] < AT_LEAST:
            deeds[-1] = (deeds[-1][0], moment)
        else:
            deeds.append((moment, moment))
    return deeds


def _moments(after: datetime, until: datetime) -> dict[str, set[datetime]]:
    """By offer, when something of it changed."""
    found: dict[str, set[datetime]] = defaultdict(set)
    begun = (OfferSpell.since > after) & (OfferSpell.since <= until)
    for offer_id, since in db.session.execute(select(OfferSpell.offer_id, OfferSpell.since).where(begun)):
        found[offer_id].add(since)
    said = FactRecord.current & (FactRecord.recorded_at > after) & (FactRecord.recorded_at <= until)
    for owner, column in (("offer", Offer.id), ("dwelling", Offer.dwelling_id), ("project", Offer.project_id)):
        told = select(Offer.id, FactRecord.recorded_at).join(FactRecord, FactRecord.subject_id == column)
        for offer_id, recorded_at in db.session.execute(told.where(said, FactRecord.subject_kind == owner).distinct()):
            found[offer_id].add(recorded_at)
    return found

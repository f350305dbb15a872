"""New objects that may be dwellings we have: likely ones, side by side, for a person to decide."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.duplicates import LikelyPair, likely_duplicates
from matching.duplicates.fields import DWELLING
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ObjectState
from wohnberatung.intake.services.outcomes import Compared, Double, Outcome
from wohnberatung.intake.services.stock import Stock, record_key

LEAST = 0.6
MOST_EACH = 3
_FACTS = {fact.key: fact for fact in HOMES.facts}


def with_doubles(outcomes: Iterable[Outcome], stock: Stock) -> list[Outcome]:
    """The outcomes, each new one with the dwellings it may be, unless a person has decided already."""
    outcomes = list(outcomes)
    new = {_dwelling_of(outcome): outcome for outcome in outcomes if _is_asked(outcome, stock)}
    if not new:
        return outcomes
    theirs = Dwelling.organisation_id == stock.source.organisation_id
    homes = {dwelling.id: dwelling for dwelling in db.session.scalars(select(Dwelling).where(theirs))}
    rows = [{field.name: getattr(dwelling, field.name) for field in DWELLING} for dwelling in homes.values()]
    found: dict[str, list[Double]] = {}
    for pair in likely_duplicates(list(homes), rows, DWELLING, LEAST):
        fresh = [home for home in (pair.a, pair.b) if home in new]
        if len(fresh) == 1:
            other = pair.b if fresh[0] == pair.a else pair.a
            found.setdefault(fresh[0], []).append(_double(pair, homes[fresh[0]], homes[other]))
    return [replace(outcome, doubles=tuple(_of(outcome, new, found))[:MOST_EACH]) for outcome in outcomes]


def _is_asked(outcome: Outcome, stock: Stock) -> bool:
    key = outcome.provider_key, outcome.external_id
    return outcome.state == ObjectState.NEW and not stock.was_known.get(key) and record_key(*key) not in stock.same_as


def _dwelling_of(outcome: Outcome) -> str:
    return str(db.session.get_one(Offer, outcome.offer_id).dwelling_id)


def _of(outcome: Outcome, new: dict[str, Outcome], found: dict[str, list[Double]]) -> list[Double]:
    return next((found.get(home, []) for home, mine in new.items() if mine is outcome), [])


def _double(pair: LikelyPair, theirs: Dwelling, ours: Dwelling) -> Double:
    fields = tuple(
        Compared(field.label, _words(field.name, ours), _words(field.name, theirs), pair.fields[field.name])
        for field in DWELLING
        if pair.fields[field.name] != "blank"
    )
    return Double(ours.id, ours.address or ours.title or _("Wohnung ohne Adresse"), round(pair.probability, 4), fields)


def _words(name: str, dwelling: Dwelling) -> str:
    value: Any = getattr(dwelling, name)
    return _FACTS[name].format(value) if name in _FACTS else str(value or "")

"""Two records that somebody knows to be one, although no search has found them: named by number, link or words."""

import re
from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select

from matching.duplicates.pairs import compared
from wohnberatung.cases.services.search import search
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.doubles.models import DoubleKind, LikelyDouble
from wohnberatung.doubles.services.decisions import SUBJECTS
from wohnberatung.doubles.services.merging import DoubleSide
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db

BY_HAND = 0.0
"""The probability of a pair that no search has found."""
MOST_NAMED = 5
_PUBLIC_ID = re.compile(r"[a-z2-7]{26}")


def pick_pair(kind: str, first: str, second: str, actor: Actor) -> LikelyDouble:
    """The pair of the two records, ready to be looked at and decided; one that is known already is that one.

    Raises DomainError at `first` or `second` where no record or more than one answers to it, NotFound for an unknown
    kind, Forbidden outside the office.
    """
    only_office(actor)
    if kind not in SUBJECTS:
        raise NotFound(_("Diese Art gibt es nicht."))
    one, other = _only(kind, first, "first", actor), _only(kind, second, "second", actor)
    if one.id == other.id:
        raise DomainError(_("Das ist zweimal derselbe Eintrag."), "second")
    a, b = sorted((one, other), key=lambda side: side.id)
    same = (LikelyDouble.kind == kind) & (LikelyDouble.a_id == a.id) & (LikelyDouble.b_id == b.id)
    if known := db.session.scalar(select(LikelyDouble).where(same)):
        return known
    row = LikelyDouble(id=new_id(), kind=DoubleKind(kind), a_id=a.id, b_id=b.id, found_at=clock.now())
    row.probability, row.fields = BY_HAND, compared(a.values, b.values, SUBJECTS[kind].fields)
    db.session.add(row)
    db.session.flush()
    return row


def _only(kind: str, text: str, field: str, actor: Actor) -> DoubleSide:
    found = _found(kind, text.strip(), actor)
    named = [side for side in found.values() if side.title.casefold() == text.strip().casefold()]
    fitting = named if len(named) == 1 else list(found.values())
    if not fitting:
        raise DomainError(_("Dazu finden wir nichts. Bitte geben Sie die Nummer an."), field)
    if len(fitting) > 1:
        titles = ", ".join(_title(side) for side in fitting[:MOST_NAMED])
        raise DomainError(_("Dazu passen mehrere: %(titles)s. Bitte geben Sie die Nummer an.", titles=titles), field)
    return fitting[0]


def _found(kind: str, text: str, actor: Actor) -> Mapping[str, DoubleSide]:
    """By the id in a link, by the landlord's number of a home, else by what the search finds."""
    ids = _PUBLIC_ID.findall(text)
    if kind == DoubleKind.DWELLING:
        numbered = select(Offer.dwelling_id).where(Offer.external_id == text, Offer.dwelling_id.is_not(None))
        ids += [dwelling_id for dwelling_id in db.session.scalars(numbered) if dwelling_id]
    if sides := SUBJECTS[kind].sides(set(ids), actor):
        return sides
    hits = [hit for group in search(text, actor) if group.key == kind for hit in group.hits]
    return SUBJECTS[kind].sides({str(value) for hit in hits for value in hit.values.values()}, actor)


def _title(side: DoubleSide) -> str:
    name = f"{side.values.get('first_name', '')} {side.values.get('last_name', '')}".strip()
    return f"{side.title} ({name})" if name else side.title

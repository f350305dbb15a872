"""The nightly search: pairs that may be one, kept until a person has decided."""

from collections.abc import Callable

from sqlalchemy import delete, select

from matching.duplicates import LikelyPair, likely_duplicates
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.doubles.models import DoubleKind, DoubleState, LikelyDouble
from wohnberatung.doubles.services.dwellings import Dwellings
from wohnberatung.doubles.services.people import Cases, Requests
from wohnberatung.doubles.services.subjects import Subject
from wohnberatung.extensions import db

SUBJECTS: dict[str, Subject] = {
    DoubleKind.DWELLING: Dwellings(),
    DoubleKind.REQUEST: Requests(),
    DoubleKind.CASE: Cases(),
}
LEAST = 0.5
PROBABILITY_DIGITS = 3

Found = dict[str, list[LikelyPair]]


def search(tell: Callable[[int, int], None] = lambda done, total: None) -> Found:
    """Likely pairs of every kind. Reads only, and may take a while: 100,000 rows about 20 s."""
    found = {}
    for number, (kind, subject) in enumerate(SUBJECTS.items(), start=1):
        records = dict(subject.records())
        found[kind] = likely_duplicates(list(records), list(records.values()), subject.fields, LEAST)
        tell(number, len(SUBJECTS))
    return found


def keep(found: Found) -> int:
    """Store what is new, renew what is open, drop open pairs that are none any more; what people decided stands.

    Returns how many pairs wait for a person.
    """
    known = {(row.kind, row.a_id, row.b_id): row for row in db.session.scalars(select(LikelyDouble))}
    pairs = {(kind, *sorted((pair.a, pair.b))): pair for kind, listed in found.items() for pair in listed}
    for key, pair in pairs.items():
        row = known.get(key)
        if row is None:
            kind, a_id, b_id = key
            row = LikelyDouble(id=new_id(), kind=kind, a_id=a_id, b_id=b_id, found_at=clock.now())
            db.session.add(row)
        row.probability, row.fields = round(pair.probability, PROBABILITY_DIGITS), pair.fields
    gone = [row.id for key, row in known.items() if key not in pairs and row.state == DoubleState.OPEN]
    db.session.execute(delete(LikelyDouble).where(LikelyDouble.id.in_(gone)))
    db.session.flush()
    waiting = select(LikelyDouble.id).where(LikelyDouble.state == DoubleState.OPEN)
    return len(db.session.scalars(waiting).all())

"""Figures of an invented year: as if a thousand households sought whose needs are like those of the invented office.

The office of the demonstration knows some hundred households, of which planning would tell nothing but "fewer than 10".
So each of them stands for several, who come and go from month to month; they exist in these figures alone.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import ADVICE, BROKERAGE, SEEKING, STOCK
from wohnberatung.planning.models import PlanningSnapshot
from wohnberatung.planning.services.advising import advised
from wohnberatung.planning.services.brokering import brokered
from wohnberatung.planning.services.counting import CountedRecord, population_of
from wohnberatung.planning.services.seeking import seeking
from wohnberatung.planning.services.snapshots import cubes_of, keep_snapshot, protected
from wohnberatung.planning.services.stock import stock
from wohnberatung.planning.services.waiting import OUTCOMES, Wait, groups_of, waits

MONTHS = 12
AT_ONCE, NEW_EACH_MONTH, GROWTH = {SEEKING: 1100, ADVICE: 420, BROKERAGE: 260}, 60, 12
SEED = 14


def count_a_year() -> bool:
    """Keep the figures of twelve months in transactions of their own; False where there are some already."""
    if db.session.scalar(select(PlanningSnapshot.id).limit(1)) is not None:
        return False
    today = clock.today()
    known = {SEEKING: seeking(), ADVICE: advised(today), BROKERAGE: brokered(today)}
    crowds = {key: list(_crowd(records)) for key, records in known.items()}
    homes, waited = stock(), list(_waits(waits(today)))
    db.session.rollback()
    for number, month in enumerate(_months(today)):
        counted = {key: population_of(_present(key, crowd, number), cubes_of(key)) for key, crowd in crowds.items()}
        found = protected({**counted, STOCK: homes})
        with transaction():
            keep_snapshot(month, found, groups_of(waited[number * NEW_EACH_MONTH :][: AT_ONCE[BROKERAGE]]))
    return True


def _waits(known: Sequence[Wait]) -> Iterator[Wait]:
    """As many as wait in a year, each like one of the office; who needs a home for a wheelchair waits twice as long."""
    drawn = random.Random(SEED)
    for _number in range(AT_ONCE[BROKERAGE] + MONTHS * NEW_EACH_MONTH if known else 0):
        like = drawn.choice(known)
        weeks = drawn.expovariate(1 / (26 if "wheelchair" in like.values["profile"] else 13))
        asked = drawn.uniform(1, 100)
        proposed = weeks < asked
        outcomes = {key for key in OUTCOMES if proposed and drawn.random() < 0.3}
        yield Wait(like.values, int(min(weeks, asked)), proposed, drawn.randint(1, 4) * proposed, frozenset(outcomes))


def _months(today: date) -> list[date]:
    """The first days of the last twelve months, the present one last."""
    places = [today.year * 12 + today.month - 1 - ago for ago in reversed(range(MONTHS))]
    return [date(place // 12, place % 12 + 1, 1) for place in places]


def _crowd(records: Sequence[CountedRecord]) -> Iterator[CountedRecord]:
    """As many as come in a year, each like one of the records."""
    drawn = random.Random(SEED)
    most = max(AT_ONCE.values()) + MONTHS * (NEW_EACH_MONTH + GROWTH)
    for number in range(most if records else 0):
        like = drawn.choice(records)
        yield replace(like, id=f"{like.id}-{number}")


def _present(key: str, crowd: Sequence[CountedRecord], number: int) -> Sequence[CountedRecord]:
    """Who is there in that month: some have gone, some more have come."""
    return crowd[number * NEW_EACH_MONTH :][: AT_ONCE[key] + number * GROWTH]

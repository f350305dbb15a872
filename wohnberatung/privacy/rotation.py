"""After a change of the house key: whatever is sealed with an older one is sealed anew with the current one.

Nothing is declared for it. A sealed value names its key and is bound to ``table|column|key of the row``, so each is
found in whichever column it lies. What is sealed with a person's own key stays as it is: only that key is wrapped anew.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, func, select, update

from wohnberatung.core import sealing
from wohnberatung.extensions import db

# So many bytes hold the id of the key; they are read of every value, the rest only where there is something to do.
HEAD = 20


@dataclass(frozen=True)
class Place:
    """A column that holds bytes, and the key of its table."""

    table: Table
    column: Column[bytes]
    key: Column[str]

    def __str__(self) -> str:
        return f"{self.table.name}.{self.column.name}"


def places() -> Iterator[Place]:
    """Every column of bytes in a table with a key of one column; only those are sealed for the house."""
    for table in db.metadata.sorted_tables:
        key, *more = table.primary_key.columns
        if not more:
            yield from (Place(table, column, key) for column in table.columns if isinstance(column.type, LargeBinary))


def outdated(place: Place) -> tuple[list[str], Counter[str]]:
    """Keys of the rows sealed with an older house key, and how many values name a house key that nobody gave us."""
    stale: list[str] = []
    lost: Counter[str] = Counter()
    head = func.substr(place.column, 1, HEAD, type_=LargeBinary())
    for row_key, start in db.session.execute(select(place.key, head).where(place.column.is_not(None))):
        match sealing.house_key_of(start):
            case None | sealing.HouseKey.CURRENT:
                continue
            case sealing.HouseKey.OLDER:
                stale.append(row_key)
            case sealing.HouseKey.UNKNOWN:
                lost[sealing.key_id_of(start)] += 1
    return stale, lost


def reseal(place: Place, row_keys: Sequence[str]) -> int:
    """Seal these rows anew; returns how many needed it. Doing it again, or after somebody else, changes nothing."""
    changed = 0
    # Locked, so that nobody's change in between is overwritten by what was read before.
    rows = select(place.key, place.column).where(place.key.in_(row_keys)).with_for_update()
    for row_key, sealed in db.session.execute(rows).all():
        if sealed is None or sealing.house_key_of(sealed) is not sealing.HouseKey.OLDER:
            continue
        context = f"{place}".replace(".", "|") + f"|{row_key}"
        values: dict[str, bytes | Column[Any]] = {
            place.column.name: sealing.wrap(sealing.unwrap(sealed, context), context)
        }
        # For whoever reads it nothing has changed: the row keeps the time of its last change.
        values |= {name: place.table.c[name] for name in ("updated_at",) if name in place.table.c}
        db.session.execute(update(place.table).where(place.key == row_key).values(values))
        changed += 1
    return changed

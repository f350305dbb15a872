"""The published homes as the engine's frame, one per process, kept current by the numbers of the changes.

What a dwelling and a project contribute is joined in one query of plain columns. A refresh reads only the
offers whose number is larger than the last one seen, in a connection of its own, so that it takes in nothing
that is not committed.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, select

from matching.catalogue import HOMES, Market
from matching.frame import Frame
from matching.requests import SupplyRow
from matching.text import TextIndex
from wohnberatung.bridge.requirements import requirements_of
from wohnberatung.extensions import db

SHOWN = "published"
PARTS = {"offer": "offers", "dwelling": "dwellings", "project": "projects"}
AT_ONCE = 2000


class Supply:
    """The frame of one database, with the likeness index of its texts. Use it through `current_supply`."""

    def __init__(self, market: Market = HOMES) -> None:
        self.frame = Frame(market)
        self.seen = -1
        self._texts: tuple[int, TextIndex] | None = None

    @property
    def texts(self) -> TextIndex:
        """Made when first asked for after a change."""
        if self._texts is None or self._texts[0] != self.frame.revision:
            self._texts = (self.frame.revision, TextIndex(self.frame.texts))
        return self._texts[1]

    def refresh(self, connection: Connection) -> None:
        """Read what changed since the last time; everything the first time, or after a restored backup."""
        offers = db.metadata.tables["offers"]
        ticks = _ticks(connection)
        if ticks < self.seen or self.seen < 0:
            self.frame = Frame(self.frame.market)
            changed = offers.c.status == SHOWN
        else:
            changed = (offers.c.change_seq > self.seen) | offers.c.change_seq.is_(None)
        result = connection.execute(supply_query(self.frame.market, changed))
        for rows in result.partitions(AT_ONCE):
            self._take_in(rows)
        self.seen = ticks

    def _take_in(self, rows: Iterable[Row[Any]]) -> None:
        shown = [row for row in rows if row.status == SHOWN]
        hidden = [row.id for row in rows if row.status != SHOWN]
        if shown:
            self.frame.replace(supply_row(self.frame.market, row._mapping) for row in shown)
        if hidden:
            self.frame.drop(hidden)


_supplies: WeakKeyDictionary[Engine | Connection, Supply] = WeakKeyDictionary()
_lock = RLock()


@contextmanager
def current_supply() -> Iterator[Supply]:
    """The up-to-date supply, held for this thread: others wait, as a refresh changes the frame in place."""
    bind = db.session.get_bind()
    with _lock:
        supply = _supplies.setdefault(bind, Supply())
        if isinstance(bind, Connection):
            supply.refresh(bind)
        else:
            with bind.connect() as connection:
                supply.refresh(connection)
        yield supply


def supply_query(market: Market, condition: ColumnElement[bool]) -> Select[Any]:
    """Offers with the facts and the evidence of their dwelling and project, one row each."""
    tables = {owner: db.metadata.tables[name] for owner, name in PARTS.items()}
    offers, dwellings, projects = tables["offer"], tables["dwelling"], tables["project"]
    facts = [table.c[fact.key] for owner, table in tables.items() for fact in market.facts_of(owner)]
    evidence = [table.c.evidence.label(f"{owner}_evidence") for owner, table in tables.items()]
    joined = offers.outerjoin(dwellings, offers.c.dwelling_id == dwellings.c.id)
    joined = joined.outerjoin(projects, offers.c.project_id == projects.c.id)
    columns = (offers.c.id, offers.c.status, offers.c.demands, *evidence, *facts)
    return select(*columns).select_from(joined).where(condition)


def supply_row(market: Market, row: Mapping[str, Any]) -> SupplyRow:
    """What the engine judges of one row of `supply_query`."""
    values = {fact.key: row[fact.key] for owner in PARTS for fact in market.facts_of(owner)}
    evidence: dict[str, str] = {}
    for owner in PARTS:
        evidence |= {key: known["level"] for key, known in (row[f"{owner}_evidence"] or {}).items()}
    return SupplyRow(
        id=row["id"],
        facts={key: value for key, value in values.items() if value is not None},
        evidence=evidence,
        demands=requirements_of(row["demands"]),
    )


def _ticks(connection: Connection) -> int:
    clocks = db.metadata.tables["change_clocks"]
    query = select(clocks.c.ticks).where(clocks.c.name == "offers")
    return int(connection.execute(query).scalar() or 0)

"""The published homes as the engine's frame, one per process, kept current by the numbers of the changes.

What a dwelling and a project contribute is joined in one query, as rows or as whole columns. A refresh reads only the
offers whose number is larger than the last one seen, in a connection of its own, so that it takes in nothing that is
not committed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import orjson
from sqlalchemy import ColumnElement, Connection, Engine, FromClause, Row, RowMapping, Select, case, cast, func, select
from sqlalchemy import Text as AsText

from matching.catalogue import HOMES, Market
from matching.criteria.money import SINGLE_ROOM
from matching.facts import Fact, Text
from matching.frame import Frame
from matching.requests import Evidence, Requirement, SupplyRow
from matching.supply_columns import encoded
from matching.text_similarity import TextIndex
from wohnberatung.bridge.columns import KnownBy
from wohnberatung.bridge.leanings import lean_on
from wohnberatung.bridge.needs import requirements_of
from wohnberatung.core.changes import changed_since, ticks
from wohnberatung.core.database import BEGIN_OPTION, commits_wait_for_readers
from wohnberatung.core.metrics import FRAME_READ
from wohnberatung.extensions import db

PARTS = {"offer": "offers", "dwelling": "dwellings", "project": "projects"}


def supply_query(market: Market, condition: ColumnElement[bool]) -> Select[Any]:
    """Offers with the facts and the evidence of their dwelling and project, one row each; demands and evidence are
    JSON text, which many rows share."""
    tables = {owner: db.metadata.tables[name] for owner, name in PARTS.items()}
    offers, dwellings, projects = tables["offer"], tables["dwelling"], tables["project"]
    facts = [_known(tables[owner].c[fact.key], fact, offers) for owner in PARTS for fact in market.facts_of(owner)]
    evidence = [cast(table.c.evidence, AsText).label(f"{owner}_evidence") for owner, table in tables.items()]
    joined = offers.outerjoin(dwellings, offers.c.dwelling_id == dwellings.c.id)
    joined = joined.outerjoin(projects, offers.c.project_id == projects.c.id)
    demands = cast(offers.c.demands, AsText).label("demands")
    columns = (offers.c.id, offers.c.status, demands, *evidence, *facts)
    return select(*columns).select_from(joined).where(condition)


def _known(column: ColumnElement[Any], fact: Fact, offers: FromClause) -> ColumnElement[Any]:
    """The stored value, or what an offer without a project is taken for, unless it is a room of a home."""
    if fact.owner != "project" or fact.alone is None:
        return column
    is_room = offers.c[SINGLE_ROOM.key].is_(True)
    is_alone = offers.c.project_id.is_(None) & ~func.coalesce(is_room, False)
    return case((is_alone, fact.alone), else_=column).label(fact.key)


def supply_row(market: Market, row: RowMapping) -> SupplyRow:
    """What the engine judges of one row of `supply_query`."""
    values = {fact.key: row[fact.key] for owner in PARTS for fact in market.facts_of(owner)}
    evidence: dict[str, str] = {}
    for owner in PARTS:
        evidence |= {key: known["level"] for key, known in _json(row[f"{owner}_evidence"], {}).items()}
    return SupplyRow(
        id=row["id"],
        facts={key: value for key, value in values.items() if value is not None},
        evidence=evidence,
        demands=requirements_of(_json(row["demands"], [])),
    )


def _json(text: str | None, missing: Any) -> Any:
    return missing if text is None else orjson.loads(text) or missing


class SupplyColumns:
    """Takes in rows of `supply_query` and gives them as one frame; ten times faster than row by row."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.facts: list[Fact] = [fact for owner in PARTS for fact in market.facts_of(owner)]
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.demands: dict[str, tuple[Requirement, ...]] = {}
        self._values: dict[str, list[np.ndarray[Any, Any]]] = {fact.key: [] for fact in self.facts}
        self._evidence: dict[str, list[np.ndarray[Any, Any]]] = {fact.key: [] for fact in self.facts}

    def extend(self, rows: Sequence[Row[Any]]) -> None:
        """Append rows whose columns stand as `supply_query` orders them."""
        columns = list(zip(*rows, strict=True))
        ids, _status, demands = columns[:3]
        self.ids += ids
        asked = {text: requirements_of(_json(text, [])) for text in set(demands)}
        self.demands |= {row_id: asked[text] for row_id, text in zip(ids, demands, strict=True) if asked[text]}
        first_fact = 3 + len(PARTS)
        texts = [""] * len(rows)
        self._add_evidence(len(rows), columns[3:first_fact])
        for fact, column in zip(self.facts, columns[first_fact:], strict=True):
            self._values[fact.key].append(encoded(fact, column))
            if isinstance(fact, Text):
                texts = [text or value or "" for text, value in zip(texts, column, strict=True)]
        self.texts += texts

    def frame(self) -> Frame:
        """All rows taken in so far."""
        known = {key: np.concatenate(parts) for key, parts in self._values.items() if parts}
        values = {key: column for key, column in known.items() if not np.isnan(column).all()}
        evidence = {key: np.concatenate(self._evidence[key]) for key in values}
        return Frame.from_columns(self.market, self.ids, values, evidence, self.texts, self.demands)

    def _add_evidence(self, size: int, parts: Sequence[Sequence[str | None]]) -> None:
        columns = {key: bytearray(size) for key in self._evidence}
        for part in parts:
            told = {text: _classes(text) for text in set(part)}
            for place, text in enumerate(part):
                for key, level in told[text]:
                    columns[key][place] = level
        for key, column in columns.items():
            self._evidence[key].append(np.frombuffer(column, dtype=np.uint8))


def _classes(evidence: str | None) -> list[tuple[str, int]]:
    known: dict[str, KnownBy] = _json(evidence, {})
    return [(key, CLASSES[about["level"]]) for key, about in known.items()]


def frame_of_offers(ids: Sequence[str], market: Market = HOMES) -> Frame:
    """Offers in any state as a frame of their own, read now."""
    columns = SupplyColumns(market)
    condition = db.metadata.tables["offers"].c.id.in_(ids)
    if rows := db.session.execute(supply_query(market, condition)).all():
        columns.extend(rows)
    return columns.frame()


CLASSES = {level.name.lower(): int(level) for level in Evidence}


OFFERS, SHOWN = "offers", "published"
AT_ONCE = 2000


class Supply:
    """The frame of one database, with the likeness index of its texts. Use it through `current_supply`."""

    def __init__(self, market: Market = HOMES) -> None:
        self.frame = Frame(market)
        self.seen = -1
        self.learned = 0
        self._texts: tuple[int, TextIndex] | None = None

    @property
    def texts(self) -> TextIndex:
        """Made when first asked for after a change."""
        if self._texts is None or self._texts[0] != self.frame.revision:
            self._texts = (self.frame.revision, TextIndex(self.frame.texts))
        return self._texts[1]

    def refresh(self, connection: Connection) -> None:
        """Read what changed since the last time; everything the first time, or after a restored backup."""
        offers = db.metadata.tables[OFFERS]
        newest = ticks(connection, OFFERS)
        if newest < self.seen or self.seen < 0:
            self._read_all(connection, offers.c.status == SHOWN)
        else:
            self._read_changes(connection, changed_since(offers, self.seen))
        self.seen = newest
        self._lean(connection)
        FRAME_READ.labels(self.frame.market.name).set_to_current_time()

    def _read_all(self, connection: Connection, condition: ColumnElement[bool]) -> None:
        columns = SupplyColumns(self.frame.market)
        for rows in connection.execute(supply_query(self.frame.market, condition)).partitions(AT_ONCE):
            columns.extend(rows)
        self.frame = columns.frame()
        self.learned = 0

    def _lean(self, connection: Connection) -> None:
        """Take over what was learned of unknown facts since the last time."""
        table = db.metadata.tables["learned_likelihoods"]
        newest = connection.execute(select(func.max(table.c.id))).scalar() or 0
        if newest != self.learned:
            packed = connection.execute(select(table.c.leanings).where(table.c.id == newest)).scalar()
            if packed is not None:
                lean_on(self.frame, packed)
            self.learned = newest

    def _read_changes(self, connection: Connection, condition: ColumnElement[bool]) -> None:
        market = self.frame.market
        changed = connection.execute(supply_query(market, condition)).mappings().all()
        if shown := [supply_row(market, row) for row in changed if row["status"] == SHOWN]:
            self.frame.replace(shown)
        if hidden := [row["id"] for row in changed if row["status"] != SHOWN]:
            self.frame.drop(hidden)


_supplies: WeakKeyDictionary[Engine | Connection, Supply] = WeakKeyDictionary()
_lock = RLock()


def read_supply() -> Supply:
    """The published homes as they are now, in a frame of the caller's own."""
    supply = Supply()
    with _reading() as connection:
        supply.refresh(connection)
    return supply


def published_supply(market: Market = HOMES) -> tuple[list[SupplyRow], bytes | None]:
    """The published homes one by one in the order of their ids, and how their unknown facts lean at present."""
    offers, learned = db.metadata.tables[OFFERS], db.metadata.tables["learned_likelihoods"]
    query = supply_query(market, offers.c.status == SHOWN).order_by(offers.c.id)
    rows = [supply_row(market, row) for row in db.session.execute(query).mappings()]
    return rows, db.session.scalar(select(learned.c.leanings).order_by(learned.c.id.desc()).limit(1))


@contextmanager
def _reading() -> Iterator[Connection]:
    bind = db.session.get_bind()
    if isinstance(bind, Connection):
        yield bind
    else:
        with bind.connect() as connection:
            yield connection


@contextmanager
def current_supply() -> Iterator[Supply]:
    """The up-to-date supply, held for this thread: others wait, as a refresh changes the frame in place."""
    lent = _lent_by_session()
    with _lock:
        supply = _supplies.setdefault(db.session.get_bind(), Supply())
        with nullcontext(lent) if lent is not None else _reading() as connection:
            supply.refresh(connection)
        yield supply


def _lent_by_session() -> Connection | None:
    """The session's own connection, already reading; None where a second one does no harm.

    SQLite without WAL lets a commit wait until all have read, and whoever begins to read wait for that commit. A
    second connection of a session that reads would wait for itself, and one that is opened under our lock for all who
    wait for the lock. A session that writes is let read by its own lock, and must not show what it has not committed.
    """
    if not commits_wait_for_readers(db.engine) or isinstance(db.session.get_bind(), Connection):
        return None
    connection = db.session.connection()
    if connection.get_execution_options().get(BEGIN_OPTION):
        return None
    ticks(connection, OFFERS)  # from here on no commit comes between
    return connection

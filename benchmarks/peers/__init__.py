"""What one would take instead of the engine: each loads the same table and answers the same rules."""

import importlib
from collections.abc import Callable, Sequence
from typing import Protocol

from benchmarks.rules import Rule
from benchmarks.table import Table

Answer = list[tuple[int, float]]
"""Rows with their scores, best first."""


class Peer(Protocol):
    """Something that can be asked for the best rows. `exact`: its answer must equal the engine's."""

    name: str
    exact: bool

    def top(self, rules: Sequence[Rule], number: int) -> Answer: ...

    def close(self) -> None: ...


class Missing(Exception):
    """The peer is not on this machine; the message says what it would need."""


def _imported(module: str, name: str) -> Callable[[Table], Peer]:
    """The peer's class; imported late, as some are missing and some are slow to import."""

    def load(table: Table) -> Peer:
        try:
            return getattr(importlib.import_module(f"benchmarks.peers.{module}"), name)(table)
        except ModuleNotFoundError as error:
            raise Missing(f"{error.name} is not installed") from error

    return load


PEERS: dict[str, Callable[[Table], Peer]] = {
    "python": _imported("plain_python", "PlainPython"),
    "sqlite": _imported("sqlite", "SQLite"),
    "postgresql": _imported("postgresql", "PostgreSQL"),
    "pandas": _imported("with_pandas", "Pandas"),
    "polars": _imported("with_polars", "Polars"),
    "scikit-learn": _imported("neighbours", "Neighbours"),
}

"""Sealed columns: an attribute that opens what a row has stored and seals what is set.

Each is bound to its place, `table|column|row id`, so that nobody with write access to the database can move one
sealed value into another row. The table and the column say themselves where they are.
"""

import json
from abc import ABC, abstractmethod
from operator import attrgetter
from typing import Any, Generic, Self, TypeVar, cast, overload

from wohnberatung.core import sealing

V = TypeVar("V")


class SealedColumn(ABC, Generic[V]):
    """What the mapped column `column` of the same row holds, opened; None where it is NULL.

    `row` is the path to what names the row (it must be known before it is sealed, see `new_id`), `part` the column's
    name in the place where it was once another. With `raw` the value is bytes, else JSON. Reading raises
    EncryptionError where the value was moved or changed.
    """

    def __init__(self, column: str, *, row: str = "id", part: str = "", raw: bool = False) -> None:
        self.column, self.part, self.raw = column, part or column, raw
        self._row_id = attrgetter(row)

    @overload
    def __get__(self, row: None, model: type[Any]) -> Self: ...
    @overload
    def __get__(self, row: Any, model: type[Any]) -> V: ...
    def __get__(self, row: Any | None, model: type[Any]) -> Self | V:
        if row is None:
            return self
        stored: bytes | None = getattr(row, self.column)
        value: Any = None
        if stored is not None:
            plain = self._decrypt(row, stored, self.context(row))
            value = plain if self.raw else json.loads(plain)
        return cast(V, value)

    def __set__(self, row: Any, value: V) -> None:
        stored = None
        if value is not None:
            plain = cast(bytes, value) if self.raw else sealing.to_json(value)
            stored = self._encrypt(row, plain, self.context(row))
        setattr(row, self.column, stored)

    def context(self, row: Any) -> str:
        """The place that the sealed value is bound to."""
        return f"{row.__tablename__}|{self.part}|{self._row_id(row)}"

    @abstractmethod
    def _encrypt(self, row: Any, plain: bytes, context: str) -> bytes: ...

    @abstractmethod
    def _decrypt(self, row: Any, stored: bytes, context: str) -> bytes: ...


class HouseSealed(SealedColumn[V]):
    """Sealed with the house key, as it belongs to no single person."""

    def _encrypt(self, row: Any, plain: bytes, context: str) -> bytes:
        return sealing.wrap(plain, context)

    def _decrypt(self, row: Any, stored: bytes, context: str) -> bytes:
        return sealing.unwrap(stored, context)

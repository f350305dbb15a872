"""Amounts and funding programmes as they stood on a day."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_, select

from wohnberatung.advice.models import FundingProgram, Parameter
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db

Rows = Iterable[Mapping[str, str]]
_STATUSES = {"verified": False, "to_verify": True}
_DAYS = ("valid_from", "valid_to", "checked_on")


def parameter(key: str, on: date | None = None) -> Parameter:
    """The amount valid on that day (today); NotFound where the tables have none."""
    query = select(Parameter).where(Parameter.key == key, Parameter.alternative == 0, _valid(Parameter, on))
    found = max(db.session.scalars(query), key=_since, default=None)
    if found is None:
        raise NotFound(_("Für „%(key)s“ ist kein Wert hinterlegt.", key=key[:60]))
    return found


def funding_programs(keys: Collection[str] | None = None, on: date | None = None) -> list[FundingProgram]:
    """The programmes valid on that day, in the order in which to ask; only those of `keys` where given."""
    query = select(FundingProgram).where(_valid(FundingProgram, on))
    if keys is not None:
        query = query.where(FundingProgram.key.in_(keys))
    return list(db.session.scalars(query.order_by(FundingProgram.position, FundingProgram.key)))


def add_parameters(rows: Rows) -> int:
    """Take in rows of a parameter table; those that are there already stay as they are. Returns how many came."""
    return _add(Parameter, rows, ("key", "valid_from", "alternative"))


def add_funding_programs(rows: Rows) -> int:
    """Take in rows of a table of funding programmes; those that are there already stay as they are."""
    return _add(FundingProgram, rows, ("key", "valid_from"))


def _valid(table: type[Parameter] | type[FundingProgram], on: date | None) -> ColumnElement[bool]:
    day = on or clock.today()
    begun = or_(table.valid_from.is_(None), table.valid_from <= day)
    return begun & or_(table.valid_to.is_(None), table.valid_to >= day)


def _since(row: Parameter) -> date:
    return row.valid_from or date.min


def _add(table: type[Parameter] | type[FundingProgram], rows: Rows, identity: tuple[str, ...]) -> int:
    columns = [getattr(table, name) for name in identity]
    present = {tuple(row) for row in db.session.execute(select(*columns))}
    read = [_read(row) for row in rows]
    new = [values for values in read if tuple(values[name] for name in identity) not in present]
    db.session.add_all(table(**values) for values in new)
    db.session.flush()
    return len(new)


def _read(row: Mapping[str, str]) -> dict[str, Any]:
    """The cells of one row as values; DomainError names the row and the column that cannot be read."""
    values: dict[str, Any] = dict(row)
    try:
        for name in _DAYS:
            values[name] = date.fromisoformat(row[name]) if row[name] else None
        values["to_verify"] = _STATUSES[values.pop("status")]
        for name, kind in (("value", float), ("value_high", float), ("alternative", int), ("position", int)):
            if name in row:
                values[name] = kind(row[name]) if row[name] else None
    except (KeyError, ValueError) as fault:
        raise DomainError(_("Zeile „%(key)s“ ist nicht lesbar: %(fault)s", key=row["key"], fault=str(fault))) from fault
    return values

"""What is still worked with in a case goes along when it is merged into another, and comes back when that is undone.

Areas declare which of their rows that are (`moves_with_case`). Such a row has a `case`, and its sealed columns are
sealed with the case's key, so they are sealed anew for where it goes. What was written and sent stays where it is and
is found from the case that goes on (`cases_within`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select

from wohnberatung.cases.models import Case, CaseDraft
from wohnberatung.cases.services.drafts import joined
from wohnberatung.core.actors import Actor
from wohnberatung.core.database import Base
from wohnberatung.core.manifests import areas
from wohnberatung.core.sealing import SealedColumn
from wohnberatung.extensions import db

MovesWithCase = Callable[[], ColumnElement[bool]]
CasesWithin = Callable[[Case, Actor], list[Case]]
Moved = dict[str, list[str]]


def cases_within(case: Case, actor: Actor) -> list[Case]:
    """The cases that went into this one and are part of it now, as far as this person may know of them."""
    return [each for area in areas() if area.cases_within for each in area.cases_within(case, actor)]


def move_open_work(gone: Case, kept: Case) -> Moved:
    """Everything open of one case belongs to the other from now on. Returns the ids by table, for undoing."""
    moved: Moved = {}
    for model, moves in _declared().items():
        rows = db.session.scalars(select(model).where(model.case_id == gone.id, moves())).all()
        if model is CaseDraft:
            rows = [row for row in rows if not joined(row, kept)]
        for row in rows:
            _hand_over(row, kept)
        moved[model.__tablename__] = [row.id for row in rows]
    db.session.flush()
    return moved


def move_back(moved: Mapping[str, list[str]], gone: Case, kept: Case) -> None:
    """Undo it: also what was done since, but not what was taken out of the case since."""
    for model in _declared():
        ids = moved.get(model.__tablename__, [])
        for row in db.session.scalars(select(model).where(model.id.in_(ids), model.case_id == kept.id)).all():
            if model is not CaseDraft or not joined(row, gone):
                _hand_over(row, gone)
    db.session.flush()


def _declared() -> dict[type[Any], MovesWithCase]:
    return {model: moves for area in areas() for model, moves in area.moves_with_case.items()}


def _hand_over(row: Any, case: Case) -> None:
    sealed = _sealed_columns(type(row))
    opened = {name: getattr(row, name) for name in sealed}
    row.case = case
    if hasattr(row, "person_key"):
        row.person_key = case.person_key
    for name, value in opened.items():
        setattr(row, name, value)
    db.session.flush()
    for area in areas():
        if also := area.after_move.get(type(row)):
            also(row)


def _sealed_columns(model: type[Base]) -> list[str]:
    return [name for of in model.__mro__ for name, value in vars(of).items() if isinstance(value, SealedColumn)]

"""Which requests somebody of the office may know of. Areas above this one add conditions of their own."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_

from wohnberatung.core.actors import Actor
from wohnberatung.seekers.models import HousingRequest

Condition = Callable[[Actor], ColumnElement[bool]]
_CONDITIONS: list[Condition] = []


def may_be_hidden(condition: Condition) -> Condition:
    """Decorator: only requests that also meet this condition are shown to the acting person."""
    _CONDITIONS.append(condition)
    return condition


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """For every query over requests that the office reads: a blocked one is for nobody but its person."""
    return and_(HousingRequest.blocked_at.is_(None), *(condition(actor) for condition in _CONDITIONS))

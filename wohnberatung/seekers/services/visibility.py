"""Which requests somebody of the office may know of. Areas above this one declare conditions of their own."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, and_, select

from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import areas
from wohnberatung.seekers.models import HousingRequest

RequestCondition = Callable[[Actor], ColumnElement[bool]]


def visible_requests(actor: Actor) -> Select[HousingRequest]:
    """Requests this person may know of: where every list of requests for people begins. Raises as `shown_to` does."""
    return select(HousingRequest).where(shown_to(actor))


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """The condition, for queries that join requests: a blocked one is for nobody but its person.

    Raises RuntimeError where no area has declared a condition: then those who know of cases are missing, and what
    they hide would be shown.
    """
    conditions = [condition for area in areas() for condition in area.request_visibility]
    if not conditions:
        raise RuntimeError("No area declares request_visibility: requests of blocked cases would be shown.")
    return and_(HousingRequest.blocked_at.is_(None), *(condition(actor) for condition in conditions))

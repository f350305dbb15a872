"""One page of a long list, with what a pagination bar needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, scoped_session

from wohnberatung.core.texts import whole_number

Row = TypeVar("Row")
PAGE_SIZE = 25
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """``items`` of page ``number`` (from 1) out of ``total`` rows."""

    items: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The running number of the first row on this page; 0 if there is none."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0


def page_number(text: str | None) -> int:
    """The page asked for; nonsense means the first page, as a bad link should still show something."""
    return min(max(1, whole_number(text) or 1), LAST_PAGE)


def paginate(
    session: Session | scoped_session[Any], query: Select[Any], number: int, size: int = PAGE_SIZE
) -> Page[Any]:
    """Rows ``(number - 1) * size`` onwards as scalars, and the count of all. A page past the end is empty."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    items = session.scalars(query.limit(size).offset((number - 1) * size)).all()
    return Page(items, number, size, total)

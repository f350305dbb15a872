"""The table of what was learned."""

from datetime import datetime

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.bridge.leanings import LearnedLine
from wohnberatung.core import clock
from wohnberatung.core.database import LongId
from wohnberatung.extensions import Model


class LearnedLikelihoods(Model):
    """One night's learning about unknown facts of the published homes; the newest row is in force.

    `report` lists per criterion what was known and how well it is foretold; `leanings` is packed by
    ``bridge.leanings``. About dwellings only: nothing here comes from a person.
    """

    __tablename__ = "learned_likelihoods"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    learned_at: Mapped[datetime] = mapped_column(default=clock.now)
    catalogue: Mapped[str] = mapped_column(String(80))
    offers: Mapped[int]
    report: Mapped[list[LearnedLine]] = mapped_column(JSON)
    leanings: Mapped[bytes] = mapped_column(LargeBinary)

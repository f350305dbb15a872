"""Tables of kept lists: how homes stood for a request, from when until when."""

from datetime import datetime
from typing import TypedDict

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.database import PublicId
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.seekers.models import HousingRequest


class JudgedValue(TypedDict):
    """One requirement with the value that was used; `wanted` and `found` as the engine writes them."""

    key: str
    side: str
    importance: str
    grade: str
    wanted: object
    found: object


class JudgedHome(TypedDict):
    """How a home suited: its outlook, the scores that give its place among the others, and every value used."""

    outlook: str
    score: float
    best: float
    values: list[JudgedValue]


class KeptHome(Model):
    """One home in front of one request as long as nothing changed between them. Ranks are not kept: they follow from
    the scores of all homes that stood there at a moment, so that one newcomer is one row. `until` is empty while it
    is so. `judged` is sealed for the person, as it tells what they need; `rules` names catalogue and weights.
    """

    __tablename__ = "kept_homes"
    __table_args__ = (Index(None, "request_id", "until"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"))
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime | None] = mapped_column(index=True)
    rules: Mapped[str] = mapped_column(String(200))
    judged: Mapped[bytes] = mapped_column(LargeBinary)
    plain_judged = Sealed[JudgedHome]("judged", key="request.person_key")

    request: Mapped[HousingRequest] = relationship()
    offer: Mapped[Offer] = relationship()


class KeptListMark(Model):
    """Up to what a request's list was kept: state of the supply, version of the request, day and rules, in one word.
    While that is the same, nothing can have changed. `kept_at` is when the list was read that it names."""

    __tablename__ = "kept_list_marks"

    request_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(300))
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)

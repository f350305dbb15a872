"""The table of home surveys."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.cases.models import Case
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.models import Dwelling
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed


class SurveyState(StrEnum):
    OPEN = "open"
    FINISHED = "finished"


class SurveyRoom(TypedDict):
    """One room: measured facts by key, and a number that grows with every saving."""

    version: int
    facts: dict[str, object]
    note: str


class SurveyContent(TypedDict):
    """What a survey says of a home: `profiles` are keys of needs profiles, `pictures_agreed_on` is a day in ISO 8601
    or empty, `rooms` are by theme."""

    address: str
    profiles: list[str]
    pictures_agreed_on: str
    rooms: dict[str, SurveyRoom]


class Survey(VersionMixin, TimestampMixin, Model):
    """A home looked at for a case: one of our dwellings, or with `dwelling_id` NULL the person's own home.

    `content` is sealed with the key of the case: `{"address", "profiles": [keys], "pictures_agreed_on": ISO day or "",
    "rooms": {theme: {"version", "facts": {key: value}, "note"}}}`.
    """

    __tablename__ = "surveys"
    __table_args__ = (CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished_some_time"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    dwelling_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("dwellings.id"), index=True)
    state: Mapped[SurveyState] = mapped_column(choice(SurveyState, 20, "state_known"), default=SurveyState.OPEN)
    surveyed_on: Mapped[date]
    surveyed_by: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id"), index=True)
    finished_at: Mapped[datetime | None]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[SurveyContent]("content", key="case.person_key")

    case: Mapped[Case] = relationship()
    dwelling: Mapped[Dwelling | None] = relationship()

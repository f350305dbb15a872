"""Tables of the city view: one computation, what went into it, and what it proposes."""

from datetime import date, datetime
from enum import StrEnum
from typing import NotRequired, TypedDict

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, choice
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.seekers.models import HousingRequest


class ProposedKind(StrEnum):
    """A `home` of one's own, or a place in a `group` that shares a house."""

    HOME = "home"
    GROUP = "group"


class CityProposalState(StrEnum):
    """`open` waits for a person, `taken` is in review as a match, `left` is not pursued."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"


class Recheck(StrEnum):
    """What working it out once more gave: the `same` to the letter, something `different`, or nothing, as data of
    people are `gone` or the `rules` are others by now."""

    SAME = "same"
    DIFFERENT = "different"
    GONE = "gone"
    RULES = "rules"


class AskedRequest(TypedDict):
    """A request as the command ``allocate`` reads it (docs/matching.md)."""

    id: str
    requirements: list[StoredRequirement]
    household: dict[str, object]
    text: str
    profiles: list[str]
    works_means_eur: float
    waiting_months: float


class ToldReason(TypedDict):
    """One requirement's part in a proposal, in the words for advisors."""

    key: str
    side: str
    importance: str
    grade: str
    sentence: str


class ToldWorks(TypedDict):
    """Works in words, from and to in euro."""

    label: str
    cost_eur: list[int]


class ToldAlternative(TypedDict):
    """The next best home, whom it is proposed to (a request's id, None where a place stays free), and whether it would
    have suited better."""

    offer: str
    score: float
    given_to: str | None
    better: bool


class ToldAgreement(TypedDict):
    """How far one other member of the group agrees on living together, 0 to 1."""

    request: str
    agreement: float


class ProposalAnswer(TypedDict):
    """What the engine proposes to one request: score 0 to 1 (of a group that of the whole) and why. `pooled_eur` is
    what the care fund may add to works that a group shares."""

    score: float
    outlook: str
    reasons: list[ToldReason]
    works: list[ToldWorks]
    alternative: NotRequired[ToldAlternative | None]
    agreements: NotRequired[list[ToldAgreement]]
    pooled_eur: NotRequired[float]
    to_clarify: NotRequired[list[str]]


class CityRun(Model):
    """One computation over all open requests and published homes, empty until it is made.

    `supply` are the homes as the command ``allocate`` reads them, compressed; `leanings` what was learned of unknown
    facts; `given_once` the homes and rooms of projects that are one place each, `houses` an offer for each project that
    a group may fill; `catalogue`, `weights` with `factors`, and `seed` name the rules: together with the inputs all
    that it takes to work it out once more. `requests` and `homes` say how many went in; `total` is the sum of scores,
    `gap` what a better proposal could add.
    """

    __tablename__ = "city_runs"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    asked_by: Mapped[str] = mapped_column(PublicId)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    job_id: Mapped[str | None] = mapped_column(PublicId)
    protection: Mapped[float]
    seed: Mapped[int] = mapped_column(default=0)
    amounts_of: Mapped[date]
    made_at: Mapped[datetime | None]
    catalogue: Mapped[str] = mapped_column(String(80), default="")
    weights: Mapped[str] = mapped_column(String(80), default="")
    factors: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    supply: Mapped[bytes | None] = mapped_column(LargeBinary)
    leanings: Mapped[bytes | None] = mapped_column(LargeBinary)
    given_once: Mapped[list[str]] = mapped_column(JSON, default=list)
    houses: Mapped[list[str]] = mapped_column(JSON, default=list)
    requests: Mapped[int] = mapped_column(default=0)
    homes: Mapped[int] = mapped_column(default=0)
    total: Mapped[float] = mapped_column(default=0.0)
    gap: Mapped[float] = mapped_column(default=0.0)
    rechecked_at: Mapped[datetime | None]
    recheck: Mapped[Recheck | None] = mapped_column(choice(Recheck, 10, "recheck_known"))


class CityInput(Model):
    """One request as it went in, sealed for its person."""

    __tablename__ = "city_inputs"
    __table_args__ = (UniqueConstraint("run_id", "request_id"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    run_id: Mapped[str] = mapped_column(PublicId, ForeignKey("city_runs.id", ondelete="CASCADE"))
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), index=True)
    asked: Mapped[bytes] = mapped_column(LargeBinary)
    plain_asked = Sealed[AskedRequest]("asked", key="request.person_key")

    request: Mapped[HousingRequest] = relationship()


class CityProposal(VersionMixin, Model):
    """What is proposed to one request: a home, or a place among others who are proposed the same house. `answer` is
    sealed for its person; `place` is the order in which people read it."""

    __tablename__ = "city_proposals"
    __table_args__ = (UniqueConstraint("run_id", "kind", "request_id"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    run_id: Mapped[str] = mapped_column(PublicId, ForeignKey("city_runs.id", ondelete="CASCADE"))
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), index=True)
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ProposedKind] = mapped_column(choice(ProposedKind, 10, "kind_known"))
    place: Mapped[int]
    state: Mapped[CityProposalState] = mapped_column(
        choice(CityProposalState, 10, "state_known"), default=CityProposalState.OPEN
    )
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    plain_answer = Sealed[ProposalAnswer]("answer", key="request.person_key")
    decided_by: Mapped[str | None] = mapped_column(PublicId)
    decided_at: Mapped[datetime | None]

    run: Mapped[CityRun] = relationship()
    request: Mapped[HousingRequest] = relationship()
    offer: Mapped[Offer] = relationship()

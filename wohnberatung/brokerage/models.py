"""Tables of brokerage: matches as cases, everything that happened to them, links to answer by."""

from datetime import date, datetime, timedelta
from typing import NotRequired, TypedDict

from sqlalchemy import (
    CHAR,
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.brokerage.signing import PaperKind, PaperState
from wohnberatung.brokerage.states import (
    ASIDE,
    BEFORE_RESERVATION,
    LEFT,
    LEFT_AND_SEEKING,
    STAGES,
    STAGES_BY_REASON,
    TAKES_PLACE,
    MatchState,
    Stage,
)
from wohnberatung.brokerage.task_kinds import TASK_KINDS, KindOfTask, TaskKind, TaskState
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import Model
from wohnberatung.pictures.received import ReceivedType
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest

_TAKES_PLACE = ", ".join(f"'{state.value}'" for state in TAKES_PLACE)
_ASIDE = ", ".join(f"'{state.value}'" for state in ASIDE)
# Whose the place is; one offer may stand for several: see services/several_places.py.
TAKEN = f"state IN ({_TAKES_PLACE}) OR (state IN ({_ASIDE}) AND state_before IN ({_TAKES_PLACE}))"


class StoredReason(TypedDict):
    """One reason as JSON keeps it: what the engine said, with the words of the day for every reader. `told` are those
    of the one who seeks by code of the language; results from before there were others have none."""

    key: str
    side: str
    importance: str
    grade: str
    wanted: object
    found: object
    evidence: str
    contribution: float | None
    sentence: str
    label: str
    found_words: str
    sentences: dict[str, str]
    private: bool
    told: NotRequired[dict[str, dict[str, str]]]


class StoredWorks(TypedDict):
    """Works that would make a home suit: what they cost from and to in €, who must agree, programmes that may pay.
    `label` says them in words; results from before there were any have none."""

    measure: str
    cost_eur: tuple[int, int]
    consent: str
    funding: list[str]
    label: NotRequired[str]
    pieces: NotRequired[int]
    agreed: NotRequired[bool]


class StoredResult(TypedDict):
    """A judged pair as JSON keeps it; `engine` names the catalogue and the weights it was made with."""

    offer: str
    rank: int
    outlook: str
    score: float
    worst: float
    best: float
    reasons: list[StoredReason]
    adaptations: list[StoredWorks]
    engine: dict[str, object]


class BrokeredMatch(VersionMixin, TimestampMixin, Model):
    """One request and one offer that a person has put together. There is one row per pair; it is never deleted.

    `result` is what the engine said when it was reviewed, sealed with the key of the request's person, as it tells
    what they need. `due_at` is the end of the last day of the state; `offered_at` is empty while the seeker has
    never seen it; `reason` is the code that the last step gave. `state_before` is where one stood that is put aside.

    `shared_at`: the person agreed that the provider hears what the home must be able to do; `released_at`: that the
    provider gets name and contact. `waits_since`: the person was told that the place is reserved for somebody else.
    A place is given to one match only: see `TAKEN`. `place` is its number where the offer stands for several.
    """

    __tablename__ = "matches"
    __table_args__ = (
        UniqueConstraint("request_id", "offer_id"),
        Index(None, "state", "due_at"),
        Index(
            "uq_matches_place", "offer_id", "place", unique=True, sqlite_where=text(TAKEN), postgresql_where=text(TAKEN)
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"))
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id"), index=True)
    state: Mapped[MatchState] = mapped_column(choice(MatchState, 20, "state_known"))
    reason: Mapped[str | None] = mapped_column(String(40))
    due_at: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    state_before: Mapped[str | None] = mapped_column(String(20))
    place: Mapped[int] = mapped_column(default=1, server_default="1")
    shared_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    waits_since: Mapped[datetime | None]
    viewing_on: Mapped[date | None]
    contract_on: Mapped[date | None]
    funding_applied_on: Mapped[date | None]
    works_ordered_on: Mapped[date | None]
    moved_in_on: Mapped[date | None]
    followed_up_on: Mapped[date | None]
    result: Mapped[bytes] = mapped_column(LargeBinary)
    plain_result = Sealed[StoredResult]("result", key="request.person_key")
    created_by: Mapped[str | None] = mapped_column(PublicId)
    changed_by: Mapped[str | None] = mapped_column(PublicId)

    request: Mapped[HousingRequest] = relationship()
    offer: Mapped[Offer] = relationship()
    events: Mapped[list["MatchEvent"]] = relationship(order_by="MatchEvent.id", back_populates="match")

    @property
    def stage(self) -> Stage:
        """The state in words; of what is closed after somebody has lived there, in words of its own."""
        if self.state == MatchState.CLOSED and self.moved_in_on is not None:
            return LEFT_AND_SEEKING if self.request.state in OPEN_STATES else LEFT
        state = MatchState(self.state)
        return STAGES_BY_REASON.get((state, self.reason or ""), STAGES[state])

    @property
    def last_day(self) -> date | None:
        """The last day on which the state may last, in Berlin."""
        return None if self.due_at is None else clock.to_berlin(self.due_at - timedelta(seconds=1)).date()

    @property
    def takes_place(self) -> bool:
        """Whether the place is this one's and nobody else's, also while it is put aside."""
        return (self.state_before if self.state in ASIDE else self.state) in TAKES_PLACE

    @property
    def holds_place(self) -> bool:
        """Whether they have the place or live in it, also once all has turned out well."""
        return self.takes_place or self.state == MatchState.COMPLETED

    @property
    def is_waiting_behind(self) -> bool:
        """Whether the place is reserved for somebody else, who may still fall away."""
        return self.state in BEFORE_RESERVATION and self.offer.status == OfferStatus.RESERVED

    @property
    def has_open_question(self) -> bool:
        """Whether those who offer have asked the office something that nobody has settled."""
        asked = [event.step for event in self.events if event.step in ("ask_office", "settle_question")]
        return bool(asked) and asked[-1] == "ask_office"

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and self.due_at <= clock.now()


class MatchEvent(Model):
    """One step of a match. Rows are added, never changed; undoing is another step.

    `note` is what somebody wrote, sealed like the match's result; `told` lists who was told of it: seeker,
    helper, provider, group.
    """

    __tablename__ = "match_events"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    state_before: Mapped[str | None] = mapped_column(String(20))
    state_after: Mapped[str] = mapped_column(String(20))
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    party: Mapped[Party] = mapped_column(choice(Party, 10, "party_known"))
    actor_id: Mapped[str | None] = mapped_column(PublicId)
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_note = Sealed[str | None]("note", key="match.request.person_key", row="match.id")
    told: Mapped[list[str]] = mapped_column(JSON, default=list)

    match: Mapped[BrokeredMatch] = relationship(back_populates="events")


class FirstShown(VersionMixin, TimestampMixin, Model):
    """The office has declared until when an adapted home is first shown to those who need what it has; a day that has
    passed ends it. Without a row the rule says so, see services/first_shown.py."""

    __tablename__ = "first_shown"

    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[date]
    declared_by: Mapped[str | None] = mapped_column(PublicId)

    offer: Mapped[Offer] = relationship()


class MatchLink(Model):
    """A secret link to one match, sent by mail: whoever holds it may see and answer this match, until a day."""

    __tablename__ = "match_links"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    valid_until: Mapped[datetime]


class PairNote(Model):
    """What an advisor noted about one request and one offer, whether it has become a match or not. `text` is sealed
    with the key of the request's person."""

    __tablename__ = "pair_notes"
    __table_args__ = (Index(None, "request_id", "offer_id"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"))
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    plain_text = Sealed[str]("text", key="request.person_key")
    written_by: Mapped[str | None] = mapped_column(PublicId)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

    request: Mapped[HousingRequest] = relationship()


class AgreedWorks(TypedDict):
    """What came out of checking works: who pays how much, in whole euro, and whether the owner agrees."""

    provider_eur: int
    seeker_eur: int
    funding_eur: int
    consent: str


class TaskContent(TypedDict):
    """What a task says: `note` in the office's words, `claims` what the person measured, by key of the fact; of works
    also what was agreed on."""

    note: str
    claims: dict[str, object]
    works: NotRequired[AgreedWorks]


class MatchTask(VersionMixin, TimestampMixin, Model):
    """Something to be done beside the steps of a match: by whom, until when. `content` is sealed with the key of the
    request's person. `reminded_at`: its owner was told that it is overdue. `follows` names the vote whose result
    settles it; then nobody ticks it."""

    __tablename__ = "match_tasks"
    __table_args__ = (Index(None, "state", "due_on"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    kind: Mapped[TaskKind] = mapped_column(choice(TaskKind, 20, "kind_known"))
    owner: Mapped[Party] = mapped_column(choice(Party, 10, "owner_known"))
    state: Mapped[TaskState] = mapped_column(choice(TaskState, 10, "state_known"), default=TaskState.OPEN)
    due_on: Mapped[date]
    reminded_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    # Why it is there: the code of the reason that left it to do.
    reason: Mapped[str | None] = mapped_column(String(40))
    follows: Mapped[str | None] = mapped_column(PublicId, index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[TaskContent]("content", key="match.request.person_key")
    changed_by: Mapped[str | None] = mapped_column(PublicId)

    match: Mapped[BrokeredMatch] = relationship()

    @property
    def told(self) -> KindOfTask:
        """Its kind in words."""
        return TASK_KINDS[TaskKind(self.kind)]

    @property
    def is_overdue(self) -> bool:
        return self.state == TaskState.OPEN and self.due_on < clock.today()


class FundingContent(TypedDict):
    """What is known of one programme: its key, the ISO days of application and decision, and what was decided. Which
    programme pays tells about health, so all of it is sealed."""

    program: str
    applied_on: str | None
    decision: str
    decided_on: str | None


class MatchFunding(VersionMixin, TimestampMixin, Model):
    """A programme that is to pay for works in the home of a match. `due_on`: the office looks after it on that day."""

    __tablename__ = "match_fundings"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[FundingContent]("content", key="match.request.person_key")
    changed_by: Mapped[str | None] = mapped_column(PublicId)

    match: Mapped[BrokeredMatch] = relationship()


class MatchPaper(VersionMixin, TimestampMixin, Model):
    """A document of a match, a file that was looked at; `title` and `file` are sealed with the key of the request's
    person. `state` says whether the office has read it; `task` is what it was brought for."""

    __tablename__ = "match_papers"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PaperKind] = mapped_column(choice(PaperKind, 20, "kind_known"))
    state: Mapped[PaperState] = mapped_column(choice(PaperState, 10, "state_known"), default=PaperState.ARRIVED)
    brought_by: Mapped[Party] = mapped_column(
        choice(Party, 10, "brought_by_known"), default=Party.OFFICE, server_default=Party.OFFICE.value
    )
    task_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("match_tasks.id", ondelete="SET NULL"), index=True)
    media_type: Mapped[ReceivedType] = mapped_column(
        choice(ReceivedType, 20, "media_type_known"), default=ReceivedType.PDF, server_default=ReceivedType.PDF.value
    )
    size: Mapped[int]
    title: Mapped[bytes] = mapped_column(LargeBinary)
    plain_title = Sealed[str]("title", key="match.request.person_key")
    file: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    plain_file = Sealed[bytes]("file", key="match.request.person_key", raw=True)
    changed_by: Mapped[str | None] = mapped_column(PublicId)

    match: Mapped[BrokeredMatch] = relationship()
    task: Mapped[MatchTask | None] = relationship()

"""The page of one introduction, as its sides and the office may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.explanation import Reader
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import (
    ACQUAINTED,
    Introduction,
    IntroductionDisclosure,
    IntroductionEvent,
    IntroductionKind,
    IntroductionMeeting,
    IntroductionMessage,
    IntroductionSide,
    IntroductionState,
    MeetingState,
    Side,
    SideAnswer,
    SideLearned,
)
from wohnberatung.network.services.meetings import may_choose, meeting_of
from wohnberatung.network.services.searches import Suiting, suits
from wohnberatung.network.services.sides import SideStanding, contact_lines, described, may_know
from wohnberatung.network.services.thread import thread_of
from wohnberatung.network.steps import INTRODUCTION_STEPS


@dataclass(frozen=True)
class ShownSide:
    """One side as it may be seen: who it is only once that may be known, else what anybody may hear of it."""

    side: IntroductionSide
    title: str
    text: str
    contact: list[tuple[str, str]]
    is_mine: bool


@dataclass(frozen=True)
class LedgerLine:
    """A line of the ledger in words: what `to` learned of `about`."""

    happened_at: datetime
    about: str
    to: str
    what: SideLearned


@dataclass(frozen=True)
class IntroductionSheet:
    """Everything that this standing may see and do. `message`, `note`, `events` and `steps` are for the office."""

    standing: SideStanding
    sides: list[ShownSide]
    reasons: str
    suiting: Suiting | None
    message: str
    note: str
    events: Sequence[IntroductionEvent]
    steps: tuple[Step[Introduction], ...]
    told: list[LedgerLine]
    meeting: IntroductionMeeting | None
    messages: Sequence[IntroductionMessage]

    @property
    def row(self) -> Introduction:
        return self.standing.introduction

    @property
    def is_asked(self) -> bool:
        """Whether this side, or for the office any, is to say yes or no."""
        if self.row.state != IntroductionState.OFFERED:
            return False
        side = self.standing.side
        return side is None or side.answer == SideAnswer.WAITING

    @property
    def may_take_back(self) -> bool:
        side = self.standing.side
        return (
            side is not None
            and side.answer == SideAnswer.AGREED
            and self.row.state
            in (
                IntroductionState.OFFERED,
                *ACQUAINTED,
            )
        )

    @property
    def may_choose(self) -> bool:
        return self.row.is_acquainted and may_choose(self.standing, self.meeting)

    @property
    def may_call_off(self) -> bool:
        meeting = self.meeting
        return bool(
            self.row.is_acquainted and meeting and meeting.state != MeetingState.CALLED_OFF and not meeting.has_begun
        )

    @property
    def meeting_version(self) -> int:
        return self.meeting.version if self.meeting else 0


def sheet_of(standing: SideStanding) -> IntroductionSheet:
    """As this standing may see it."""
    row, office = standing.introduction, standing.is_office
    return IntroductionSheet(
        standing=standing,
        sides=[_shown(side, standing) for side in row.sides],
        reasons=row.plain_reasons or "",
        suiting=_suiting(standing),
        message=row.plain_message if office else "",
        note=(row.plain_note or "") if office else "",
        events=row.events if office else (),
        steps=INTRODUCTION_STEPS.offered(row, Party.OFFICE) if office else (),
        told=ledger_of(row),
        meeting=meeting_of(row) if office or row.is_acquainted else None,
        messages=thread_of(standing),
    )


def title_of(row: Introduction) -> str:
    """What the introduction is called in lists: names that everybody may read."""
    if row.kind == IntroductionKind.FOUNDING:
        return _("Gemeinsam eine Gruppe gründen")
    titles = [described(side)[0] for side in row.sides]
    return _("„%(site)s“ und „%(project)s“", site=titles[0], project=titles[-1]) if len(titles) > 1 else titles[0]


def name_in(side: IntroductionSide, standing: SideStanding) -> str:
    """What a side is called in the thread and in lists of one introduction."""
    if side is standing.side:
        return _("Sie")
    lines = contact_lines(side) if side.request is not None and may_know(standing) else []
    return lines[0][1] if lines else described(side)[0]


def ledger_of(row: Introduction) -> list[LedgerLine]:
    """What was told of whom to whom, the oldest first."""
    query = select(IntroductionDisclosure).where(IntroductionDisclosure.introduction_id == row.id)
    query = query.options(joinedload(IntroductionDisclosure.about), joinedload(IntroductionDisclosure.to))
    return [
        LedgerLine(line.happened_at, described(line.about)[0], described(line.to)[0], SideLearned(line.what))
        for line in db.session.scalars(query.order_by(IntroductionDisclosure.id))
    ]


def _shown(side: IntroductionSide, standing: SideStanding) -> ShownSide:
    title, text = described(side)
    mine = side is standing.side
    known = may_know(standing) and not mine
    return ShownSide(side, title, text, contact_lines(side) if known else [], mine)


def _suiting(standing: SideStanding) -> Suiting | None:
    """Why an owner and a group suit, in the words of whoever reads it."""
    row = standing.introduction
    site = next((side.site for side in row.sides if side.site), None)
    project = next((side.project for side in row.sides if side.project), None)
    if row.kind != IntroductionKind.SITE or site is None or project is None:
        return None
    reader = Reader.ADVISOR
    if standing.side is not None:
        reader = Reader.PROVIDER if standing.side.role == Side.OWNER else Reader.SEEKER
    return suits(site, project, reader)

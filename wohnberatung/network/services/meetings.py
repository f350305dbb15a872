"""The first meeting: one side proposes up to three dates, another chooses; calendars learn when it moves or is off."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.constraints import check_length
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.settings import public_link
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionMeeting, MeetingState
from wohnberatung.network.services.history import others, tell
from wohnberatung.network.services.sides import SideStanding, load_introduction
from wohnberatung.network.steps import ASK_OTHERS, CALL_OFF, CHOOSE, INTRODUCTION_STEPS, MEETING_STEPS, PROPOSE
from wohnberatung.viewings.services.calendar_file import DateEntry, calendar_of
from wohnberatung.viewings.services.dates import checked_moments

PLACE = 200


def propose_meeting(
    standing: SideStanding, moments: Sequence[datetime], place: str, *, version: int | None
) -> IntroductionMeeting:
    """Offer the others up to three dates; what was offered before is gone with it.

    Raises DomainError at `day_1` for dates that cannot be, Conflict where somebody was faster or they do not know each
    other (any more).
    """
    row, meeting = _begin(standing, version)
    options = [moment.isoformat() for moment in checked_moments(moments)]
    check_length(place, PLACE, "place")
    if meeting is None:
        meeting = IntroductionMeeting(id=new_id(), introduction=row, state=MeetingState.PROPOSED, options=options)
        db.session.add(meeting)
    else:
        MEETING_STEPS.take(meeting, PROPOSE, by=standing.party)
    meeting.proposed_by = standing.side.id if standing.side else None
    meeting.options, meeting.starts_at, meeting.plain_place = options, None, place.strip() or None
    db.session.flush()
    tell(row, others(row, standing.side))
    return meeting


def choose_meeting(standing: SideStanding, moment: datetime | None, *, version: int | None) -> IntroductionMeeting:
    """Another side takes one of the dates, which then stands for all; None: none of them fits.

    Raises DomainError at `moment` for one that was not offered or is over, Conflict where somebody was faster or it is
    one's own proposal.
    """
    row, meeting = _known(standing, version)
    if not may_choose(standing, meeting):
        raise MEETING_STEPS.refused(meeting)
    if moment is None:
        MEETING_STEPS.take(meeting, ASK_OTHERS, by=standing.party)
    else:
        if moment not in meeting.moments or clock.to_berlin(moment).date() <= clock.today():
            raise DomainError(_("Bitte wählen Sie einen der Termine, der noch kommt."), "moment")
        MEETING_STEPS.take(meeting, CHOOSE, by=standing.party)
        meeting.starts_at = moment
    db.session.flush()
    tell(row, others(row, standing.side))
    return meeting


def call_off_meeting(standing: SideStanding, *, version: int | None) -> IntroductionMeeting:
    """The date, or what was proposed for it, is off; new ones may be proposed. Raises as `choose_meeting` does."""
    row, meeting = _known(standing, version)
    MEETING_STEPS.take(meeting, CALL_OFF, by=standing.party)
    db.session.flush()
    tell(row, others(row, standing.side))
    return meeting


def end_meeting(row: Introduction) -> None:
    """The sides are not introduced any more: a date that was to come is off."""
    meeting = meeting_of(row)
    if meeting and meeting.state != MeetingState.CALLED_OFF and not meeting.has_begun:
        MEETING_STEPS.take(meeting, CALL_OFF, by=Party.SYSTEM)
        db.session.flush()


def meeting_of(row: Introduction) -> IntroductionMeeting | None:
    """As it is stored now; None where nobody has proposed a date yet."""
    query = select(IntroductionMeeting).where(IntroductionMeeting.introduction_id == row.id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def may_choose(standing: SideStanding, meeting: IntroductionMeeting | None) -> bool:
    """Whoever did not propose it; the office speaks for all."""
    if meeting is None or meeting.state != MeetingState.PROPOSED:
        return False
    return standing.side is None or meeting.proposed_by != standing.side.id


def meeting_calendar(standing: SideStanding) -> bytes | None:
    """The date as a calendar file; None where there is none, or nobody may know of it (any more)."""
    row, meeting = standing.introduction, meeting_of(standing.introduction)
    if meeting is None or meeting.starts_at is None or meeting.ends_at is None:
        return None
    if standing.token:
        url = public_link("network.show_introduction_by_link", token=standing.token)
    else:
        url = public_link("network.show_introduction", introduction_id=row.id)
    known = standing.is_office or row.is_acquainted
    return calendar_of(
        DateEntry(
            uid=f"{meeting.id}@wohnberatung",
            sequence=meeting.version,
            changed_at=meeting.updated_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            off=meeting.state != MeetingState.AGREED,
            title=_("Kennenlernen"),
            place=(meeting.plain_place or "") if known else "",
            url=url,
        )
    )


def _begin(standing: SideStanding, version: int | None) -> tuple[Introduction, IntroductionMeeting | None]:
    """Both as they are now, and nobody else's until the transaction ends; 0 is the version of what is not there."""
    row = load_introduction(standing.introduction.id, standing.actor or VISITOR, locked=True)
    if not row.is_acquainted:
        raise INTRODUCTION_STEPS.refused(row)
    meeting = meeting_of(row)
    if version != (meeting.version if meeting else 0):
        raise Conflict(str(CHANGED_MEANWHILE))
    return row, meeting


def _known(standing: SideStanding, version: int | None) -> tuple[Introduction, IntroductionMeeting]:
    row, meeting = _begin(standing, version)
    if meeting is None:
        raise Conflict(_("Es gibt noch keinen Termin."))
    return row, meeting

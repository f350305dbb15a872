"""What can be reported: where it stands, and how it is taken down and put back. A kind is a row of `KINDS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import NotFound
from wohnberatung.core.steps import Party
from wohnberatung.events.models import PublicEvent
from wohnberatung.events.services.events import remove_event, restore_event
from wohnberatung.extensions import db
from wohnberatung.noticeboard.kinds import ReportedKind
from wohnberatung.noticeboard.models import Notice, NoticeState
from wohnberatung.noticeboard.services.telling import tell_sender
from wohnberatung.noticeboard.steps import NOTICE_STEPS, REMOVE, RESTORE


@dataclass(frozen=True)
class ReportedSubject:
    """A thing that was reported, as pages name it: `endpoint` with `values` is where its owner and the office look at
    it; `organisation_id` is whose it is, None for the office and for private persons."""

    kind: ReportedKind
    title: str
    is_public: bool
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    organisation_id: str | None = None


@dataclass(frozen=True)
class SubjectKind:
    """How one kind of thing is found, taken down with a reason that its sender reads, and put back."""

    find: Callable[[str], ReportedSubject | None]
    remove: Callable[[str, str], None]
    restore: Callable[[str], None]


def subject_of(kind: str, subject_id: str) -> ReportedSubject | None:
    """None where there is none (any more)."""
    return KINDS[ReportedKind(kind)].find(subject_id)


def own_subject(kind: str, subject_id: str, actor: Actor) -> ReportedSubject:
    """For those whose it is; NotFound for all others, as if there were none."""
    found = subject_of(kind, subject_id) if kind in set(ReportedKind) else None
    if found is None or not actor.belongs_to(found.organisation_id):
        raise NotFound(_("Das gibt es nicht (mehr)."))
    return found


def _notice(subject_id: str) -> ReportedSubject | None:
    notice = db.session.get(Notice, subject_id)
    if notice is None:
        return None
    values = {"notice_id": notice.id}
    desk, owner = "noticeboard.show_desk", notice.organisation_id
    return ReportedSubject(ReportedKind.NOTICE, notice.title, notice.is_public, desk, values, owner)


def _remove_notice(subject_id: str, reason: str) -> None:
    notice = db.session.get(Notice, subject_id)
    if notice is None:
        return
    if notice.state != NoticeState.REMOVED:
        NOTICE_STEPS.take(notice, REMOVE, by=Party.SYSTEM)
    notice.reason = reason
    db.session.flush()
    tell_sender(notice)


def _restore_notice(subject_id: str) -> None:
    notice = db.session.get(Notice, subject_id)
    if notice is None or notice.state != NoticeState.REMOVED:
        return
    NOTICE_STEPS.take(notice, RESTORE, by=Party.SYSTEM)
    db.session.flush()
    tell_sender(notice)


def _event(subject_id: str) -> ReportedSubject | None:
    event = db.session.get(PublicEvent, subject_id)
    if event is None:
        return None
    desk, values = "events.show_desk", {"event_id": event.id}
    return ReportedSubject(ReportedKind.EVENT, event.title, event.is_public, desk, values, event.organisation_id)


KINDS: dict[ReportedKind, SubjectKind] = {
    ReportedKind.NOTICE: SubjectKind(_notice, _remove_notice, _restore_notice),
    ReportedKind.EVENT: SubjectKind(_event, remove_event, restore_event),
}

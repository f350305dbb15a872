"""Reports of unlawful content: a receipt for who reported it, a decision with reasons for both sides, one complaint.

Regulation (EU) 2022/2065 (DSA): Art. 16 notice, receipt and decision; Art. 17 reasons for whoever wrote it; Art. 20
complaint within six months. A person decides, never a program.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import free_receipt_number, hash_token, new_id, new_token
from wohnberatung.core.manifests import ExportedRecord, erased
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import mails_about
from wohnberatung.noticeboard.kinds import ReportedKind, ReportGround
from wohnberatung.noticeboard.models import ContentReport, ReportState
from wohnberatung.noticeboard.services.subjects import KINDS, ReportedSubject, subject_of
from wohnberatung.noticeboard.services.telling import RECEIPT_MAIL, tell_reporter
from wohnberatung.noticeboard.steps import (
    CONTEST,
    KEEP_AFTER_ALL,
    RELEASE,
    REMOVE,
    REMOVE_AFTER_ALL,
    REPORT_STEPS,
)
from wohnberatung.privacy.encryption import destroy, new_person_key

REPORTER, SENDER = "reporter", "sender"
WAITING = (ReportState.OPEN, ReportState.CONTESTED, ReportState.HELD)


@dataclass(frozen=True)
class OpenedReport:
    """A report as it is read: `subject` is None where the thing is gone, `contact` is for the office alone."""

    report: ContentReport
    why: str
    subject: ReportedSubject | None
    contact: dict[str, str] = field(default_factory=dict)
    complaint: str = ""


def report_content(
    kind: str,
    subject_id: str,
    *,
    ground: str,
    content: Mapping[str, str],
    language: str = "de",
    held_for: HoldReason | None = None,
) -> tuple[ContentReport, str]:
    """Store what somebody reported, sealed; returns it with the secret under which the decision is read. `content` has
    `why`, and `name` and `email` where they were left. Raises NotFound where nothing public is meant, DomainError
    without a reason."""
    subject = reportable(kind, subject_id)
    if not content.get("why"):
        raise DomainError(_("Bitte schreiben Sie, was daran nicht in Ordnung ist."), "why")
    token = new_token()
    report = ContentReport(
        id=new_id(),
        receipt_number=free_receipt_number(ContentReport.receipt_number, "ME"),
        token_hash=hash_token(token),
        subject_kind=ReportedKind(kind),
        subject_id=subject_id,
        subject_title=subject.title,
        state=ReportState.HELD if held_for else ReportState.OPEN,
        held_for=held_for,
        language=language,
        ground=ReportGround(ground),
        person_key=new_person_key(),
    )
    report.plain_content = {**content, "token": token}
    db.session.add(report)
    db.session.flush()
    tell_reporter(report, RECEIPT_MAIL)
    return report, token


def reportable(kind: str, subject_id: str) -> ReportedSubject:
    """NotFound where nothing public is meant."""
    subject = subject_of(kind, subject_id) if kind in set(ReportedKind) else None
    if subject is None or not subject.is_public:
        raise NotFound(_("Das gibt es nicht (mehr)."))
    return subject


def reports_for_office(actor: Actor, number: int = 1) -> Page[ContentReport]:
    """Those that wait first, the longest waiting on top; then the decided, the newest first. Forbidden for others."""
    only_office(actor)
    decided = ContentReport.state.not_in(WAITING)
    order = (decided, ContentReport.decided_at.desc(), ContentReport.created_at, ContentReport.id)
    return paginate(db.session, select(ContentReport).order_by(*order), number)


def waiting_reports(actor: Actor) -> list[ContentReport]:
    """Those that nobody has decided yet, the longest waiting first. Forbidden for everybody but the office."""
    only_office(actor)
    waiting = select(ContentReport).where(ContentReport.state.in_(WAITING))
    return list(db.session.scalars(waiting.order_by(ContentReport.created_at, ContentReport.id)))


def load_report(report_id: str, actor: Actor) -> OpenedReport:
    """For the office; Forbidden for everybody else, NotFound where there is none."""
    only_office(actor)
    report = db.session.get(ContentReport, report_id)
    if report is None:
        raise NotFound(_("Diese Meldung gibt es nicht (mehr)."))
    return _opened(report)


def steps_of_report(report: ContentReport, party: Party) -> dict[str, Step[ContentReport]]:
    """What this party may do with it now, by key."""
    return {step.key: step for step in REPORT_STEPS.offered(report, party)}


def decide(report_id: str, key: str, *, reason: str, version: int | None, actor: Actor) -> Step[ContentReport]:
    """Let it stay or take it down, with reasons that both sides read. Raises NotFound for unknown steps, DomainError at
    `reason` without one, Conflict where somebody else decided or was faster."""
    opened = load_report(report_id, actor)
    report = opened.report
    check_version(report, version, submitted={_("Gründe"): reason})
    step = REPORT_STEPS.take(report, key, by=Party.OFFICE, why=reason)
    if key == RELEASE:
        report.held_for = None
        db.session.flush()
        tell_reporter(report, RECEIPT_MAIL)
        return step
    if report.state in (ReportState.KEPT, ReportState.REMOVED):
        report.reason = reason.strip()
    else:
        report.final_reason = reason.strip()
    report.decided_at, report.decided_by = clock.now(), actor.user_id
    db.session.flush()
    kind = KINDS[report.subject_kind]
    if key in (REMOVE, REMOVE_AFTER_ALL):
        kind.remove(report.subject_id, reason.strip())
    elif key == KEEP_AFTER_ALL:
        kind.restore(report.subject_id)
    tell_reporter(report)
    return step


def my_report(token: str) -> OpenedReport:
    """By its secret link; NotFound for one that opens nothing (any more)."""
    report = db.session.scalar(select(ContentReport).where(ContentReport.token_hash == hash_token(token)))
    if report is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return _opened(report)


def may_contest(report: ContentReport, by: str) -> bool:
    """Whoever reported it may where it stays, whoever wrote it where it went."""
    return report.state == (ReportState.KEPT if by == REPORTER else ReportState.REMOVED)


def contest_as_reporter(token: str, text: str) -> None:
    """Once, against the decision that it stays. Raises NotFound for an unknown link, Conflict where nothing is to be
    contested, DomainError at `text` without a reason."""
    _contest(my_report(token).report, REPORTER, text)


def contest_as_sender(kind: ReportedKind, subject_id: str, text: str) -> None:
    """Once, against the decision that it went; the caller knows that the thing is theirs. Raises NotFound where nothing
    was taken down, Conflict and DomainError as `contest_as_reporter` does."""
    report = removal_of(kind, subject_id)
    if report is None:
        raise NotFound(_("Das wurde nicht nach einer Meldung entfernt."))
    _contest(report, SENDER, text)


def removal_of(kind: ReportedKind, subject_id: str) -> ContentReport | None:
    """The newest report about a thing that was taken down by it, however often it was contested since."""
    about = (ContentReport.subject_kind == kind) & (ContentReport.subject_id == subject_id)
    removed = ContentReport.state.in_((ReportState.REMOVED, ReportState.CONTESTED, ReportState.REMOVED_AFTER_ALL))
    newest = select(ContentReport).where(about, removed).order_by(ContentReport.decided_at.desc()).limit(1)
    return db.session.scalar(newest)


def stored_about_reporter(token: str) -> ExportedRecord:
    """Everything that is stored about whoever reported something."""
    mine = my_report(token)
    report = mine.report
    return {
        "receipt_number": report.receipt_number,
        "state": report.state,
        "reported_at": report.created_at.isoformat(),
        "ground": report.ground,
        "why": mine.why,
        "contact": mine.contact,
        "reason": report.reason,
        "final_reason": report.final_reason,
        "complaint": mine.complaint if report.complaint_by == REPORTER else "",
        "mails": mails_about(report.person_key),
    }


def erase_report(report: ContentReport) -> None:
    """The row and its mails; the key is destroyed."""
    erased(report.id)
    destroy(report.person_key)
    db.session.flush()
    db.session.execute(delete(ContentReport).where(ContentReport.id == report.id))
    db.session.expunge(report)


def forget_subject(row_id: str) -> None:
    """Its sender had a reported notice erased: the report no longer says how it was called."""
    db.session.execute(update(ContentReport).where(ContentReport.subject_id == row_id).values(subject_title=""))


def _contest(report: ContentReport, by: str, text: str) -> None:
    if not may_contest(report, by):
        raise REPORT_STEPS.refused(report)
    REPORT_STEPS.take(report, CONTEST, by=Party.SEEKER if by == REPORTER else Party.PROVIDER, why=text)
    report.plain_complaint, report.complaint_by = text.strip(), by
    db.session.flush()


def _opened(report: ContentReport) -> OpenedReport:
    content = report.plain_content
    contact = {name: content[name] for name in ("name", "email") if content.get(name)}
    subject = subject_of(report.subject_kind, report.subject_id)
    return OpenedReport(report, content.get("why", ""), subject, contact, report.plain_complaint or "")

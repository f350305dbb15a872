"""What becomes of a notice, and of a report: which step leads where, who takes it, and who is told."""

from datetime import timedelta
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.steps import Party, RequiredReason, Step, StepTable
from wohnberatung.noticeboard.models import ContentReport, Notice, NoticeState, ReportState

S, R = NoticeState, ReportState
OWNER, OFFICE, SYSTEM = (Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)
PERSON, ANYONE = (Party.SEEKER,), (Party.SEEKER, Party.PROVIDER, Party.OFFICE)

RELEASE, CONFIRM, SHOW, HAND_IN, APPROVE = "kein-spam", "bestaetigen", "zeigen", "einreichen", "freigeben"
RETURN, RENEW, TAKE_DOWN, EXPIRE, TAKE_BACK = "zurueckgeben", "verlaengern", "abnehmen", "ablaufen", "erst-pruefen"
REMOVE, RESTORE = "entfernen", "wieder-aufhaengen"
KEEP, KEEP_AFTER_ALL, REMOVE_AFTER_ALL, CONTEST = "bleibt", "bleibt-doch", "wird-doch-entfernt", "beschwerde"
# The mails that tell of a step, see services/telling.py.
NOTICE_NEWS, REPORT_NEWS = "notice_news", "report_news"

WHY_RETURNED = RequiredReason(
    "reason", _l("Bitte schreiben Sie, was zu ändern ist. Wer den Aushang schrieb, liest das.")
)
WHY_DECIDED = RequiredReason("reason", _l("Bitte schreiben Sie die Gründe. Beide Seiten lesen sie."))


def says_something(notice: Notice) -> None:
    """DomainError where a notice has a heading only."""
    if not notice.text.strip():
        raise DomainError(_("Bitte schreiben Sie zuerst, worum es geht."))


def _enter(notice: Notice, state: StrEnum) -> None:
    """Whoever waits for the office does so since the first day; what is put up hangs for its weeks from that day."""
    notice.waits_since = (notice.waits_since or clock.now()) if state == S.WAITING else None
    if state == S.PUBLISHED and notice.state != S.PUBLISHED:
        notice.published_at, notice.reason = clock.now(), ""
        hang(notice)
    notice.state = S(state)


def hang(notice: Notice) -> None:
    """From today for its weeks."""
    notice.ends_on, notice.reminded_at = clock.today() + timedelta(weeks=notice.weeks), None


# To show it means to hand it to the office where the owner is not trusted yet or the wording asks for it.
NOTICE_STEPS: StepTable[Notice] = StepTable(
    Step(RELEASE, OFFICE, (S.HELD,), S.UNCONFIRMED, _l("Kein Spam"), _l("Die Person bekommt jetzt ihre E-Mail.")),
    Step(
        CONFIRM,
        PERSON,
        (S.UNCONFIRMED,),
        S.WAITING,
        _l("Aushang bestätigen"),
        _l("Danke. Die Wohnberatung liest den Aushang und hängt ihn dann auf."),
    ),
    Step(
        SHOW,
        OWNER,
        (S.DRAFT, S.RETURNED, S.ENDED),
        S.PUBLISHED,
        _l("Aufhängen"),
        _l("Der Aushang ist jetzt für alle zu sehen."),
        guards=(says_something,),
        instead=(S.WAITING,),
    ),
    Step(
        HAND_IN,
        PERSON,
        (S.RETURNED, S.ENDED),
        S.WAITING,
        _l("Noch einmal einreichen"),
        _l("Danke. Die Wohnberatung liest den Aushang und hängt ihn dann auf."),
        guards=(says_something,),
    ),
    Step(
        APPROVE,
        OFFICE,
        (S.WAITING,),
        S.PUBLISHED,
        _l("Freigeben"),
        _l("Der Aushang ist jetzt für alle zu sehen."),
        guards=(says_something,),
        told=NOTICE_NEWS,
    ),
    Step(
        RETURN,
        OFFICE,
        (S.WAITING,),
        S.RETURNED,
        _l("Zurückgeben"),
        _l("Zurückgegeben. Wer den Aushang schrieb, liest Ihre Gründe."),
        reason=WHY_RETURNED,
        told=NOTICE_NEWS,
        asks=True,
    ),
    Step(RENEW, ANYONE, (S.PUBLISHED,), S.PUBLISHED, _l("Länger zeigen"), _l("Der Aushang hängt länger."), stays=True),
    Step(
        TAKE_DOWN,
        ANYONE,
        (S.HELD, S.UNCONFIRMED, S.WAITING, S.RETURNED, S.PUBLISHED),
        S.ENDED,
        _l("Abnehmen"),
        _l("Der Aushang ist abgenommen."),
    ),
    Step(EXPIRE, SYSTEM, (S.PUBLISHED,), S.ENDED, told=NOTICE_NEWS),
    # What everybody reads has changed, and somebody should read it first.
    Step(TAKE_BACK, SYSTEM, (S.PUBLISHED,), S.WAITING),
    # The decision about a report; whoever was reported may have taken it down meanwhile.
    Step(REMOVE, SYSTEM, (S.PUBLISHED, S.WAITING, S.RETURNED, S.DRAFT, S.ENDED), S.REMOVED, told=NOTICE_NEWS),
    Step(RESTORE, SYSTEM, (S.REMOVED,), S.PUBLISHED, told=NOTICE_NEWS),
    begins=(S.DRAFT, S.UNCONFIRMED, S.HELD),
    refused=lambda _notice: Conflict(_("Das geht nicht mehr: Der Aushang hat inzwischen einen anderen Stand.")),
    enter=_enter,
)

REPORT_STEPS: StepTable[ContentReport] = StepTable(
    Step(RELEASE, OFFICE, (R.HELD,), R.OPEN, _l("Kein Spam"), _l("Die Meldung ist jetzt offen.")),
    Step(
        KEEP,
        OFFICE,
        (R.OPEN,),
        R.KEPT,
        _l("Bleibt stehen"),
        _l("Entschieden. Wer es gemeldet hat, liest die Gründe."),
        reason=WHY_DECIDED,
        told=REPORT_NEWS,
        asks=True,
    ),
    Step(
        REMOVE,
        OFFICE,
        (R.OPEN,),
        R.REMOVED,
        _l("Entfernen"),
        _l("Entfernt. Beide Seiten lesen die Gründe."),
        reason=WHY_DECIDED,
        told=REPORT_NEWS,
        also_told=NOTICE_NEWS,
        asks=True,
    ),
    # Whoever reported it does not agree that it stays, or whoever wrote it that it went (Art. 20 DSA).
    Step(
        CONTEST,
        (Party.SEEKER, Party.PROVIDER),
        (R.KEPT, R.REMOVED),
        R.CONTESTED,
        _l("Beschwerde absenden"),
        _l("Ihre Beschwerde ist angekommen. Die Wohnberatung prüft noch einmal."),
        reason=RequiredReason("text", _l("Bitte schreiben Sie, warum Sie nicht einverstanden sind.")),
        asks=True,
    ),
    Step(
        KEEP_AFTER_ALL,
        OFFICE,
        (R.CONTESTED,),
        R.KEPT_AFTER_ALL,
        _l("Bleibt stehen"),
        _l("Entschieden. Beide Seiten lesen die Gründe."),
        reason=WHY_DECIDED,
        told=REPORT_NEWS,
        also_told=NOTICE_NEWS,
        asks=True,
    ),
    Step(
        REMOVE_AFTER_ALL,
        OFFICE,
        (R.CONTESTED,),
        R.REMOVED_AFTER_ALL,
        _l("Entfernen"),
        _l("Entschieden. Beide Seiten lesen die Gründe."),
        reason=WHY_DECIDED,
        told=REPORT_NEWS,
        also_told=NOTICE_NEWS,
        asks=True,
    ),
    begins=(R.OPEN, R.HELD),
    final=(R.KEPT_AFTER_ALL, R.REMOVED_AFTER_ALL),
    refused=lambda _report: Conflict(_("Über diese Meldung ist schon entschieden.")),
)

"""Stored notices and reports with valid defaults."""

from typing import Any

from tests.factories import advisor
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.noticeboard.models import ContentReport, Notice, NoticeState
from wohnberatung.noticeboard.services.notices import begin_notice
from wohnberatung.noticeboard.services.reports import report_content
from wohnberatung.noticeboard.services.senders import post_notice
from wohnberatung.noticeboard.steps import NOTICE_STEPS

JOHANNSTADT, PIESCHEN = "06", "21"
SAID: dict[str, Any] = {
    "topic": "help_offered",
    "place": JOHANNSTADT,
    "title": "Ich lese vor",
    "text": "Donnerstags im Treff.",
    "weeks": 8,
}
CONSENT = ("2026-11", "Ich willige ein.")


def make_notice(title: str = "Ich lese vor", *, actor: Actor | None = None, public: bool = True, **said: Any) -> Notice:
    """Of the office and public, unless told otherwise."""
    values: Any = {**SAID, "title": title, **said}
    notice = begin_notice(values, actor or advisor())
    if public:
        NOTICE_STEPS.put(notice, NoticeState.PUBLISHED)
    db.session.flush()
    return notice


def make_private(state: NoticeState = NoticeState.UNCONFIRMED, **said: Any) -> tuple[Notice, str]:
    """Of Erika, and the secret of her link."""
    values: Any = {**SAID, **said}
    contact = {"name": "Erika Beispiel", "email": "erika@example.org"}
    notice, token = post_notice(values, contact, consent=CONSENT)
    if state != NoticeState.UNCONFIRMED:
        NOTICE_STEPS.put(notice, state)
    db.session.flush()
    return notice, token


def make_report(notice: Notice, **content: str) -> tuple[ContentReport, str]:
    """By somebody who left an address, and the secret of their link."""
    said = {"why": "Das schließt Menschen aus.", "email": "rolf@example.org", **content}
    return report_content("aushang", notice.id, ground="discrimination", content=said)

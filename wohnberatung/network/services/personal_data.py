"""What introductions keep about somebody who seeks: told to them in full, gone with their request."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core.languages import current_language
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionMessage, IntroductionSide
from wohnberatung.network.services.meetings import meeting_of
from wohnberatung.network.services.sheets import ledger_of
from wohnberatung.network.services.sides import SideStanding, described
from wohnberatung.network.services.thread import thread_of
from wohnberatung.papers import Part, heading, moment, pairs, paragraph
from wohnberatung.privacy.encryption import destroy
from wohnberatung.seekers.models import HousingRequest


def introductions_about(request: HousingRequest) -> list[ExportedRecord]:
    """Each with what the person agreed to, what was told of them, and what was written in their sight."""
    return [_record(side) for side in _sides_of(request)]


def introductions_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    rows = []
    for side in _sides_of(request):
        for told in ledger_of(side.introduction):
            if described(side)[0] == told.about:
                rows.append((moment(told.happened_at), _("An %(to)s", to=told.to)))
        rows += [(moment(each.created_at), each.plain_body) for each in _messages(side)]
    return [heading(_("Kennenlernen")), pairs(rows)] if rows else []


def asked_by_post(_request: HousingRequest, values: Mapping[str, object]) -> tuple[str, list[Part]]:
    """For those who want letters; they answer on the telephone."""
    said = [paragraph(_("zu einem Kennenlernen mit anderen, die gemeinsam wohnen möchten, gibt es Neues."))]
    if isinstance(last_day := values.get("last_day"), date):
        said.append(
            paragraph(_("Bitte antworten Sie bis zum %(day)s.", day=f"{last_day:{current_language().day_format}}"))
        )
    said.append(paragraph(_("Rufen Sie uns an, oder schreiben Sie uns. Sie müssen nicht antworten.")))
    return _("Andere kennenlernen"), said


def erase_introduction(row: Introduction) -> None:
    """With all that was written; what was sealed for people who seek can be read in no copy any more."""
    if row.person_key is not None:
        destroy(row.person_key)
    db.session.flush()
    db.session.execute(delete(Introduction).where(Introduction.id == row.id))
    db.session.expunge(row)


def _record(side: IntroductionSide) -> ExportedRecord:
    row, meeting = side.introduction, meeting_of(side.introduction)
    return {
        "state": row.state,
        "reasons": row.plain_reasons,
        "answer": side.answer,
        "answered_at": side.answered_at.isoformat() if side.answered_at else None,
        "answered_through": side.answered_through,
        "consent": side.consent_text,
        "consent_version": side.consent_version,
        "told": [
            {"happened_at": told.happened_at.isoformat(), "about": told.about, "to": told.to, "what": told.what}
            for told in ledger_of(row)
        ],
        "meeting": meeting.starts_at.isoformat() if meeting and meeting.starts_at else None,
        "messages": [
            {"written_at": each.created_at.isoformat(), "mine": each.side_id == side.id, "text": each.plain_body}
            for each in _messages(side)
        ],
        "outcome": row.outcome,
    }


def _messages(side: IntroductionSide) -> list[IntroductionMessage]:
    """All that the side may read, and what it wrote itself in any case."""
    shown = list(thread_of(SideStanding(side.introduction, side)))
    if shown:
        return shown
    mine = select(IntroductionMessage).where(IntroductionMessage.side_id == side.id)
    return list(db.session.scalars(mine.order_by(IntroductionMessage.created_at)))


def _sides_of(request: HousingRequest) -> list[IntroductionSide]:
    query = select(IntroductionSide).join(IntroductionSide.introduction)
    mine = query.where(IntroductionSide.request_id == request.id)
    return list(db.session.scalars(mine.order_by(Introduction.created_at, Introduction.id)))

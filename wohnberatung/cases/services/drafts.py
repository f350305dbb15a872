"""What somebody is typing about a case is kept while they type, and never lost to another device of theirs.

A draft knows which page wrote it last, by a number that each page is drawn with. A page goes on with a draft that it
has written itself, or that is still as it was when the page was drawn; where another page has written something else
meanwhile, nothing is stored and both are shown.
"""

import json
import zlib
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import Case, CaseDraft
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict
from wohnberatung.core.ids import new_id
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db

# What a draft is about while its consultation is not stored yet.
NEW_TALK = "consultation"
# Beside the values: the page that wrote them.
_PAGE = "written_by_page"
Values = dict[str, object]


class DraftPage(NamedTuple):
    """A page on which somebody types: its own number, and the mark of the draft that it was drawn from, if any."""

    number: str = ""
    drawn_from: str = ""


NO_PAGE = DraftPage()


class DraftOvertaken(Conflict):
    """The same person has written something else on another device, or in another window."""

    heading = _l("Hier gibt es zwei Fassungen")


def save_draft(case: Case, subject: str, values: Values, actor: Actor, page: DraftPage = NO_PAGE) -> CaseDraft:
    """Keep the form's values; one draft for each person, case and subject. Raises as `check_draft`."""
    draft = _draft(case, subject, actor)
    _check(draft, page, values)
    if draft is None:
        draft = CaseDraft(id=new_id(), case=case, user_id=actor.user_id, subject=subject)
    draft.plain_payload = {**values, _PAGE: page.number} if page.number else values
    draft.saved_at = clock.now()
    db.session.add(draft)
    db.session.flush()
    return draft


def check_draft(case: Case, subject: str, actor: Actor, page: DraftPage, values: Values | None = None) -> None:
    """Before a draft is stored as a record or thrown away: raise DraftOvertaken where it holds something that this page
    has not shown, and that is not what the page holds either (`values`)."""
    _check(_draft(case, subject, actor), page, values)


def load_draft(case: Case, subject: str, actor: Actor) -> tuple[CaseDraft, Values] | None:
    """What this person was typing, if anything."""
    draft = _draft(case, subject, actor)
    return None if draft is None else (draft, _typed(draft))


def mark_of(values: Values) -> str:
    """A number made of what a draft holds, the same for the same content."""
    return str(zlib.crc32(json.dumps(values, sort_keys=True).encode()))


def discard_draft(case: Case, subject: str, actor: Actor) -> None:
    """It is stored as a record now, or nobody wants it any more."""
    mine = (CaseDraft.case_id == case.id, CaseDraft.subject == subject, CaseDraft.user_id == actor.user_id)
    db.session.execute(delete(CaseDraft).where(*mine))
    db.session.flush()


def joined(draft: CaseDraft, case: Case) -> bool:
    """Whether its person is writing about that case already: then what they wrote here stands below, each under the
    number of its case, and the draft itself stays where it is."""
    mine = {"case_id": case.id, "subject": draft.subject, "user_id": draft.user_id}
    there = db.session.scalar(select(CaseDraft).filter_by(**mine))
    if there is None:
        return False
    values, note = _typed(there), str(draft.plain_payload.get("note") or "").strip()
    heading = _("Aus dem Fall %(number)s:", number=draft.case.number)
    if note and heading not in str(values.get("note")):
        there.plain_payload = {**values, "note": f"{values.get('note') or ''}\n\n{heading}\n{note}".strip()}
        db.session.flush()
    return True


def my_drafts(actor: Actor) -> list[CaseDraft]:
    """Everything this person began and has not stored, the newest first."""
    query = select(CaseDraft).where(CaseDraft.user_id == actor.user_id)
    loaded = query.options(joinedload(CaseDraft.case))
    return list(db.session.scalars(loaded.order_by(CaseDraft.saved_at.desc())))


def drafts_told(case: Case) -> list[ExportedRecord]:
    rows = db.session.scalars(select(CaseDraft).where(CaseDraft.case_id == case.id))
    return [{"saved_at": row.saved_at.isoformat(), "values": _typed(row)} for row in rows]


def _draft(case: Case, subject: str, actor: Actor) -> CaseDraft | None:
    mine = {"case_id": case.id, "subject": subject, "user_id": actor.user_id}
    return db.session.scalar(select(CaseDraft).filter_by(**mine))


def _typed(draft: CaseDraft) -> Values:
    return {name: value for name, value in draft.plain_payload.items() if name != _PAGE}


def _check(draft: CaseDraft | None, page: DraftPage, values: Values | None) -> None:
    if draft is None or draft.plain_payload.get(_PAGE, "") == page.number:
        return
    typed = _typed(draft)
    if typed != values and mark_of(typed) != page.drawn_from:
        raise DraftOvertaken(
            _(
                "Sie haben das auch auf einem anderen Gerät oder in einem anderen Fenster geschrieben. Vergleichen Sie "
                "beide Fassungen, und übernehmen Sie unten, was gelten soll. Ihre Eingaben sind noch alle da."
            )
        )

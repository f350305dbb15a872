"""What somebody is typing is kept on the server every few seconds, so that a time-out or a dead server costs little."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import Case, CaseDraft
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db

Values = dict[str, Any]


def save_draft(case: Case, subject: str, values: Mapping[str, Any], actor: Actor) -> CaseDraft:
    """Keep the form's values; one draft for each person, case and subject."""
    draft = _draft(case, subject, actor)
    if draft is None:
        draft = CaseDraft(id=new_id(), case=case, user_id=actor.user_id, subject=subject)
    draft.plain_payload = dict(values)
    draft.saved_at = clock.now()
    db.session.add(draft)
    db.session.flush()
    return draft


def load_draft(case: Case, subject: str, actor: Actor) -> tuple[CaseDraft, Values] | None:
    """What this person was typing, if anything."""
    draft = _draft(case, subject, actor)
    return None if draft is None else (draft, draft.plain_payload)


def discard_draft(case: Case, subject: str, actor: Actor) -> None:
    """It is stored as a record now, or nobody wants it any more."""
    mine = (CaseDraft.case_id == case.id, CaseDraft.subject == subject, CaseDraft.user_id == actor.user_id)
    db.session.execute(delete(CaseDraft).where(*mine))
    db.session.flush()


def my_drafts(actor: Actor) -> list[CaseDraft]:
    """Everything this person began and has not stored, the newest first."""
    query = select(CaseDraft).where(CaseDraft.user_id == actor.user_id)
    loaded = query.options(joinedload(CaseDraft.case))
    return list(db.session.scalars(loaded.order_by(CaseDraft.saved_at.desc())))


def _draft(case: Case, subject: str, actor: Actor) -> CaseDraft | None:
    mine = {"case_id": case.id, "subject": subject, "user_id": actor.user_id}
    return db.session.scalar(select(CaseDraft).filter_by(**mine))


def drafts_told(case: Case) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(CaseDraft).where(CaseDraft.case_id == case.id))
    return [{"saved_at": row.saved_at.isoformat(), "values": row.plain_payload} for row in rows]

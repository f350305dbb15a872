"""Forms begun but not sent: sealed, found again by their secret link, gone when they expire."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, select

from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import destroy, new_person_key
from wohnberatung.seekers.contents import DraftAnswers
from wohnberatung.seekers.models import HousingRequest, RequestDraft

KEPT = timedelta(days=30)
# A draft of the request form that changes a request; its key is that of the request's person.
REQUEST, CHANGE = "request", "change"


def save_draft(
    answers: DraftAnswers, *, step: str, token: str | None = None, form: str = "request"
) -> tuple[RequestDraft, str]:
    """Store the answers so far; `token` None begins a draft. Returns it with the secret of its link.

    Each saving prolongs it by 30 days. NotFound where the token opens nothing (any more).
    """
    if token is None:
        token = new_token()
        draft = RequestDraft(id=new_id(), form=form, token_hash=hash_token(token), person_key=new_person_key())
        db.session.add(draft)
    else:
        draft, _old_answers = load_draft(token, form)
    draft.step = step
    draft.plain_answers = answers
    draft.expires_at = clock.now() + KEPT
    db.session.flush()
    return draft, token


def store_change(request: HousingRequest, answers: DraftAnswers) -> str:
    """A draft that changes this request, begun with these answers. Returns the secret of its link."""
    token = new_token()
    draft = RequestDraft(id=new_id(), form=CHANGE, token_hash=hash_token(token), person_key=request.person_key)
    db.session.add(draft)
    draft.plain_answers = answers
    draft.expires_at = clock.now() + KEPT
    db.session.flush()
    return token


def changes_begun(request: HousingRequest) -> list[RequestDraft]:
    """Drafts that change this request, the oldest first."""
    return list(db.session.scalars(select(RequestDraft).where(_changes(request)).order_by(RequestDraft.created_at)))


def end_changes(request: HousingRequest) -> None:
    """No draft that changes this request is left, on whatever device it lies."""
    db.session.execute(delete(RequestDraft).where(_changes(request)))


def _changes(request: HousingRequest) -> ColumnElement[bool]:
    return (RequestDraft.form == CHANGE) & (RequestDraft.person_key_id == request.person_key_id)


def load_draft(token: str, form: str = "request") -> tuple[RequestDraft, DraftAnswers]:
    """The draft and its answers. NotFound for an unknown or expired token."""
    found = find_draft(token, form)
    if found is None:
        raise NotFound(_("Diesen Entwurf gibt es nicht oder nicht mehr."))
    return found


def find_draft(token: str, form: str = "request") -> tuple[RequestDraft, DraftAnswers] | None:
    """The same; None for an unknown or expired token."""
    query = select(RequestDraft).where(RequestDraft.token_hash == hash_token(token))
    draft = db.session.scalars(query).one_or_none()
    forms = (REQUEST, CHANGE) if form == REQUEST else (form,)
    if draft is None or draft.form not in forms or draft.expires_at <= clock.now():
        return None
    return draft, draft.plain_answers


def discard_draft(draft: RequestDraft) -> None:
    """Delete it and destroy its key, so that no copy of it can be read; but never the key of a request."""
    if draft.form != CHANGE:
        destroy(draft.person_key)
    db.session.delete(draft)
    db.session.flush()

"""A form sent twice is one deed: its key is stored with the answer, in the same transaction.

The first transaction to insert the key does the work. A double click, a retry after a lost answer or the
back button finds the key taken and gets the stored answer. If the work fails, key and work vanish together.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, g, request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict
from wohnberatung.core.models import IdempotencyKey
from wohnberatung.core.sealing import open_for_house, seal_for_house
from wohnberatung.extensions import db

FIELD = "idempotency_key"
HEADER = "Idempotency-Key"
KEPT = timedelta(days=7)
_NOT_CONTENT = {FIELD, "csrf_token", "form_person"}
ALREADY_SENT = (
    "Dieses Formular haben Sie schon einmal abgeschickt. Die neuen Eingaben sind noch nicht gespeichert. "
    "Öffnen Sie bitte den gespeicherten Eintrag und ändern Sie ihn dort."
)


@dataclass(frozen=True)
class Submission:
    """One sent form: ``key`` (64 hex digits, bound to page and person) and a digest of its content."""

    key: str
    fingerprint: str
    resubmittable: bool


def current_submission(resubmittable: bool) -> Submission | None:
    """The submission of this request, or None if its form carries no key."""
    raw = request.headers.get(HEADER) or request.form.get(FIELD)
    if not raw or len(raw) > 100:
        return None
    fingerprint = _digest(_content())
    person = getattr(g, "actor_id", None) or ""
    parts = [raw, request.method, request.path, person]
    return Submission(_digest(parts + [fingerprint] * resubmittable), fingerprint, resubmittable)


def begin(submission: Submission) -> Response | None:
    """Claim the key for this transaction, or give the answer of the one that had it before."""
    row = IdempotencyKey(key=submission.key, fingerprint=submission.fingerprint, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return _earlier_answer(submission)
    return None


def finish(submission: Submission, response: Response) -> None:
    """Keep the answer with the key, sealed: an address may contain a secret link.

    A view under ``@commits`` answers with a redirect or a page, never with a file or a stream.
    """
    answer = {
        "status": response.status_code,
        "location": response.headers.get("Location"),
        "type": response.content_type,
        "body": response.get_data(as_text=True),
    }
    row = db.session.get_one(IdempotencyKey, submission.key)
    row.answer = seal_for_house(answer, _context(submission.key))


def _earlier_answer(submission: Submission) -> Response:
    row = db.session.scalars(select(IdempotencyKey).where(IdempotencyKey.key == submission.key)).one()
    answer: dict[str, Any] = open_for_house(row.answer, _context(row.key)) if row.answer else {}
    if row.fingerprint != submission.fingerprint:
        raise Conflict(ALREADY_SENT, {}, {}, answer.get("location"))
    response = Response(answer["body"], answer["status"], content_type=answer["type"])
    if answer["location"]:
        response.headers["Location"] = answer["location"]
    return response


def _context(key: str) -> str:
    return f"idempotency_keys|answer|{key}"


def _content() -> list[str]:
    fields = [f"{name}={value}" for name, value in sorted(request.form.items(multi=True)) if name not in _NOT_CONTENT]
    return fields + sorted(f"{name}:{_file_digest(file)}" for name, file in request.files.items(multi=True))


def _file_digest(file: Any) -> str:
    digest = hashlib.file_digest(file.stream, "sha256").hexdigest()
    file.stream.seek(0)
    return f"{file.filename}:{digest}"


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

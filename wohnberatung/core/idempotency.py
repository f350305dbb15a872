"""A form sent twice is one deed: its key is stored with the answer, in the same transaction.

The first transaction to insert the key does the work. A double click, a retry after a lost answer or the
back button finds the key taken and gets the stored answer. If the work fails, key and work vanish together.

What is stored is where the answer leads, or a short answer to a program. It is sealed with a key that only the form
itself holds, as an address may contain a secret link: neither the database nor the house's keys open it. A page is
never stored: it may show what is shown once (recovery codes, tokens) or speak of people.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.models import IdempotencyKey
from wohnberatung.core.sealing import FORM_KEY, decrypt, encrypt, to_json
from wohnberatung.extensions import db

FIELD = "idempotency_key"
HEADER = "Idempotency-Key"
KEPT = timedelta(days=7)
_NOT_CONTENT = {FIELD, "csrf_token", "form_person"}
# Fields that nobody is shown again, and that are never written down, not even sealed.
SECRETS = frozenset({"password", "repeated", "current", "current_password", "code"})
ALREADY_SENT = _l(
    "Dieses Formular haben Sie schon einmal abgeschickt. Die neuen Eingaben sind noch nicht gespeichert. "
    "Öffnen Sie bitte den gespeicherten Eintrag und ändern Sie ihn dort."
)
SHOWN_ONCE = _l(
    "Dieses Formular haben Sie schon abgeschickt. Die Seite dazu zeigen wir nur einmal. "
    "Haben Sie die Seite nicht gesehen? Dann öffnen Sie bitte das Formular neu."
)


class AlreadyDone(DomainError):
    """The form came twice; it was done once, and what was shown then is not shown again."""

    status = 409
    heading = _l("Das ist schon erledigt")


@dataclass(frozen=True)
class Submission:
    """One sent form: ``key`` (64 hex digits, bound to page and person), a digest of its content, and 32 bytes that
    follow from what the form holds but not from `key`: they seal the answer."""

    key: str
    fingerprint: str
    resubmittable: bool
    seal: bytes


def current_submission(resubmittable: bool) -> Submission | None:
    """The submission of this request, or None if its form carries no key."""
    raw = request.headers.get(HEADER) or request.form.get(FIELD)
    if not raw or len(raw) > 100:
        return None
    fingerprint = _digest(_content())
    person = getattr(g, "actor_id", None) or ""
    parts = [raw, request.method, request.path, person]
    key = _digest(parts + [fingerprint] * resubmittable)
    return Submission(key, fingerprint, resubmittable, hashlib.sha256(f"answer\x1f{raw}".encode()).digest())


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
    """Keep the answer with the key. A page is not kept; where it belongs to a step that only shows or replaces what
    was entered, the step is taken again instead."""
    row = db.session.get_one(IdempotencyKey, submission.key)
    if not _is_page(response):
        row.answer = encrypt(submission.seal, FORM_KEY, to_json(_told(response)), _context(row.key))
    elif submission.resubmittable:
        db.session.delete(row)


def _is_page(response: Response) -> bool:
    return response.mimetype == "text/html" and "Location" not in response.headers and bool(response.get_data())


def _told(response: Response) -> dict[str, Any]:
    """The body of a redirect only says the address once more."""
    location = response.headers.get("Location")
    body = "" if 300 <= response.status_code < 400 else response.get_data(as_text=True)
    return {"status": response.status_code, "location": location, "type": response.content_type, "body": body}


def _earlier_answer(submission: Submission) -> Response:
    row = db.session.scalars(select(IdempotencyKey).where(IdempotencyKey.key == submission.key)).one()
    answer: dict[str, Any] = json.loads(decrypt(submission.seal, row.answer, _context(row.key))) if row.answer else {}
    if row.fingerprint != submission.fingerprint:
        typed = _typed()
        raise Conflict(str(ALREADY_SENT), {}, {_("Ihr Text"): typed} if typed else {}, answer.get("location"))
    if not answer:
        raise AlreadyDone(str(SHOWN_ONCE))
    response = Response(answer["body"], answer["status"], content_type=answer["type"])
    if answer["location"]:
        response.headers["Location"] = answer["location"]
    return response


def _context(key: str) -> str:
    """Where the seal of an answer belongs. No sealed column can know its key: that follows from the sent form alone and
    is stored nowhere."""
    return f"idempotency_keys|answer|{key}"


def _content() -> list[str]:
    fields = [f"{name}={value}" for name, value in sorted(request.form.items(multi=True)) if name not in _NOT_CONTENT]
    return fields + sorted(f"{name}:{_file_digest(file)}" for name, file in request.files.items(multi=True))


def _typed() -> str:
    """What somebody has written in words, so that it is shown where it was not stored."""
    texts = (value.strip() for name, value in request.form.items(multi=True) if name not in _NOT_CONTENT | SECRETS)
    return "\n\n".join(text for text in texts if any(map(str.isspace, text)))


def _file_digest(file: Any) -> str:
    digest = hashlib.file_digest(file.stream, "sha256").hexdigest()
    file.stream.seek(0)
    return f"{file.filename}:{digest}"


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

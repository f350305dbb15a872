"""A form sent after the session ended is kept and offered again once the same person has signed in.

Every form of a signed-in page names its person in a signed hidden field. When it arrives without a session, what was
typed goes, sealed, into the session of the stranger that the browser now is; it lives as long as that (four hours).
Where the person has signed in again meanwhile, in another tab, it goes into that session and is offered at once.
Nobody else can ask for it: who signs in as another person ends it, and a field signed for somebody else is ignored.
"""

from typing import Any, NamedTuple

from flask import Flask, Response, current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

from wohnberatung.core.idempotency import SECRETS
from wohnberatung.web.visitors import current_actor

FIELD = "form_person"
KEY = "kept_form"
LARGEST = 200_000
OLDEST_SECONDS = 24 * 3600
_NOT_CONTENT = frozenset({"csrf_token", FIELD})


class KeptForm(NamedTuple):
    """Where the form goes to, its fields in order, whether files got lost on the way."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def person_signature() -> str:
    """For the hidden field: who is looking at the form; empty for strangers."""
    user_id = current_actor().user_id
    return _signer().dumps(user_id) if user_id else ""


def keep() -> bool:
    """Keep what this request posted, if its form says whose it is and nobody else is signed in; whether that was
    done."""
    person = _signed_person(request.form.get(FIELD, ""))
    if current_actor().is_signed_in and current_actor().user_id != person:
        return False
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_CONTENT]
    size = sum(len(name) + len(value) for name, value in fields)
    if person is None or size > LARGEST or SECRETS & {name for name, _value in fields}:
        return False
    session[KEY] = {"person": person, "path": request.full_path.rstrip("?"), "fields": fields}
    session[KEY]["had_files"] = any(file.filename for file in request.files.values())
    g.has_just_kept = True
    return True


def kept_form() -> KeptForm | None:
    """What waits for the person who is signed in now."""
    kept = session.get(KEY)
    if kept is None or kept["person"] != current_actor().user_id:
        return None
    return KeptForm(kept["path"], [(name, value) for name, value in kept["fields"]], kept["had_files"])


def forget() -> None:
    session.pop(KEY, None)


def install(app: Flask) -> None:
    app.jinja_env.globals["form_person"] = person_signature
    app.after_request(_forget_when_done)


def _forget_when_done(response: Response) -> Response:
    """Once it was sent again and accepted, it is not needed any more."""
    kept = session.get(KEY) if request.method == "POST" and not g.get("has_just_kept") else None
    same = kept is not None and kept["path"] == request.full_path.rstrip("?")
    if same and session.get("user_id") and response.status_code < 400:
        forget()
    return response


def _signed_person(text: str) -> str | None:
    try:
        person: Any = _signer().loads(text, max_age=OLDEST_SECONDS)
    except BadData:
        return None
    return person if isinstance(person, str) else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="person of a form")

"""Server-side sessions: the cookie holds a random token, the database its hash and the sealed content.

A session ends when it is idle for too long, at its absolute end, at sign-out, and when its user is disabled.
The row is written in a transaction of its own after the view's: that way a page that only reads can be opened
without the write lock, and a failed view still keeps the person signed in.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from flask import Flask, Request, Response, current_app, request, session
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import CallbackDict

from wohnberatung.core import clock, ids
from wohnberatung.core.actors import Actor
from wohnberatung.core.models import WebSession
from wohnberatung.core.sealing import EncryptionError, open_for_house, seal_for_house
from wohnberatung.core.transactions import changed_rows, transaction
from wohnberatung.extensions import db
from wohnberatung.web import kept_forms
from wohnberatung.web.cookies import Cookie
from wohnberatung.web.visitors import forget_actor

SESSION = Cookie("session")
SEEN_EVERY = timedelta(minutes=1)
SECOND_STEP, SECOND_STEP_LASTS = "second_step", timedelta(minutes=10)
# More than one mark may occur: the first that fits counts.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"),
    ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


class Lifetime(NamedTuple):
    """How long a session lives without use, and at most."""

    idle: timedelta
    absolute: timedelta


LIFETIMES = {
    "visitor": Lifetime(timedelta(hours=4), timedelta(hours=12)),
    "provider": Lifetime(timedelta(minutes=60), timedelta(hours=20)),
    "staff": Lifetime(timedelta(minutes=30), timedelta(hours=10)),
}


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """A dict that knows its row: ``token`` is None until it is stored for the first time."""

    def __init__(self, content: dict[str, Any], token: str | None = None, seen: datetime | None = None) -> None:
        super().__init__(content, ServerSession._changed)
        self.token = token
        self.seen = seen
        self.new = token is None
        self.modified = False
        self.unavailable = False
        self.outlived: list[str] = []

    def _changed(self) -> None:
        self.modified = True

    def renew(self) -> None:
        """Take a fresh token, so that one planted before signing in is worth nothing afterwards."""
        if self.token:
            self.outlived.append(self.token)
        self.token, self.modified = None, True


class DatabaseSessions(SessionInterface):
    """Flask's session interface over the table ``web_sessions``."""

    def open_session(self, app: Flask, request: Request) -> ServerSession | None:
        if request.path.startswith(f"{app.static_url_path}/"):
            return ServerSession({})
        token = SESSION.value
        try:
            return _read(token) if len(token) == ids.ID_LENGTH else ServerSession({})
        except SQLAlchemyError:
            db.session.rollback()
            broken = ServerSession({})
            broken.unavailable = True
            return broken

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        own = cast(ServerSession, session)
        if own.unavailable or not _needs_writing(own):
            return
        try:
            with transaction(None if own.modified else 0):
                _write(own)
        except SQLAlchemyError as error:
            # When the person was last here is not worth waiting for, nor failing for.
            if own.modified and response.status_code < 500:
                _say_instead(response, error)
            return
        if own.token:
            SESSION.give(response, own.token)
        else:
            SESSION.take_back(response)


def _say_instead(response: Response, error: SQLAlchemyError) -> None:
    """What a page rests on could not be kept: the answer becomes the one to a database that fails. It is too late to
    raise, as whatever is raised after a view is answered as our own fault."""
    failed = current_app.make_response(current_app.handle_user_exception(error))
    response.set_data(failed.get_data())
    response.status_code = failed.status_code
    response.headers.pop("Location", None)
    for name in ("Content-Type", "Retry-After"):
        if name in failed.headers:
            response.headers[name] = failed.headers[name]


def begin_session(actor: Actor) -> None:
    """Sign the person in, under a fresh token and with the lifetime of their role."""
    own = _start_afresh(actor.user_id)
    own["user_id"] = actor.user_id
    own["lifetime"] = "staff" if actor.is_staff else "provider"
    own["device"] = device_name(request.user_agent.string)
    forget_actor()


def begin_second_step(actor: Actor) -> None:
    """The password was right; who it is counts only after the code, for which there are ten minutes."""
    own = _start_afresh(actor.user_id)
    own[SECOND_STEP] = {"user_id": actor.user_id, "until": (clock.now() + SECOND_STEP_LASTS).timestamp()}
    forget_actor()


def second_step_person() -> str | None:
    """Whose code is awaited in this browser."""
    begun = session.get(SECOND_STEP)
    return begun["user_id"] if begun and clock.now().timestamp() < begun["until"] else None


def _start_afresh(user_id: str | None) -> ServerSession:
    """An empty session under a fresh token; a form that waits for this very person stays."""
    own = cast(ServerSession, session)
    kept = own.get(kept_forms.KEY)
    own.clear()
    own.renew()
    if kept and kept["person"] == user_id:
        own[kept_forms.KEY] = kept
    return own


def end_session() -> None:
    """Sign out: the row goes, a message for the next page lives in a new session."""
    own = cast(ServerSession, session)
    own.clear()
    own.renew()
    forget_actor()


class OwnSession(NamedTuple):
    """One of a person's sessions, for their own list: where, since when, used when."""

    device: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def sessions_of(user_id: str) -> list[OwnSession]:
    """Everywhere the person is signed in, the latest use first."""
    now, this = clock.now(), cast(ServerSession, session).token
    query = select(WebSession).where(WebSession.user_id == user_id).order_by(WebSession.last_seen_at.desc())
    this_hash = ids.hash_token(this) if this else ""
    return [
        OwnSession(_device_of(row), row.created_at, row.last_seen_at, row.token_hash == this_hash)
        for row in db.session.scalars(query)
        if now < min(row.idle_until, row.ends_at)
    ]


def device_name(user_agent: str) -> str:
    """Browser and system in two words, as far as a person would name them."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


def _device_of(row: WebSession) -> str:
    try:
        return str(open_for_house(row.data, _place(row.token_hash)).get("device", ""))
    except EncryptionError:
        return ""


def _needs_writing(session: ServerSession) -> bool:
    if session.modified:
        return bool(session) or bool(session.token) or bool(session.outlived)
    return session.seen is not None and clock.now() - session.seen > SEEN_EVERY


def _read(token: str) -> ServerSession:
    row = db.session.get(WebSession, ids.hash_token(token))
    now = clock.now()
    if row is None or now >= min(row.idle_until, row.ends_at):
        return ServerSession({})
    try:
        content = open_for_house(row.data, _place(row.token_hash))
    except EncryptionError:
        return ServerSession({})
    return ServerSession(content, token, row.last_seen_at)


def _write(session: ServerSession) -> None:
    ended = session.outlived + ([session.token] if session.token and not session else [])
    if ended:
        hashes = [ids.hash_token(token) for token in ended]
        db.session.execute(delete(WebSession).where(WebSession.token_hash.in_(hashes)))
    session.outlived.clear()
    if not session:
        session.token = None
    elif session.token is None:
        _insert(session)
    elif not _update(session, session.token):
        # It ended while the request ran, for instance by signing out elsewhere: do not revive it.
        session.token = None


def _insert(session: ServerSession) -> None:
    session.token = ids.new_token()
    token_hash, now = ids.hash_token(session.token), clock.now()
    ends_at = now + _lifetime(session).absolute
    values = _values(session, token_hash, now)
    db.session.execute(insert(WebSession).values(token_hash=token_hash, created_at=now, ends_at=ends_at, **values))


def _update(session: ServerSession, token: str) -> bool:
    token_hash = ids.hash_token(token)
    statement = update(WebSession).where(WebSession.token_hash == token_hash)
    values = _values(session, token_hash, clock.now())
    return bool(changed_rows(statement.values(**values)))


def _values(session: ServerSession, token_hash: str, now: datetime) -> dict[str, Any]:
    return {
        "user_id": session.get("user_id"),
        "data": seal_for_house(dict(session), _place(token_hash)),
        "last_seen_at": now,
        "idle_until": now + _lifetime(session).idle,
    }


def _lifetime(session: ServerSession) -> Lifetime:
    return LIFETIMES[session.get("lifetime", "visitor")]


def _place(token_hash: str) -> str:
    """Where the seal of a session belongs, as a HouseSealed column would say. None is used here: one statement writes a
    session, so that none which ended meanwhile is revived, and there is no row whose attribute could be set."""
    return f"web_sessions|data|{token_hash}"

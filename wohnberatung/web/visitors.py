"""The person behind the current request, where they may be led next when an address comes from outside, and who read
something sensitive: that goes into the audit chain."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from flask import current_app, g, make_response, session

from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.transactions import transaction
from wohnberatung.privacy import audit

LOADER = "load_actor"
# Key of the session: the organisation the person works for.
CHOSEN = "organisation_id"


def current_actor() -> Actor:
    """Who acts in this request. Read anew each time, so that rights change and accounts end at once."""
    if "actor" not in g:
        g.actor = _load()
    return cast(Actor, g.actor)


def forget_actor() -> None:
    """After signing in or out, and before an error page that must not touch the database."""
    g.pop("actor", None)


def act_as_visitor() -> None:
    g.actor = VISITOR


def _load() -> Actor:
    user_id = session.get("user_id")
    if not user_id:
        return VISITOR
    actor: Actor | None = current_app.extensions[LOADER](user_id, session.get(CHOSEN))
    if actor is None:
        session.clear()
        return VISITOR
    return actor


def safe_path(text: str | None) -> str | None:
    """``text`` if it is a path on this very host, else None: nobody is sent elsewhere through our pages."""
    if not text or not text.startswith("/") or text.startswith("//") or "\\" in text:
        return None
    if any(ord(character) < 33 for character in text):
        return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc else text


def audited(
    action: str, table: str = "cases", key: str = "case_id"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """View decorator: a page about a record, whose id is the view's argument `key`, is handed out only once the chain
    says who got it. In a transaction of its own after the view, as pages that only read hold no write lock."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def audited_view(**values: Any) -> Any:
            response = make_response(view(**values))
            if response.status_code == 200:
                record_access(action, f"{table}|{values[key]}")
            return response

        return audited_view

    return decorate


def record_access(action: str, subject: str) -> None:
    """Into the chain, in a transaction of its own; `subject` is ``table|id``. Whatever the view has read is let go."""
    actor = current_actor()
    with transaction():
        audit.record(action, subject, actor)

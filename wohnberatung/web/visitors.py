"""The person behind the current request, and where they may be led next when an address comes from outside."""

from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g, session

from wohnberatung.core.actors import VISITOR, Actor

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

"""Roles in the words of the pages."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from wohnberatung.core.actors import LOGIN_ROLES

ROLE_WORDS = {"provider": _l("Anbieter"), "advisor": _l("Beratung"), "admin": _l("Verwaltung")}


def role_words(roles: Iterable[str]) -> list[str]:
    """In the order of LOGIN_ROLES."""
    held = frozenset(roles)
    return [str(ROLE_WORDS[role]) for role in LOGIN_ROLES if role in held]

"""What the operator has set, for services, and the addresses of our own pages for the world outside."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from wohnberatung.core.languages import GERMAN, ReadLanguage


def setting(name: str) -> Any:
    """One value of ``config.settings``; KeyError for a name that does not exist there."""
    return current_app.config[name]


# The parameter by which an address asks for a language.
LANGUAGE = "sprache"


def in_language(language: ReadLanguage) -> dict[str, str]:
    """What an address needs to open in that language on whatever device; nothing for German."""
    return {} if language is GERMAN else {LANGUAGE: language.code}


def public_link(endpoint: str, **values: object) -> str:
    """The whole address of a page under ``PUBLIC_URL``.

    Never under the host of a request, which a stranger can choose: a secret link must lead to us.
    """
    base = urlsplit(current_app.config["PUBLIC_URL"])
    routes = current_app.url_map.bind(base.netloc, base.path or "/", url_scheme=base.scheme)
    return routes.build(endpoint, values, force_external=True)

"""Requests as the application takes them: text that a person can type, sent from our own pages."""

import unicodedata
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import flask
from flask import abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

# Control characters cannot be shown in HTML, and PostgreSQL cannot store the first of them.
_UNWANTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])


def clean(text: str) -> str:
    """Without control characters, accents composed (NFC): "e" and "´" become "é", so that names are found."""
    return unicodedata.normalize("NFC", text.translate(_UNWANTED))


class WebRequest(flask.Request):
    """Flask's request with cleaned form and query."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return _cleaned(super().args)

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        super()._load_form_data()
        if not loaded:
            self.__dict__["form"] = _cleaned(self.__dict__["form"])


def _cleaned(values: Any) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict((name, clean(value)) for name, value in values.items(multi=True))


def check_path() -> None:
    """Before each request: an address with control characters leads nowhere."""
    if clean(flask.request.path) != unicodedata.normalize("NFC", flask.request.path):
        flask.abort(404)


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
NOT_FROM_HERE = "Die Anfrage kam nicht von unserer eigenen Seite und wurde deshalb nicht ausgeführt."


# Known by a token of their own instead of a cookie, so that no other site can write in somebody's name.
FOR_PROGRAMS = frozenset({"intake.receive_import"})


def check_origin() -> None:
    """400 unless a writing request comes from our own pages.

    Browsers send Origin with every POST; over https one of Origin and Referer must be there, as our own
    Referrer-Policy (same-origin) guarantees. Over plain http (the demo) a missing header is let through to
    the token check.
    """
    if request.method in SAFE_METHODS or request.endpoint in FOR_PROGRAMS:
        return
    claimed = request.headers.get("Origin") or request.headers.get("Referer")
    # Behind a proxy that speaks TLS the request itself arrives over http.
    scheme = "https" if current_app.config["HTTPS"] else request.scheme
    if claimed is None and scheme != "https":
        return
    other = urlsplit(claimed or "")
    if (other.scheme, other.netloc) != (scheme, request.host):
        abort(400, NOT_FROM_HERE)

"""Requests as the application takes them: text that a person can type, in a form, sent from our own pages."""

import unicodedata
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import flask
from flask import abort, current_app, request
from flask.globals import request_ctx
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import SecurityError

from wohnberatung.core.texts import clean

# As browsers send forms. The form library would read a body of JSON as a form too, with lists and numbers for texts.
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class WebRequest(flask.Request):
    """Flask's request with cleaned form, query and names of files."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return _cleaned(super().args)

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        super()._load_form_data()
        if not loaded:
            self.__dict__["form"] = _cleaned(self.__dict__["form"])
            for _name, file in self.__dict__["files"].items(multi=True):
                file.filename = clean(file.filename or "")


def _cleaned(values: Any) -> ImmutableMultiDict[str, str]:
    # A part of a form may come without a name; it is nobody's field.
    return ImmutableMultiDict((clean(name or ""), clean(value)) for name, value in values.items(multi=True))


def check_host() -> None:
    """Before anything else. Raises SecurityError where no host can be read that an address of ours could name."""
    if request_ctx.url_adapter is None or not request.host:
        raise SecurityError


def check_path() -> None:
    """Before each request: an address with control characters leads nowhere."""
    if clean(flask.request.path) != unicodedata.normalize("NFC", flask.request.path):
        flask.abort(404)


def check_body() -> None:
    """Before each request: 415 for a body that is no form."""
    if request.method not in SAFE_METHODS and request.mimetype and request.mimetype not in FORM_TYPES:
        abort(415)


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
NOT_FROM_HERE = "Die Anfrage kam nicht von unserer eigenen Seite und wurde deshalb nicht ausgeführt."


# Known by a token of their own instead of a cookie, so that no other site can write in somebody's name.
FOR_PROGRAMS = frozenset({"intake.receive_import", "subscriptions.leave"})


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
    try:
        other = urlsplit(claimed or "")
    except ValueError:
        abort(400, NOT_FROM_HERE)
    if (other.scheme, other.netloc) != (scheme, request.host):
        abort(400, NOT_FROM_HERE)

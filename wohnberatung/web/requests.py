"""Requests as the application sees them: text without characters that no person types."""

import unicodedata
from functools import cached_property
from typing import Any

import flask
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

# Control characters cannot be shown in HTML, and PostgreSQL cannot store the first of them.
_UNWANTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])


def clean(text: str) -> str:
    """Without control characters, accents composed (NFC): "e" and "´" become "é", so that names are found."""
    return unicodedata.normalize("NFC", text.translate(_UNWANTED))


class Request(flask.Request):
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

"""The base of all steps: a form that can be put away as it was typed, and taken up again."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from wohnberatung.bridge.summary import Line
from wohnberatung.web.forms import PatientForm

Entries = Mapping[str, list[str]]
LONGEST_ENTRY = 5000
_NOT_TEXT = {"Cc", "Cs", "Cn", "Co"}
_LINE_ENDS = "\n\r\t"


class StepForm(PatientForm):
    """One step of the request form. Its entries are kept as they were typed, also those that are not valid yet."""

    def entries(self, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """What was entered, by field; a box that was left empty is an empty list."""
        return {name: sent.getlist(name) for name in self._fields if name not in self._own_fields}

    def own_fields(self) -> list[tuple[str, Any]]:
        """Names and fields of what is asked."""
        return [(name, field) for name, field in self._fields.items() if name not in self._own_fields]

    def take_up(self, entries: Entries) -> None:
        """Fill the form in with kept entries; fields that were never shown keep their defaults."""
        for name, field in self._fields.items():
            if name in entries and name not in self._own_fields:
                field.process(MultiDict([(name, value) for value in entries[name]]))

    def summary(self) -> list[Line]:
        """(label, words) of the answers, for the person to check."""
        return []

    @property
    def _own_fields(self) -> tuple[str, ...]:
        return ("csrf_token", "idempotency_key")


def cleaned(sent: Mapping[str, Any] | MultiDict[str, str]) -> MultiDict[str, str]:
    """What a browser sent, without characters that no keyboard types and no page may show, each entry cut off
    where no answer is that long."""
    pairs = sent.items(multi=True) if isinstance(sent, MultiDict) else sent.items()
    return MultiDict([(name, clean_text(value)) for name, value in pairs])


def clean_text(text: str) -> str:
    kept = (letter for letter in text if letter in _LINE_ENDS or unicodedata.category(letter) not in _NOT_TEXT)
    return "".join(kept)[: LONGEST_ENTRY + 1]

"""Two people, or two tabs, over one record: what a form holds in words, beside what is stored, and whether what is
stored is still what the form was drawn from."""

import zlib
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, Field, FieldList, FileField, FormField, MultipleFileField
from wtforms.form import BaseForm

from wohnberatung.core.errors import Conflict
from wohnberatung.core.languages import current_language
from wohnberatung.web.fields import kind_of

# As many digits as `whole_number` reads.
LARGEST = 10**9


def tell_both(conflict: Conflict, sent: BaseForm, stored: BaseForm | None) -> None:
    """Add to the conflict, where the service has not, what was sent and what is stored, of the fields that differ; all
    that was sent where nobody says what is stored."""
    if conflict.current or conflict.submitted:
        return
    mine, theirs = _told(sent), _told(stored) if stored is not None else {}
    conflict.submitted = {label: words for label, words in mine.items() if theirs.get(label) != words}
    conflict.current = {label: theirs[label] for label in conflict.submitted if label in theirs}


def fingerprint(form: BaseForm) -> int:
    """A number made of what the fields hold, the same for the same content and in every language."""
    held = sorted((field.name, _plain(field.data)) for field in _fields(form))
    return zlib.crc32(repr(held).encode()) % LARGEST


def _plain(data: Any) -> Any:
    return sorted(map(str, data)) if isinstance(data, list | tuple | set) else str(data if data is not None else "")


def _fields(form: BaseForm) -> Iterator[Field]:
    """The fields that a person sees, those of groups one by one."""
    for field in form:
        if isinstance(field, FormField):
            yield from _fields(field.form)
        elif isinstance(field, FieldList):
            yield from (each for each in field if not isinstance(each, FormField))
        elif kind_of(field) != "hidden" and not isinstance(field, FileField | MultipleFileField):
            yield field


def _told(form: BaseForm) -> dict[str, str]:
    return {str(field.label.text): _words(field) for field in _fields(form)}


def _words(field: Field) -> str:
    """As a person reads it: the choice by its name, a day as it is written."""
    data = field.data
    if isinstance(field, BooleanField):
        return _("ja") if data else _("nein")
    if hasattr(field, "iter_choices"):
        named = {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}
        return ", ".join(
            named.get(str(each), str(each)) for each in (data if isinstance(data, list) else [data]) if each
        )
    if isinstance(data, date):
        return f"{data:{current_language().day_format}}"
    if isinstance(data, time):
        return f"{data:%H:%M}"
    # As it is drawn of what it holds, not as it was typed: "90" and "90,0" are one.
    typed, field.raw_data = field.raw_data, None
    drawn = field._value() if hasattr(field, "_value") else str(data or "")
    field.raw_data = typed
    return str(drawn)

"""Days as they are written: 01.08.2026, 1.8.26, 2026-08-01T00:00:00, "ab August 2026", "sofort"."""

import re
from collections.abc import Mapping
from datetime import date

from wohnberatung.intake.records import Raw

_MONTHS = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober")
_MONTHS += ("november", "dezember")
_GERMAN = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NAMED = re.compile(rf"(?:(\d{{1,2}})\.\s*)?({'|'.join(_MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\s?[/.]\s?(\d{4})(?!\d)")

_AT_ONCE = re.compile(r"\b(?:sofort|umgehend|ab jetzt|bezugsfrei|immediately)\b", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:vereinbarung|absprache|anfrage|agreement)\b|\bn\.?\s?v\.?(?:\s|$)", re.IGNORECASE)
_LAST_CHANGES = ("verwaltung_techn/stand_vom", "verwaltung_techn/aktiv_von")


def day_of(text: str) -> date | None:
    """The first day named in the text; of a month alone its first. None where there is none."""
    if found := _ISO.search(text):
        return _date(found[1], found[2], found[3])
    if found := _GERMAN.search(text):
        return _date(found[3], found[2], found[1])
    if found := _NAMED.search(text):
        return _date(found[3], str(_MONTHS.index(found[2].lower()) + 1), found[1] or "1")
    if found := _MONTH.search(text):
        return _date(found[2], found[1], "1")
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def available_from(values: Mapping[str, Raw], sent: date) -> str | None:
    """From when the home is free, as ISO text; what nobody can read is handed on as it stands.

    "sofort" means since the object was last changed, else since `sent`: a day that stays the same when the
    same object is sent again. "Nach Vereinbarung" says nothing.
    """
    for path in ("verwaltung_objekt/abdatum", "verwaltung_objekt/verfuegbar_ab"):
        text = str(values.get(path, ""))
        if day := day_of(text):
            return day.isoformat()
        if _AT_ONCE.search(text):
            changes = (day_of(str(values.get(change, ""))) for change in _LAST_CHANGES)
            return next((change for change in changes if change), sent).isoformat()
        if text and not _OPEN.search(text):
            return text
    return None

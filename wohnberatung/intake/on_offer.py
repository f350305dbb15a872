"""The words by which senders say that a home can be had, is reserved or let, or is to be forgotten."""

import re
from typing import NamedTuple

from flask_babel import gettext as _

# A reference shows what a broker let in the past: it is not on offer.
NOT_ON_OFFER = frozenset(
    {"delete", "deleted", "del", "remove", "löschen", "loeschen", "gelöscht", "geloescht", "referenz", "reference"}
)
LET = frozenset({"verkauft", "vermietet", "sold"})
RESERVED = frozenset({"reserviert", "reserved"})
# What clerks write into a column of a table besides.
_LET_TOO = frozenset({"vergeben", "vermittelt", "belegt", "bewohnt", "let"})
_RESERVED_TOO = frozenset({"res", "reservierung", "vorgemerkt"})
_FREE = frozenset({"frei", "verfügbar", "leer", "leerstand", "leerstehend", "zu", "offen", "aktiv", "neu"})
_CHANGE = frozenset({"unvermietet", "change", "add", "update", "free", "available"})
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# Somebody lives there, but not for ever: "vermietet bis 31.01.2027".
_FOR_A_TIME = re.compile(r"\b(?:bis|zum)\b|gekündigt", re.IGNORECASE)


class SaidState(NamedTuple):
    """`ends`: it is not on offer any more; `reserved`: in words why nobody can have it; `note`: what is to be asked."""

    ends: bool = False
    reserved: str = ""
    note: str = ""


def reserved() -> str:
    return _("nicht zu haben (reserviert)")


def let() -> str:
    return _("nicht zu haben (vermietet)")


def said_state(text: str) -> SaidState:
    """What a cell says of whether the home can be had: "frei", "Reserviert (Fam. B.)", "vermietet"; empty is free."""
    found = _FIRST_WORD.search(text.lower())
    word = found[0] if found else ""
    if word in NOT_ON_OFFER:
        return SaidState(ends=True)
    if word in LET | _LET_TOO and not _FOR_A_TIME.search(text):
        return SaidState(ends=True, note=let())
    if word in RESERVED | _RESERVED_TOO:
        return SaidState(reserved=reserved())
    return SaidState() if not word or word in _FREE | _CHANGE else SaidState(note=_not_understood(text))


def _not_understood(text: str) -> str:
    return _("Als Stand verstehen wir „%(word)s“ nicht; die Wohnung gilt als frei. Bitte prüfen.", word=text[:40])

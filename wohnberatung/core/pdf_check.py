"""Runs confined (`core.confined`): what a PDF holds that a text to be read needs none of.

Every object of the file is looked at as a reader would have it: names in whatever spelling (`/J#61vaScript`), objects
packed into streams or encrypted without a password (ISO 32000-2, 7.3.5, 7.5.7, 7.6).
"""

import io
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

PROGRAMS, HIDDEN, FORM, LOCKED = 3, 4, 5, 6
_PROGRAMS = {"/JavaScript", "/JS", "/Launch", "/RichMedia", "/SubmitForm", "/ImportData"}
# Office programs put the document that a PDF was made of beside it ("hybrid").
_HIDDEN = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AdditionalStreams"}
_SIGNATURE = "/Sig"
_DEEPEST = 200


def findings(file: pikepdf.Pdf) -> set[int]:
    """All that there is to object to."""
    names = {name for each in (file.trailer, *file.objects) for name in _names(each)}
    found = {PROGRAMS} if names & _PROGRAMS else set()
    found |= {HIDDEN} if names & _HIDDEN else set()
    return found | ({FORM} if "/XFA" in names or _asks_for_values(file) else set())


def _names(value: Any, depth: int = 0) -> Iterator[str]:
    """Every name in an object, as key or value; what it refers to is looked at as an object of its own."""
    if depth > _DEEPEST:
        raise ValueError("an object is nested too deeply")
    if isinstance(value, pikepdf.Name):
        yield str(value)
    if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        for key, inner in value.items():
            yield str(key)
            yield from () if _is_elsewhere(inner) else _names(inner, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            yield from () if _is_elsewhere(inner) else _names(inner, depth + 1)


def _is_elsewhere(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _asks_for_values(file: pikepdf.Pdf) -> bool:
    """Whether somebody may fill something in; places for signatures alone are none."""
    form = file.Root.get("/AcroForm")
    fields = form.get("/Fields", ()) if isinstance(form, pikepdf.Dictionary) else ()
    return any(str(field.get("/FT", "")) != _SIGNATURE for field in fields)


if __name__ == "__main__":
    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read())) as read:
            found = findings(read)
    except pikepdf.PasswordError:
        sys.exit(LOCKED)
    sys.exit(min(found, default=0))

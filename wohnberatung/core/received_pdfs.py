"""PDF files that come in: looked through before anybody keeps them."""

from flask_babel import gettext as _

from wohnberatung.core import confined, pdf_check
from wohnberatung.core.errors import DomainError

LARGEST = 5 * 1024 * 1024
# How far from the beginning the head may stand, and from the end the last mark: readers look no further.
_EDGE = 1024


def check_pdf(content: bytes) -> None:
    """DomainError at `file` for what is no PDF, is too large, or holds what a text to be read needs none of. Takes a
    moment, so no transaction should be open."""
    if len(content) > LARGEST:
        raise DomainError(_("Die Datei ist zu groß. Erlaubt sind höchstens 5 MB."), "file")
    # Some programs write a mark or an empty line before the head, some servers fill up the end.
    trimmed = content[max(0, content.find(b"%PDF-", 0, _EDGE)) :].rstrip(b"\0 \t\r\n")
    if not trimmed.startswith(b"%PDF-") or b"%%EOF" not in trimmed[-_EDGE:]:
        raise DomainError(_no_pdf(), "file")
    code, _output = confined.run(pdf_check, content=trimmed)
    if code:
        raise DomainError(_why_not(code), "file")


def _no_pdf() -> str:
    return _("Das ist keine vollständige PDF-Datei. Bitte speichern Sie den Text als PDF.")


def _why_not(code: int) -> str:
    return {
        pdf_check.PROGRAMS: _("Diese PDF-Datei enthält Programme. Bitte speichern Sie sie ohne."),
        pdf_check.HIDDEN: _(
            "In dieser PDF-Datei steckt noch ein anderes Dokument, zum Beispiel das, aus dem sie gemacht ist. Bitte"
            " speichern Sie sie ohne (in LibreOffice: ohne „Hybrid-PDF“)."
        ),
        pdf_check.FORM: _(
            "Diese PDF-Datei ist ein Formular zum Ausfüllen. Bitte speichern Sie sie ohne Formularfelder, zum Beispiel"
            " mit „Als PDF drucken“."
        ),
        pdf_check.LOCKED: _("Diese PDF-Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne."),
        confined.TOO_SLOW: _("Diese PDF-Datei zu prüfen, dauert zu lange. Bitte speichern Sie sie einfacher."),
    }.get(code) or _no_pdf()

"""A file that somebody sends along, looked at before anybody keeps it: a PDF without programs, or a picture that became
one of our own, upright and without a word about where it was taken."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from wohnberatung.core.errors import DomainError
from wohnberatung.core.received_pdfs import check_pdf
from wohnberatung.pictures.drawing import draw
from wohnberatung.pictures.models import Use

LONGEST_NAME = 120
_HEAD = 1024


class ReceivedType(StrEnum):
    """What such a file is by then."""

    PDF = "application/pdf"
    PICTURE = "image/jpeg"

    @property
    def ending(self) -> str:
        return "pdf" if self is ReceivedType.PDF else "jpg"


@dataclass(frozen=True)
class ReceivedFile:
    """Ready to be kept; `name` is what the sender calls it."""

    media_type: ReceivedType
    content: bytes
    name: str


def receive(content: bytes, name: str, field: str) -> ReceivedFile:
    """What it is, is told by its content. DomainError at `field` for what is neither, is too large, or holds what
    nobody needs. Takes a moment, so no transaction should be open."""
    called = name.replace("\\", "/").rpartition("/")[2].strip()[:LONGEST_NAME] or _("Datei")
    try:
        if b"%PDF-" in content[:_HEAD]:
            check_pdf(content)
            return ReceivedFile(ReceivedType.PDF, content, called)
        return ReceivedFile(ReceivedType.PICTURE, draw(content, Use.PHOTO).large, called)
    except DomainError as error:
        raise DomainError(error.message, field) from error

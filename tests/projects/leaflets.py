"""PDF files as programs save them, harmless all of them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf


def written(change: Callable[[pikepdf.Pdf], Any] = lambda _file: None, **options: Any) -> bytes:
    """A page, changed, as a program saves it."""
    file, content = pikepdf.new(), BytesIO()
    file.add_blank_page()
    change(file)
    file.save(content, **options)
    return content.getvalue()


def with_program(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1 + 1")


def with_field(file: pikepdf.Pdf, kind: str = "/Tx") -> None:
    field = file.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name(kind), T="Name"))
    file.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


def with_source(file: pikepdf.Pdf) -> None:
    """As LibreOffice writes a hybrid PDF."""
    document = file.make_stream(b"PK")
    file.trailer["/AdditionalStreams"] = pikepdf.Array([pikepdf.Name("/application#2Fvnd.oasis"), document])


def with_attachment(file: pikepdf.Pdf) -> None:
    file.attachments["notiz.txt"] = b"Nur ein Wort"


PDF = written()

"""What a reader finds in a PDF: its words as a screen reader or a search gets them, and its structure."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf


def opened(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paper))


def words_of(paper: bytes) -> str:
    """The text of all pages with single spaces; ligatures come apart as their font tells."""
    return " ".join(pages_of(paper))


def pages_of(paper: bytes) -> list[str]:
    """The same, page by page."""
    with opened(paper) as pdf:
        return [" ".join(" ".join(_lines(page)).split()) for page in pdf.pages]


def roles_of(paper: bytes) -> list[str]:
    """The tags of the structure tree in reading order."""
    with opened(paper) as pdf:
        return list(_roles(pdf.Root.StructTreeRoot))


def fonts_of(paper: bytes) -> set[str]:
    """The names of the fonts that some of its words are set in, without the mark of a subset."""
    with opened(paper) as pdf:
        return {
            str(font.BaseFont).rpartition("+")[2].lstrip("/")
            for page in pdf.pages
            for font in page.resources.Font.values()
        }


def sizes_of(paper: bytes) -> set[float]:
    """The sizes of its letters in points."""
    with opened(paper) as pdf:
        found = (
            float(operands[1])
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "Tf"
        )
        return {round(size, 2) for size in found}


def _roles(element: Any) -> Iterator[str]:
    if not isinstance(element, pikepdf.Dictionary) or "/MCID" in element:
        return
    if "/S" in element:
        yield str(element.S).lstrip("/")
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from _roles(child)


def _lines(page: pikepdf.Page) -> Iterator[str]:
    tables = {name: _characters(font) for name, font in page.resources.Font.items()}
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = str(operands[0])
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else operands
            codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
            yield "".join(tables[font].get(code, "") for code in _two_by_two(codes))


def _two_by_two(codes: bytes) -> Iterator[int]:
    return (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))


def _characters(font: Any) -> dict[int, str]:
    """The font's own table from glyphs to characters."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}

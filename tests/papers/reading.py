"""What a reader finds in a PDF: its words as a screen reader or a search gets them, and its structure."""

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

MM = 25.4 / 72


def opened(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paper))


def words_of(paper: bytes) -> str:
    """The text of all pages with single spaces; ligatures come apart as their font tells."""
    return " ".join(pages_of(paper))


def pages_of(paper: bytes) -> list[str]:
    """The same, page by page."""
    with opened(paper) as pdf:
        return [" ".join(" ".join(line.text for line in _lines(page)).split()) for page in pdf.pages]


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


class Line(NamedTuple):
    """A piece of a line: its words, its height on the page, where it begins and ends; in millimetres."""

    text: str
    at: float
    left: float
    right: float


def lines_of(paper: bytes) -> list[Line]:
    """All that is written, piece by piece in reading order."""
    with opened(paper) as pdf:
        return [line for page in pdf.pages for line in _lines(page)]


def heights_of(paper: bytes) -> list[str]:
    """What stands at one height of one page, with single spaces: the lines as eyes see them."""
    with opened(paper) as pdf:
        found: dict[tuple[int, float], str] = {}
        for number, page in enumerate(pdf.pages):
            for line in _lines(page):
                key = (number, round(line.at, 1))
                found[key] = found.get(key, "") + line.text
    return [" ".join(text.split()) for text in found.values()]


def _lines(page: pikepdf.Page) -> Iterator[Line]:
    fonts = {name: (_characters(font), _widths(font.DescendantFonts[0])) for name, font in page.resources.Font.items()}
    around, outer, font, size, place = pikepdf.Matrix(), [], "", 0.0, pikepdf.Matrix()
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                outer.append(around)
            case "Q":
                around = outer.pop()
            case "cm":
                around = pikepdf.Matrix(*map(float, operands)) @ around
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
            case "Tm":
                place = pikepdf.Matrix(*map(float, operands))
            case "Tj" | "TJ":
                pieces = operands[0] if str(operator) == "TJ" else operands
                codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
                letters, widths = fonts[font]
                kerned = sum(float(piece) for piece in pieces if not isinstance(piece, pikepdf.String))
                width = (sum(widths.get(code, 0.0) for code in _two_by_two(codes)) - kerned) / 1000 * size
                (left, at), (right, _) = ((place @ around).transform((x, 0)) for x in (0, width))
                text = "".join(letters.get(code, "") for code in _two_by_two(codes))
                yield Line(text, at * MM, left * MM, right * MM)


def _widths(font: Any) -> dict[int, float]:
    """Of each glyph, in thousandths of the size. The table has a first glyph with the widths from there on, or a first
    and a last glyph with the width of all between."""
    widths: dict[int, float] = {}
    table = iter(font.W)
    for first in table:
        following = next(table)
        if isinstance(following, pikepdf.Array):
            widths |= {int(first) + after: float(width) for after, width in enumerate(following)}
        else:
            widths |= dict.fromkeys(range(int(first), int(following) + 1), float(next(table)))
    return widths


def _two_by_two(codes: bytes) -> Iterator[int]:
    return (int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))


def _characters(font: Any) -> dict[int, str]:
    """The font's own table from glyphs to characters."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}

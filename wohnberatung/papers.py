"""Papers for people to keep: tagged PDF (PDF/UA-1), set with Typst from ``templates/papers``: a title and parts."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, Required, TypedDict

from flask_babel import force_locale
from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.languages import EASY, Words, current_language, language_of
from wohnberatung.core.settings import setting
from wohnberatung.core.texts import as_spoken
from wohnberatung.core.unbroken import UNBROKEN, without_breaks
from wohnberatung.translations import line_by_line


class Part(TypedDict, total=False):
    """A piece of a paper; `kind` tells which of the others it has. Made by the functions below."""

    kind: Required[str]
    level: int
    text: str
    items: list[str]
    rows: list[list[str]]
    caption: str
    head: list[str]
    label: str
    target: str
    shares: list[float]
    svg: str


class LetterPaper(TypedDict):
    """What the paper of a letter shows, as `render` takes it. `language` is the code of the one it is written in;
    letters from before there were others have none."""

    title: str
    recipient: str
    reference: str
    salutation: str
    parts: list[Part]
    closing: str
    signature: str
    language: NotRequired[str]


HIGHEST, DEEPEST = 1, 2


def greeting(name: str) -> str:
    """How a letter begins, in the language it is written in: to whom, where somebody has said a name."""
    return _("Guten Tag, %(name)s,", name=as_spoken(name)) if name else _("Guten Tag,")


def heading(text: Any, level: int = HIGHEST) -> Part:
    """Level 1 stands below the title, 2 below 1; a level must not be left out on the way down."""
    if not HIGHEST <= level <= DEEPEST:
        raise ValueError(f"papers have headings of level {HIGHEST} to {DEEPEST}, not {level}")
    return {"kind": "heading", "level": level, "text": str(text)}


def paragraph(text: Any) -> Part:
    return {"kind": "paragraph", "text": str(text)}


def points(items: Iterable[Any]) -> Part:
    """A list in no order."""
    return {"kind": "points", "items": [str(item) for item in items]}


def boxes(items: Iterable[Any]) -> Part:
    """A list of which something is to be ticked."""
    return {"kind": "boxes", "items": [str(item) for item in items]}


def steps(items: Iterable[Any]) -> Part:
    """A numbered list."""
    return {"kind": "steps", "items": [str(item) for item in items]}


def pairs(rows: Iterable[tuple[Any, Any]]) -> Part:
    """(label, words) below each other, as a description list."""
    return {"kind": "pairs", "rows": [[str(label), str(words)] for label, words in rows]}


def table(caption: Any, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Part:
    """Columns with names; ValueError where a row has not as many cells as the head."""
    cells = [[str(cell) for cell in row] for row in rows]
    if any(len(row) != len(head) for row in cells):
        raise ValueError(f"every row needs {len(head)} cells")
    return {"kind": "table", "caption": str(caption), "head": [str(cell) for cell in head], "rows": cells}


def bars(caption: Any, head: Any, counted: Any, rows: Sequence[tuple[Any, int, str]]) -> Part:
    """A chart that is a table: (label, number, number in words), with a bar beside each number that says nothing the
    number does not. `head` names the labels, `counted` the numbers."""
    most = max((number for _label, number, _words in rows), default=0) or 1
    part = table(caption, (head, counted), [(label, words) for label, _number, words in rows])
    return {**part, "kind": "bars", "shares": [number / most for _label, number, _words in rows]}


def picture(svg: str, text: Any) -> Part:
    """A drawing of the house as SVG, and in words what it shows."""
    return {"kind": "picture", "svg": svg, "text": str(text)}


def callout(label: Words, text: Any) -> Part:
    """What must be found at a glance, in a frame: a number, a date."""
    return {"kind": "callout", "label": str(label), "text": str(text)}


def address(target: str) -> Part:
    """The address of a page, written out and to be clicked. ValueError for anything but http and https."""
    if not target.startswith(("https://", "http://")):
        raise ValueError("a paper links to pages only")
    return {"kind": "address", "target": target}


def in_one_line(words: str) -> str:
    """An address that was entered in lines, with commas between them."""
    return ", ".join(line.strip() for line in words.splitlines() if line.strip())


def moment(value: datetime) -> str:
    """``22.11.2026, 14:05 Uhr``, in Berlin."""
    local = clock.to_berlin(value)
    return _("%(day)s, %(time)s Uhr", day=f"{local:{current_language().day_format}}", time=f"{local:%H:%M}")


PACKAGE = Path(__file__).resolve().parent
TEMPLATES = PACKAGE.parent / "templates" / "papers"
FONTS = PACKAGE / "static" / "vendor" / "fira-sans" / "print"
LETTER = {"recipient": "", "reference": "", "salutation": "", "closing": "", "signature": ""}
# Letters of 11 points become 14, which the rules of easy language ask for.
EASY_PRINT = 14 / 11
_UNSHOWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_NOT_TEXT = {"Cc", "Cf", "Cs", "Co", "Cn"}


class PaperError(Exception):
    """A paper cannot be made; the message tells the template and what is wrong, never what it was to say."""


def render(name: str, data: Mapping[str, object], language: str = "de", *, on: date | None = None) -> bytes:
    """The PDF of the template ``templates/papers/<name>.typ``: the same bytes for the same data and day.

    `data` has a `title`, `parts` (made by the functions above) and whatever else the template shows: a letter its
    `recipient`, `reference`, `salutation`, `closing`, `signature`. `language` is the code of one of ours, `on` the day
    it bears (today). PaperError for a template that does not exist, missing data, or parts that do not fit together.
    """
    if not name.isidentifier() or not (TEMPLATES / f"{name}.typ").is_file():
        raise PaperError(f"there is no template for papers named {name!r}")
    if not str(data.get("title", "")).strip():
        raise PaperError(f"a paper of {name!r} needs a title")
    day = on or clock.today()
    parts: Any = data.get("parts", [])
    told = {"parts": in_easy_lines(parts) if language_of(language) is EASY else parts}
    given = _clean(LETTER | dict(data) | told | {"title": str(data["title"])})
    return _compile(name, given, _house(language, day), day)


def in_easy_lines(parts: Iterable[Part]) -> list[Part]:
    """As easy language is printed: every sentence in a line of its own. What was put together of several messages, or
    typed by somebody, has not gone through the catalogue that sees to it."""
    return [
        {**part, "text": line_by_line(part["text"])}
        if part["kind"] == "paragraph"
        else {**part, "items": [line_by_line(item) for item in part["items"]]}
        if "items" in part
        else part
        for part in parts
    ]


def _house(language: str, day: date) -> dict[str, Any]:
    """The letterhead and the words that every paper has, in its language."""
    spoken = language_of(language)
    with force_locale(spoken.locale):
        contact = [setting("OFFICE_ADDRESS"), setting("OFFICE_PHONE"), setting("OFFICE_EMAIL")]
        phone, mail = setting("OFFICE_PHONE"), setting("OFFICE_EMAIL")
        sender = (setting("OFFICE_NAME"), *setting("OFFICE_ADDRESS").split("\n"))
        return {
            "office": setting("OFFICE_NAME"),
            "contact": [in_one_line(words) for words in contact if words],
            "sender": ", ".join(line.strip() for line in sender if line.strip()),
            "reached": [[label, words] for label, words in ((_("Telefon"), phone), (_("E-Mail"), mail)) if words],
            "words": {"reference": _("Unser Zeichen"), "day": _("Datum")},
            "scale": EASY_PRINT if spoken is EASY else 1,
            "lang": spoken.tag.split("-")[0],
            "day": f"{day:{spoken.day_format}}",
            "foot": setting("OFFICE_NAME"),
            "page": _("Seite {page} von {pages}"),
            "unshown": _("[nicht druckbar]"),
            "unbroken": UNBROKEN,
        }


def _compile(name: str, data: dict[str, Any], house: dict[str, Any], day: date) -> bytes:
    import typst

    made_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    unshown: set[str] = set()
    inputs = {"data": data, "house": house}
    while True:
        try:
            pdf = typst.compile(
                TEMPLATES / f"{name}.typ",
                root=TEMPLATES,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={key: _json(told, unshown, house["unshown"]) for key, told in inputs.items()},
                pdf_standards=["ua-1"],
                timestamp=made_at,
            )
        except typst.TypstError as error:
            found = {letter for text in _UNSHOWN.findall(error.diagnostic) for letter in text} - unshown
            if not found:
                raise PaperError(f"{name}: {error.message}") from None
            unshown |= found
            continue
        assert isinstance(pdf, bytes)
        return pdf


@cache
def _fonts() -> Any:
    """The house's type face where the build brought it, and those that come with Typst; never the machine's own,
    so that a paper looks the same everywhere."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS] if FONTS.is_dir() else [])


def _json(value: Any, unshown: set[str], instead: str) -> str:
    """Where no font has the script, the paper says so once for each word or more: PDF/UA allows no glyph that is none,
    and a row of question marks looks as if we did not know."""
    text = json.dumps(value, ensure_ascii=False)
    if not unshown:
        return text
    letters = f"[{re.escape(''.join(sorted(unshown)))}]"
    return re.sub(f"{letters}(?:[ ]?{letters})*", lambda _found: instead, text)


def _clean(value: Any) -> Any:
    """Without characters that cannot be printed, in composed form; lazy words become words, numbers stay whole."""
    if isinstance(value, Mapping):
        # What is drawn is markup of ours: a blank of another kind in it would be a fault.
        return {str(key): item if key == "svg" else _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    composed = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n")
    return without_breaks(
        "".join(letter for letter in composed if letter == "\n" or unicodedata.category(letter) not in _NOT_TEXT)
    )

"""What a paper is made of. All words are plain text (lazy ones too); a line break in them is one on the paper."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.languages import current_language

Part = dict[str, Any]
HIGHEST, DEEPEST = 1, 2


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


def callout(label: Any, text: Any) -> Part:
    """What must be found at a glance, in a frame: a number, a date."""
    return {"kind": "callout", "label": str(label), "text": str(text)}


def address(target: str) -> Part:
    """The address of a page, written out and to be clicked. ValueError for anything but http and https."""
    if not target.startswith(("https://", "http://")):
        raise ValueError("a paper links to pages only")
    return {"kind": "address", "target": target}


def moment(value: datetime) -> str:
    """``22.11.2026, 14:05 Uhr``, in Berlin."""
    local = clock.to_berlin(value)
    return _("%(day)s, %(time)s Uhr", day=f"{local:{current_language().day_format}}", time=f"{local:%H:%M}")

"""What stands in a report of a year: its sections, each with the line of figures that it shows and what they say.

A section shows one column of one cube, the greatest first, as far as it is told: no figure of a report stands anywhere
but in the published tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.core.languages import Words
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import ALL, BY_KEY, Cube
from wohnberatung.planning.models import PlanningCube, PlanningSnapshot
from wohnberatung.planning.protection import FEWEST_TOLD
from wohnberatung.planning.services.categories import UNKNOWN, categories_of
from wohnberatung.planning.services.counting import Figures
from wohnberatung.planning.services.tables import EVERY, LACKING, number_in

MOST_ROWS = 10
HOUSEHOLDS = _l("Haushalte")


@dataclass(frozen=True)
class Outline:
    """A section: `cube` with the dimension that is told, the others being `other`; `lead` announces its largest
    figures. Without a cube it has words only."""

    key: str
    title: Words
    cube: str = ""
    lead: Words = ""
    measure: str = EVERY
    dimension: int = 0
    other: str = ALL
    counted: Words = HOUSEHOLDS


@dataclass(frozen=True)
class OutlineRow:
    """One figure of a section, not below ten."""

    label: str
    number: int


OUTLINES = (
    Outline("ueberblick", _l("Überblick")),
    Outline("wo", _l("Wo gesucht wird"), "stadtteile", _l("In diesen Stadtteilen suchen die meisten:")),
    Outline(
        "stadtbezirke",
        _l("Wo Wohnungen fehlen"),
        "bedarf",
        _l("Wer in diesen Stadtbezirken sucht, findet am häufigsten nichts:"),
        LACKING,
        dimension=1,
    ),
    Outline(
        "bedarf",
        _l("Wem Wohnungen fehlen"),
        "bedarf",
        _l("Menschen mit diesem Bedarf finden am häufigsten nichts:"),
        LACKING,
    ),
    Outline(
        "merkmale",
        _l("Was den Wohnungen fehlt"),
        "merkmale",
        _l("Wer eine Wohnung mit diesen Eigenschaften braucht, findet am häufigsten nichts:"),
        LACKING,
    ),
    Outline(
        "vergeblich",
        _l("Woran es allein liegt"),
        "vergeblich",
        _l("Nur eine einzige Anforderung steht im Weg. Am häufigsten ist es diese:"),
    ),
    Outline("wohnformen", _l("Wie Menschen wohnen möchten"), "wohnformen", _l("So möchten die meisten wohnen:")),
    Outline("ergebnisse", _l("Was aus Vorschlägen wurde"), "ergebnisse", _l("So weit sind Haushalte gekommen:")),
    Outline("absagen", _l("Warum abgesagt wurde"), "absagen", _l("Diese Gründe wurden am häufigsten genannt:")),
    Outline(
        "dauer",
        _l("Wie lange es dauerte"),
        "dauer",
        _l("Vom Vorschlag bis zum Einzug dauerte es:"),
        dimension=1,
        other="whole",
    ),
    Outline(
        "anlaesse",
        _l("Warum Menschen kamen"),
        "anlaesse",
        _l("Diese Anlässe gab es am häufigsten:"),
        counted=_l("Beratene"),
    ),
    Outline(
        "themen",
        _l("Worüber gesprochen wurde"),
        "themen",
        _l("Über diese Themen wurde am häufigsten gesprochen:"),
        counted=_l("Beratene"),
    ),
    Outline(
        "bestand",
        _l("Was man über die Angebote nicht weiß"),
        "bestand",
        _l("Bei diesen Angaben fehlt am häufigsten eine Antwort:"),
        other=UNKNOWN,
        counted=_l("Angebote"),
    ),
    Outline("zahlen", _l("Wie die Zahlen entstehen")),
)
BY_OUTLINE = {outline.key: outline for outline in OUTLINES}


def figures_in(month: date) -> dict[str, Figures]:
    """All published cubes of that month by key."""
    query = select(PlanningCube.key, PlanningCube.figures).join(PlanningSnapshot)
    return {row.key: row.figures for row in db.session.execute(query.where(PlanningSnapshot.month == month))}


def rows_of(outline: Outline, figures: Mapping[str, Figures]) -> list[OutlineRow]:
    """Its figures in the language that is spoken, the greatest first; none below ten."""
    if not outline.cube:
        return []
    cube = BY_KEY[outline.cube]
    rows = [
        OutlineRow(label, number_in(cube, figures.get(cube.key, {}), _place(cube, outline, code), outline.measure))
        for code, label in categories_of(cube.dimensions[outline.dimension])
    ]
    told: Sequence[OutlineRow] = [row for row in rows if row.number >= FEWEST_TOLD]
    return sorted(told, key=lambda row: -row.number)[:MOST_ROWS]


def _place(cube: Cube, outline: Outline, code: str) -> tuple[str, ...]:
    place = [outline.other] * len(cube.dimensions)
    place[outline.dimension] = code
    return tuple(place)

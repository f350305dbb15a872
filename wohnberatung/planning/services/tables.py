"""A cube as people and programs read it: a table of one month, what it amounts to over the months, its flat rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.bridge.wording import spoken
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.errors import NotFound
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import ALL, BY_KEY, NEEDS, Cube
from wohnberatung.planning.models import PlanningCube, PlanningSnapshot
from wohnberatung.planning.protection import FEWEST_TOLD
from wohnberatung.planning.services.categories import categories_of
from wohnberatung.planning.services.counting import SEPARATOR, Figures, whole_of

EVERY, LACKING = "all", "lacking"
"""The first measure of every cube; and what follows from two: those for whom nothing comes into question."""


@dataclass(frozen=True)
class TableRow:
    """A line of a table: its words and its numbers; below ten a published one is 0."""

    label: str
    numbers: tuple[int, ...]

    @property
    def whole(self) -> int:
        """Of all columns."""
        return self.numbers[0]


@dataclass(frozen=True)
class MonthTotal:
    """What a cube amounted to in one month."""

    month: date
    number: int


@dataclass(frozen=True)
class CubeTable:
    """One month of a cube, by one of its measures. `headings` are the columns beside the row's name; the first one is
    of all, as `total` stands above all rows: on a small screen what comes first is what is read. `exact` numbers are as
    counted, for those with the right."""

    cube: Cube
    month: date
    taken_at: datetime
    months: tuple[date, ...]
    measure: str
    measures: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: TableRow
    history: tuple[MonthTotal, ...]
    exact: bool = False

    @property
    def largest(self) -> list[TableRow]:
        """Rows in whose total there is something to tell, the greatest first."""
        return sorted((row for row in self.rows if row.whole), key=lambda row: -row.whole)

    @property
    def header(self) -> list[str]:
        """The headings of all columns."""
        return [str(self.cube.dimensions[0].label), *self.headings]

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        """All rows as they are read, the total first: their words, and of each number its words and if it is told."""
        return [(row.label, [(self.words(each), self._told(each)) for each in row.numbers]) for row in self._read]

    @property
    def _read(self) -> tuple[TableRow, ...]:
        return (self.total, *self.rows)

    def _told(self, number: int) -> bool:
        return self.exact or number >= FEWEST_TOLD

    def words(self, number: int) -> str:
        """A number as it is read; a published one below ten is said to be that."""
        return number_words(number, exact=self.exact)


def number_words(number: int, *, exact: bool = False) -> str:
    """„unter 10“ for what is not told."""
    if number < FEWEST_TOLD and not exact:
        return _("unter %(fewest)s", fewest=FEWEST_TOLD)
    return spoken().number(number)


def cube_at(key: str) -> Cube:
    """NotFound where there is none."""
    if key not in BY_KEY:
        raise NotFound(_("Diese Tabelle gibt es nicht."))
    return BY_KEY[key]


def month_of(text: str | None) -> date | None:
    """``2026-11``; None for what is no month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def published_table(key: str, month: date | None = None, measure: str = EVERY) -> CubeTable | None:
    """What everybody may read; None before the first month. The newest month where none or an unknown one is asked."""
    return _table(cube_at(key), month, measure, exact=False)


def exact_table(key: str, actor: Actor, month: date | None = None, measure: str = EVERY) -> CubeTable | None:
    """As counted; Forbidden for all but the administration. The months in which it is forgotten are left out."""
    only_administration(actor)
    return _table(cube_at(key), month, measure, exact=True)


def _table(cube: Cube, month: date | None, measure: str, *, exact: bool) -> CubeTable | None:
    states = _states(cube, exact=exact)
    if not states:
        return None
    chosen = next((state for state in states if state.month == month), states[-1])
    figures = chosen.figures if exact else figures_at(cube, chosen.month)
    measures = measures_of(cube)
    known = measure if measure in dict(measures) else EVERY
    headings, rows, total = _lines(cube, figures, known)
    history = tuple(MonthTotal(state.month, _said(cube, state.total, known)) for state in states)
    months = tuple(state.month for state in reversed(states))
    return CubeTable(
        cube, chosen.month, chosen.taken_at, months, known, measures, headings, rows, total, history, exact
    )


@dataclass(frozen=True)
class _State:
    """One month of a cube; `figures` where they are exact, as those are few."""

    month: date
    taken_at: datetime
    total: list[int]
    figures: Figures


def _states(cube: Cube, *, exact: bool) -> list[_State]:
    """From the oldest to the newest. Of published figures there are more every month, so only their totals are read."""
    columns = (PlanningSnapshot.month, PlanningSnapshot.taken_at)
    narrowed = (PlanningCube.key == cube.key, PlanningSnapshot.id == PlanningCube.snapshot_id)
    if not exact:
        told = select(*columns, PlanningCube.total).where(*narrowed).order_by(PlanningSnapshot.month)
        return [_State(month, taken_at, total, {}) for month, taken_at, total in db.session.execute(told)]
    known = select(*columns, PlanningCube.exact).where(*narrowed, PlanningCube.exact.is_not(None))
    return [
        _State(month, taken_at, figures.get(whole_of(cube), []), figures)
        for month, taken_at, figures in db.session.execute(known.order_by(PlanningSnapshot.month))
        if figures is not None
    ]


def measures_of(cube: Cube) -> tuple[tuple[str, str], ...]:
    """(key, words) of what can be asked of it."""
    stored = [(measure.key, str(measure.label)) for measure in cube.measures]
    return (*stored, (LACKING, _("für sie kommt nichts infrage"))) if cube.measures == NEEDS else tuple(stored)


def _lines(cube: Cube, figures: Figures, measure: str) -> tuple[tuple[str, ...], tuple[TableRow, ...], TableRow]:
    whole = _("insgesamt")
    first, *second = [[(ALL, whole), *categories_of(each)] for each in cube.dimensions]
    columns = second[0] if second else [(ALL, str(dict(measures_of(cube))[measure]))]
    # Columns in which there is nothing at all would only make a table wide.
    told = [column for column in columns if column[0] == ALL or _has_any(cube, figures, first, column[0], measure)]
    lines = []
    for code, label in first:
        places = [(code, column) if second else (code,) for column, _words in told]
        lines.append(TableRow(label, tuple(number_in(cube, figures, place, measure) for place in places)))
    total, *rows = lines
    return tuple(label for _code, label in told), tuple(row for row in rows if any(row.numbers)), total


def _has_any(cube: Cube, figures: Figures, first: Sequence[tuple[str, str]], column: str, measure: str) -> bool:
    return any(number_in(cube, figures, (code, column), measure) for code, _label in first)


def number_in(cube: Cube, figures: Figures, place: tuple[str, ...], measure: str) -> int:
    """What is said of a cell by one of the measures of the cube; 0 for nobody, and for fewer than ten."""
    return _said(cube, figures.get(SEPARATOR.join(place), []), measure)


def _said(cube: Cube, numbers: Sequence[int], measure: str) -> int:
    """Of the numbers of one cell, none of which are there where all are 0."""
    if measure == LACKING:
        seeking, possible = [*numbers, 0, 0][:2]
        return seeking - possible
    at = [each.key for each in cube.measures].index(measure)
    return numbers[at] if at < len(numbers) else 0


def line_of(cube: Cube, figures: Figures, *place: str) -> tuple[int, int]:
    """(seeking, of those for whom nothing comes into question) in one published cell of a cube of needs."""
    return number_in(cube, figures, place, EVERY), number_in(cube, figures, place, LACKING)


def flat_rows(table: CubeTable, figures: Figures) -> Iterator[list[str | int]]:
    """Month, the words of the cell, one number for each measure: every cell of the cube, totals included."""
    dimensions = [[*categories_of(each), (ALL, _("insgesamt"))] for each in table.cube.dimensions]
    for cell in product(*dimensions):
        place = tuple(code for code, _label in cell)
        numbers = [number_in(table.cube, figures, place, key) for key, _label in table.measures]
        said: list[str | int] = [number if number >= FEWEST_TOLD else number_words(0) for number in numbers]
        yield [f"{table.month:%Y-%m}", *(label for _code, label in cell), *said]


def flat_headings(table: CubeTable) -> list[str]:
    """Of the same columns."""
    words = [label for _key, label in table.measures]
    return [_("Monat"), *(str(each.label) for each in table.cube.dimensions), *words]


def figures_at(cube: Cube, month: date) -> Figures:
    """What was published for a month."""
    query = select(PlanningCube.figures).join(PlanningSnapshot)
    return db.session.scalar(query.where(PlanningCube.key == cube.key, PlanningSnapshot.month == month)) or {}


def newest_months(cubes: Sequence[Cube]) -> Mapping[str, CubeTable]:
    """The newest table of each of these cubes that has one."""
    found = {cube.key: published_table(cube.key) for cube in cubes}
    return {key: table for key, table in found.items() if table is not None}

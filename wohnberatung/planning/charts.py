"""The geometry of charts: bars and a line over months, in units of an SVG that is as wide as a phone.

Only numbers that stand in the table beside them are drawn; every bar carries its words and its number, so that nobody
needs to tell colours apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH = 360.0
BAR_HEIGHT, ROW_HEIGHT = 18.0, 54.0
# Room beside the longest bar for its number.
NUMBER_ROOM = 64.0
LONGEST_LABEL = 42
MOST_BARS = 10
LINE_HEIGHT, MARGIN = 200.0, 28.0


@dataclass(frozen=True)
class ChartBar:
    """One bar: its words above it, the number behind its end."""

    label: str
    number: str
    y: float
    width: float


@dataclass(frozen=True)
class BarChart:
    """Bars from top to bottom."""

    bars: tuple[ChartBar, ...]
    width: float
    height: float


@dataclass(frozen=True)
class ChartPoint:
    """One month: where it lies, and its number."""

    x: float
    y: float
    month: date
    number: str


@dataclass(frozen=True)
class LineChart:
    """Months from left to right over a line that stands for nobody."""

    points: tuple[ChartPoint, ...]
    path: str
    ground: float
    width: float = WIDTH
    height: float = LINE_HEIGHT


def bar_chart(rows: Sequence[tuple[str, int, str]]) -> BarChart | None:
    """Of (words, number, number in words), the first ten; None where there is nothing to draw."""
    shown = rows[:MOST_BARS]
    if not shown:
        return None
    most = max(number for _label, number, _words in shown) or 1
    bars = tuple(
        ChartBar(_short(label), words, place * ROW_HEIGHT, round(max(number / most * (WIDTH - NUMBER_ROOM), 1.0), 1))
        for place, (label, number, words) in enumerate(shown)
    )
    return BarChart(bars, WIDTH, len(bars) * ROW_HEIGHT)


def line_chart(months: Sequence[tuple[date, int, str]]) -> LineChart | None:
    """Of (month, number, number in words); None for fewer than two months, which make no line."""
    if len(months) < 2:
        return None
    most = max(number for _month, number, _words in months) or 1
    ground, room = LINE_HEIGHT - MARGIN, LINE_HEIGHT - 2 * MARGIN
    step = (WIDTH - 2 * MARGIN) / (len(months) - 1)
    points = tuple(
        ChartPoint(round(MARGIN + place * step, 1), round(ground - number / most * room, 1), month, words)
        for place, (month, number, words) in enumerate(months)
    )
    return LineChart(points, " ".join(f"{point.x},{point.y}" for point in points), ground)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


@dataclass(frozen=True)
class ChartSpan:
    """One share with where it may truly lie, as a line from `low` to `high` and a point at `at`."""

    label: str
    number: str
    y: float
    low: float
    high: float
    at: float


@dataclass(frozen=True)
class IntervalChart:
    """Shares from 0 to 1 over the whole width, below each other."""

    spans: tuple[ChartSpan, ...]
    width: float
    height: float


def interval_chart(rows: Sequence[tuple[str, float, float, float]]) -> IntervalChart | None:
    """Of (words, share, lowest, highest), all of them between 0 and 1; None where there is nothing to draw."""
    if not rows:
        return None
    room = WIDTH - NUMBER_ROOM
    spans = tuple(
        ChartSpan(
            _short(label), f"{share:.0%}".replace("%", " %"), place * ROW_HEIGHT, low * room, high * room, share * room
        )
        for place, (label, share, low, high) in enumerate(rows)
    )
    return IntervalChart(spans, WIDTH, len(spans) * ROW_HEIGHT)

"""The ways to meet the office, and from weekly hours and single days to the starts one can book. Knows no database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import lazy_gettext as _l

from wohnberatung.core.clock import BERLIN
from wohnberatung.core.languages import Words

# Everything lasts whole quarters of an hour, so that a quarter can be claimed once.
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Way:
    """One way to meet. `label` speaks as the person
    who chooses, `short` as the office, `word`
    stands in addresses of pages. `travel` lies before and after, `buffer` for notes after; both keep the advisor busy.

    `contact` names the fields of a booking that must be filled in to meet in this way.
    """

    key: str
    word: str
    label: Words
    short: Words
    explanation: Words
    length: timedelta
    travel: timedelta = timedelta(0)
    buffer: timedelta = timedelta(0)
    contact: tuple[str, ...] = ()

    @property
    def before(self) -> timedelta:
        return self.travel

    @property
    def after(self) -> timedelta:
        return self.travel + self.buffer

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds()) // 60


WAYS = {
    way.key: way
    for way in (
        Way(
            "phone",
            "telefon",
            _l("Am Telefon"),
            _l("Telefon"),
            _l("Wir rufen Sie zur vereinbarten Zeit an."),
            timedelta(minutes=30),
            contact=("phone",),
        ),
        Way(
            "video",
            "video",
            _l("Mit Video am Computer oder Handy"),
            _l("Video"),
            _l("Den Link zum Gespräch finden Sie vorher auf der Seite Ihres Termins."),
            timedelta(minutes=45),
            contact=("email",),
        ),
        Way(
            "office",
            "buero",
            _l("In unserem Büro"),
            _l("Büro"),
            _l("Das Büro ist ohne Stufen erreichbar. Bringen Sie gern jemanden mit."),
            timedelta(minutes=45),
            buffer=QUARTER,
        ),
        Way(
            "home",
            "zuhause",
            _l("Bei mir zu Hause"),
            _l("Hausbesuch"),
            _l("Wir sehen uns Ihre Wohnung gemeinsam an."),
            timedelta(minutes=90),
            travel=timedelta(minutes=30),
            buffer=QUARTER,
            contact=("phone", "address"),
        ),
    )
}

BY_WORD = {way.word: way for way in WAYS.values()}


# Between two starts that are offered.
STEP = timedelta(minutes=30)
MIDNIGHT = time(0)


@dataclass(frozen=True)
class Hours:
    """From `begins` to `ends` on the wall clock of one day; `ends` 00:00 is the end of the day."""

    begins: time
    ends: time
    ways: frozenset[str]


@dataclass(frozen=True)
class Window:
    """A stretch of one day in which somebody can be met, in UTC."""

    begins: datetime
    ends: datetime
    ways: frozenset[str]


@dataclass(frozen=True)
class Span:
    """What an appointment takes: the meeting itself, and from when to when its advisor is busy; in UTC."""

    starts_at: datetime
    ends_at: datetime
    busy_from: datetime
    busy_until: datetime

    @property
    def quarters(self) -> range:
        """Numbers of the quarters of an hour since 1970 in which the advisor is busy."""
        seconds = int(QUARTER.total_seconds())
        return range(int(self.busy_from.timestamp()) // seconds, -(-int(self.busy_until.timestamp()) // seconds))


def moment_of(day: date, wall: time) -> datetime:
    """That time of that day in UTC. In the hour that is left out when summer begins it is what the clock would have
    shown, had nobody put it forward; in the hour that comes twice in autumn it is the first time."""
    return datetime.combine(day, wall, BERLIN).astimezone(UTC)


def window(day: date, hours: Hours) -> Window:
    last = day + timedelta(days=1) if hours.ends == MIDNIGHT else day
    return Window(moment_of(day, hours.begins), moment_of(last, hours.ends), hours.ways)


def without(windows: Iterable[Window], closed: Iterable[Window]) -> list[Window]:
    """What is left of the windows when the closed stretches are taken out."""
    left = list(windows)
    for gap in closed:
        left = [piece for each in left for piece in _cut(each, gap)]
    return left


def span_of(way: Way, starts_at: datetime) -> Span:
    ends_at = starts_at + way.length
    return Span(starts_at, ends_at, starts_at - way.before, ends_at + way.after)


def starts(windows: Iterable[Window], way: Way, is_free: Callable[[Span], bool]) -> Iterator[Span]:
    """Every start within the windows at which the whole span is free, in order."""
    for each in sorted(windows, key=lambda window: window.begins):
        if way.key not in each.ways:
            continue
        span = span_of(way, each.begins + way.before)
        while span.busy_until <= each.ends:
            if is_free(span):
                yield span
            span = span_of(way, span.starts_at + STEP)


def _cut(piece: Window, gap: Window) -> Iterator[Window]:
    if gap.ends <= piece.begins or piece.ends <= gap.begins:
        yield piece
        return
    if piece.begins < gap.begins:
        yield Window(piece.begins, gap.begins, piece.ways)
    if gap.ends < piece.ends:
        yield Window(gap.ends, piece.ends, piece.ways)

"""What a neighbourhood lacks, for everybody: how many households seek there and what their home must be able to do,
beside what is offered. Counts are those that planning publishes: nobody shall be recognised."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.demand.services.figures import households
from wohnberatung.dwellings.services.browsing import offers_in
from wohnberatung.planning.services import published

MOST_TOLD = 4


@dataclass(frozen=True)
class Lack:
    """`seeking` and `offered` are sentences; `asked` (label, about how many households) what most of those need who
    seek in the Stadtbezirk, `quarter`; `groups` the same by needs profile."""

    seeking: str
    offered: str
    quarter: str
    asked: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...] = ()


def lack_in(code: str) -> Lack:
    """Of the neighbourhood with this code."""
    place = place_of(code)
    quarter = place.quarter if place else ""
    offered = offers_in(code, 0).total
    return Lack(
        seeking=_seeking(next((line.seeking for line in published.by_neighbourhood() if line.key == code), 0)),
        offered=ngettext(
            "Öffentlich angeboten wird dort %(num)s Wohnung oder ein Platz.",
            "Öffentlich angeboten werden dort %(num)s Wohnungen und Plätze.",
            offered,
        )
        if offered
        else _("Öffentlich angeboten wird dort im Moment nichts."),
        quarter=quarter,
        asked=tuple(_most_told(published.by_criterion(quarter))),
        groups=tuple(_most_told(published.by_profile(quarter))),
    )


def _seeking(count: int) -> str:
    if not count:
        return _("Im Moment suchen nur wenige Haushalte genau hier.")
    return _("Hier suchen %(households)s eine Wohnung.", households=households(count))


def _most_told(lines: list[published.Sought]) -> list[tuple[str, str]]:
    first = sorted(lines, key=lambda line: -line.seeking)[:MOST_TOLD]
    return [(line.label, households(line.seeking)) for line in first if line.seeking]

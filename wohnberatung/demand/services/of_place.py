"""What a neighbourhood lacks, for everybody: how many households seek there and what their home must be able to do,
beside what is offered. Counts are rounded, and small ones are not told at all: nobody shall be recognised."""

from collections import Counter
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matching.catalogue import HOMES
from matching.requests import Request
from wohnberatung.bridge.needs import neighbourhoods_wanted
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.summary import profile_words
from wohnberatung.demand.services.figures import households, rounded
from wohnberatung.dwellings.services.browsing import offers_in
from wohnberatung.seekers.services.open_requests import open_requests

# Fewer are told as "few": with the rounding nobody sees one household come or go among so many.
FEWEST_TOLD = 10
MOST_ASKED = 4


@dataclass(frozen=True)
class Lack:
    """`seeking` and `offered` are sentences; `asked` (label, about how many households) what most of them need,
    `groups` the same by needs profile."""

    seeking: str
    offered: str
    asked: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...] = ()


def lack_in(code: str) -> Lack:
    """Of the neighbourhood with this code."""
    wanting = [each for each in open_requests().each if code in neighbourhoods_wanted(each)]
    offered = offers_in(code, 0).total
    return Lack(
        seeking=_seeking(len(wanting)),
        offered=ngettext(
            "Öffentlich angeboten wird dort %(num)s Wohnung oder ein Platz.",
            "Öffentlich angeboten werden dort %(num)s Wohnungen und Plätze.",
            offered,
        )
        if offered
        else _("Öffentlich angeboten wird dort im Moment nichts."),
        asked=tuple(_asked(wanting)),
        groups=tuple(_groups(wanting)),
    )


def _seeking(count: int) -> str:
    if count < FEWEST_TOLD:
        return _("Im Moment suchen nur wenige Haushalte genau hier.")
    return _("Hier suchen %(households)s eine Wohnung.", households=households(count))


def _asked(wanting: list[Request]) -> list[tuple[str, str]]:
    musts = Counter(
        key
        for request in wanting
        for key in {asked.key for asked in request.requirements if asked.importance == "must"}
        if key != NEIGHBOURHOOD.key
    )
    return [(_(HOMES.criterion(key).label), households(count)) for key, count in _told(musts)]


def _groups(wanting: list[Request]) -> list[tuple[str, str]]:
    profiles = Counter(key for request in wanting for key in request.profiles)
    return [(profile_words([key])[0], households(count)) for key, count in _told(profiles)]


def _told(counted: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent, by number and key, so that the order tells nothing that the rounded numbers do not."""
    many = [(key, count) for key, count in counted.items() if count >= FEWEST_TOLD]
    return sorted(many, key=lambda each: (-rounded(each[1]), each[0]))[:MOST_ASKED]

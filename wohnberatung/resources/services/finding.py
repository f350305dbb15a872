"""Who could help whom: what everybody looks for, what suits a need, whom an offer would help. All of it the engine
ranks and explains as it does homes; here is only asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.explanation import Reader
from matching.outlook import Outlook
from matching.ranking import Match, rank
from matching.request_ranking import rank_requests
from matching.requests import Request, Requirement
from wohnberatung.bridge.neighbour_resources import (
    DISTRICT,
    NO_STEPS,
    WHEELCHAIR,
    free_on,
    kind_label,
    of_kinds,
    resource_index,
    resource_request,
    searched,
    seats_at_least,
)
from wohnberatung.bridge.neighbourhood_places import CityPlace
from wohnberatung.bridge.weekly_hours import PARTS, WEEKDAYS, NextTime
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.directory.services.finding import how_clearly
from wohnberatung.resources.models import Resource, ResourceSide
from wohnberatung.resources.services.offers import Offered, all_needs, all_offers, frame_of, offered, published

STEPS, WHEELS = "stufenlos", "rollstuhl"
SUITING = 12


@dataclass(frozen=True)
class ResourceQuery:
    """What is looked for; empty where it does not matter. `kinds` are any of these, `day` and `part` of the week as
    in FREE_TIMES, `way_in` is `stufenlos` or `rollstuhl`; with `proven` what is unknown is left out."""

    side: ResourceSide = ResourceSide.GIVES
    words: str = ""
    kinds: tuple[str, ...] = ()
    place: CityPlace | None = None
    day: str = ""
    part: str = ""
    seats: int | None = None
    way_in: str = ""
    proven: bool = False

    @property
    def times(self) -> list[str]:
        """The free times that would do."""
        days, parts = ([self.day] if self.day else WEEKDAYS), ([self.part] if self.part else PARTS)
        return [f"{day}_{part}" for day in days for part in parts] if self.day or self.part else []

    def requirements(self) -> list[Requirement]:
        """As the engine judges them: all of them musts, and what is unknown is to be asked, never a no."""
        asked = [of_kinds(self.kinds)] if self.kinds else []
        asked += [free_on(self.times)] if self.times else []
        asked += [seats_at_least(self.seats)] if self.seats else []
        return [*asked, *{STEPS: NO_STEPS, WHEELS: WHEELCHAIR}.get(self.way_in, ())]


@dataclass(frozen=True)
class Found:
    """One of a list: what everybody may see, how it suits, and why in sentences for its reader. `open` says what is
    still to be asked; `free` is the next day on which it is free at the times asked for."""

    shown: Offered
    match: Match
    sentences: tuple[tuple[str, str], ...]
    free: NextTime | None = None

    @property
    def open(self) -> list[str]:
        musts = [reason for reason in self.match.reasons if reason.importance == "must"]
        return [reason.sentences.label for reason in musts if reason.grade == "unknown"]


def find(query: ResourceQuery, number: int = 1) -> Page[Found]:
    """One page of what suits: what certainly does first. Of those the words decide that say them most clearly."""
    rows = all_offers() if query.side == ResourceSide.GIVES else all_needs()
    told = {row.key: how_clearly(query.words, row.title, f"{row.text} {kind_label(row.kind)}") for row in rows}
    rows = [row for row in rows if told[row.key] and _lies_in(row, query.place)]
    found = _ranked(searched(query.requirements()), rows, Reader.SEEKER, query.times)
    if query.proven:
        found = [each for each in found if each.match.outlook is Outlook.FITS]
    found.sort(key=lambda each: (each.match.outlook is not Outlook.FITS, -told[each.shown.key]))
    return Page(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, PAGE_SIZE, len(found))


def offers_for(need: Resource, reader: Reader = Reader.SEEKER) -> list[Found]:
    """Who could help: the offers that suit this need, best first."""
    rows = [row for row in all_offers() if row.key != need.id]
    return _ranked(request_of(need), rows, reader, need.times)[:SUITING]


def needs_for(offer: Resource, reader: Reader = Reader.PROVIDER) -> list[Found]:
    """Who needs what is offered: the needs that it suits, best first; the scores are those of the other direction."""
    needs = {row.id: row for row in published(ResourceSide.SEEKS) if row.id != offer.id}
    mine = offered(offer)
    frame = frame_of([*(row for row in all_offers() if row.key != mine.key), mine])
    index = resource_index(request_of(row) for row in needs.values())
    ranking = rank_requests(mine.key, frame, index, top=SUITING, language=spoken())
    return [Found(offered(needs[each.request]), each, _sentences(each, reader)) for each in ranking.matches]


def suiting(row: Resource, reader: Reader | None = None) -> list[Found]:
    """The other side of this entry, whichever it is; in the words of whose it is, or of `reader`."""
    if row.side == ResourceSide.SEEKS:
        return offers_for(row, reader or Reader.SEEKER)
    return needs_for(row, reader or Reader.PROVIDER)


def suiting_for_office(row: Resource) -> list[Found]:
    """The same in the words of the office."""
    return suiting(row, Reader.ADVISOR)


def request_of(need: Resource) -> Request:
    """A need as the engine takes it."""
    return resource_request(need.id, need.requirements, f"{need.title}\n{need.text}")


def in_place(code: str, rows: Sequence[Offered], kinds: Sequence[str] | None = None) -> list[Offered]:
    """Those that lie there, of some kinds or all."""
    return [row for row in rows if row.facts.get(DISTRICT) == code and (kinds is None or row.kind in kinds)]


def _ranked(request: Request, rows: Sequence[Offered], reader: Reader, times: Sequence[str]) -> list[Found]:
    by_key = {row.key: row for row in rows}
    if not by_key:
        return []
    matches = rank(request, frame_of(rows), top=None, language=spoken()).matches
    return [
        Found(by_key[each.offer], each, _sentences(each, reader), by_key[each.offer].next_time(times))
        for each in matches
    ]


def _sentences(match: Match, reader: Reader) -> tuple[tuple[str, str], ...]:
    return tuple((reason.grade, reason.sentences[reader]) for reason in match.reasons)


def _lies_in(row: Offered, place: CityPlace | None) -> bool:
    """There, or anywhere: what names no neighbourhood is for the whole city."""
    return place is None or row.facts.get(DISTRICT) in (None, place.code)

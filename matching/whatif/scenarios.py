"""What planners could do: build homes, equip those there are, change rents or what people may pay. Each changes the
supply or the requests and nothing else; what that does to the gap is counted as always (`supply_gap`)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matching.arrays import Positions
from matching.catalogue import Market
from matching.criteria import money
from matching.criteria.access import STEP_FREE, STEPS_TO_FLAT
from matching.criteria.location import DISTRICT
from matching.facts import Fact
from matching.frame import Frame
from matching.grading import Grade
from matching.outlook import count_musts, musts_alone
from matching.profiles import profiles_of
from matching.requests import Request, SupplyRow
from matching.requirement_terms import terms_of
from matching.scoring import passing_rows
from matching.text_similarity import TextIndex

RENTS: tuple[Fact, ...] = (money.RENT_WARM, money.RENT_GROSS_COLD, money.RENT_NET_COLD)
NEW = "new"
MEASURED = "measured"
Where = Callable[[SupplyRow], bool]


def within(codes: Collection[str]) -> Where:
    """Rows that are known to lie in one of these neighbourhoods; all rows where none are named."""
    wanted = frozenset(codes)
    return lambda row: not wanted or row.facts.get(DISTRICT.key) in wanted


def new_homes(
    market: Market, count: int, profile: str, codes: Sequence[str], facts: Mapping[str, Any]
) -> list[SupplyRow]:
    """So many homes that are measured to meet all that the needs profile presets ("" for none), spread evenly over the
    neighbourhoods, with these facts beside. Of anything else nothing is known. KeyError for an unknown profile."""
    equipped = met_by(market, profile) | dict(facts)
    if equipped.get(STEP_FREE.key):
        equipped.setdefault(STEPS_TO_FLAT.key, 0)
    levels = dict.fromkeys((*equipped, DISTRICT.key), MEASURED)
    return [
        SupplyRow(f"{NEW}-{number:05}", {**equipped, DISTRICT.key: codes[number % len(codes)]}, levels)
        for number in range(count)
    ]


def served_without_works(request: Request, frame: Frame, texts: TextIndex | None = None) -> Positions:
    """The rows that miss nothing of either side's musts and need no works; what is unknown may stay open."""
    terms = terms_of(musts_alone(request), frame, texts)
    rows = passing_rows(terms, len(frame))
    served: Positions = rows[count_musts(terms, rows, Grade.ADAPTABLE) == 0]
    return served


def met_by(market: Market, profile: str) -> dict[str, Any]:
    """Facts of a home that meets every preset of the profile, musts and wishes; KeyError where it is unknown."""
    if not profile:
        return {}
    presets = {each.key: each for each in profiles_of(market)}[profile].requirements
    return {each.fact.key: each.wanted[0] if isinstance(each.wanted, list) else each.wanted for each in presets}


def equipped(rows: Iterable[SupplyRow], facts: Mapping[str, Any], where: Where) -> list[SupplyRow]:
    """The same stock, in which the rows that `where` holds for have these facts, measured."""
    levels = dict.fromkeys(facts, MEASURED)
    return [
        replace(row, facts={**row.facts, **facts}, evidence={**row.evidence, **levels}) if where(row) else row
        for row in rows
    ]


def with_rents(rows: Iterable[SupplyRow], percent: float, where: Where) -> list[SupplyRow]:
    """The same stock, whose known rents are so many per cent higher, or lower where it is negative."""
    factor = 1 + percent / 100
    return [
        replace(
            row,
            facts={**row.facts, **{rent.key: row.facts[rent.key] * factor for rent in RENTS if rent.key in row.facts}},
        )
        if where(row)
        else row
        for row in rows
    ]


def with_limits(requests: Iterable[Request], percent: float) -> list[Request]:
    """The same people, who may pay so many per cent more rent."""
    keys, factor = {rent.key for rent in RENTS}, 1 + percent / 100
    return [
        replace(
            request,
            requirements=tuple(
                replace(asked, wanted=asked.wanted * factor) if asked.key in keys else asked
                for asked in request.requirements
            ),
        )
        for request in requests
    ]

"""Dwellings of the invented city as they are, and what is known of them: every guess can be checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.requests import SupplyRow
from seed_data.making import flats, houses, knowledge
from seed_data.making.chance import stream
from seed_data.making.city import neighbourhoods, site

LISTED = date(2026, 9, 1)
SURVEYED, CAREFUL, FEED = 0.1, 0.12, 0.6
STRENGTH = ("claimed", "stated", "measured")


@dataclass(frozen=True)
class Dwelling:
    """`known` is what somebody said, with evidence; `truth` holds every fact as it is."""

    known: SupplyRow
    truth: Mapping[str, Any]


def make_dwellings(size: int, seed: int = 0) -> list[Dwelling]:
    """Homes all over the city, in houses of one to four."""
    made: list[Dwelling] = []
    places = list(neighbourhoods().values())
    while len(made) < size:
        chance = stream("stock", seed, len(made))
        place = chance.choice(places)
        house = houses.build(chance, chance.pick(place.houses), site(chance, place), chance.randint(1, 4), False)
        feed = chance.pick({"OpenImmo": FEED, "": 1 - FEED})
        for number in range(len(house.levels)):
            truth = flats.fit_out(chance, house, number)
            careful, surveyed = chance.yes(CAREFUL), chance.yes(SURVEYED)
            said = knowledge.statements(chance, truth, house.levels[number], feed, careful, LISTED, surveyed)
            made.append(Dwelling(_row(f"w{len(made):06}", said), truth))
    return made[:size]


def _row(name: str, said: list[dict[str, Any]]) -> SupplyRow:
    """The best known value of every fact."""
    facts: dict[str, Any] = {}
    evidence: dict[str, str] = {}
    for statement in sorted(said, key=lambda one: STRENGTH.index(one["level"])):
        facts |= statement["facts"]
        evidence |= dict.fromkeys(statement["facts"], statement["level"])
    return SupplyRow(name, facts, evidence)

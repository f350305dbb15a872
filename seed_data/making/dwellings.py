"""The dwellings and the offers for them, one record per dwelling, ready to be written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from seed_data.making import adverts, flats, houses, knowledge, terms
from seed_data.making.calendar import days_ago
from seed_data.making.chance import Chance, stream
from seed_data.making.city import Neighbourhood, neighbourhoods, site
from seed_data.making.houses import House
from seed_data.making.knowledge import FEED_SOURCES, FORM_SOURCE, Statement
from seed_data.making.terms import Owner

Record = dict[str, Any]
SURVEYED_SHARE = 0.1
# A survey is made where it helps: at homes that promise something.
_WORTH_A_VISIT = {"R": 4.0, "B": 3.0, "A": 2.0, "": 0.6}
_STATUSES = {"published": 310, "reserved": 8, "let": 8, "withdrawn": 5, "draft": 7}
_SIDES = ("links", "rechts", "Mitte", "links hinten", "rechts hinten")


def make_dwellings(organisations: list[Record]) -> list[Record]:
    """Every dwelling of every organisation with its offer."""
    found = [(owner, neighbourhood, house, number) for owner, neighbourhood, house, number in _flats(organisations)]
    surveyed = _choose_surveyed([house.levels[number] for _owner, _place, house, number in found])
    statuses = _spread_statuses(len(found))
    units: set[tuple[str, str, str]] = set()
    records = []
    for index, (owner, neighbourhood, house, number) in enumerate(found):
        name = f"w{index + 1:03}"
        record = _dwelling(stream(name), owner, neighbourhood, house, number, index in surveyed, statuses[index])
        record["unit"] = _free_unit(record, units)
        records.append({"id": name, **record})
    return records


def _flats(organisations: list[Record]) -> Iterator[tuple[Owner, Neighbourhood, House, int]]:
    places = neighbourhoods()
    for organisation in organisations:
        owner = Owner(organisation["id"], organisation["kind"], organisation["flats"], organisation.get("feed", ""))
        with_services = organisation.get("services", False)
        for district, homes in organisation.get("homes", {}).items():
            for house in _houses(owner, places[district], organisation["houses"], homes, with_services):
                yield from ((owner, places[district], house, number) for number in range(len(house.levels)))


def _houses(owner: Owner, place: Neighbourhood, kinds: list[str], homes: int, with_services: bool) -> Iterator[House]:
    chance = stream(owner.id, place.code)
    weights = {kind: weight for kind, weight in place.houses.items() if kind in kinds}
    while homes > 0:
        size = min(homes, chance.randint(1, 4))
        yield houses.build(chance, chance.pick(weights), site(chance, place), size, with_services)
        homes -= size


def _choose_surveyed(levels: list[str]) -> set[int]:
    """A tenth of all, drawn without putting back, those worth a visit more often."""
    chance = stream("surveys")
    order = sorted(range(len(levels)), key=lambda index: -(chance.random() ** (1 / _WORTH_A_VISIT[levels[index]])))
    return set(order[: round(SURVEYED_SHARE * len(levels))])


def _spread_statuses(count: int) -> list[str]:
    statuses = [status for status, number in _STATUSES.items() for _ in range(number)]
    assert len(statuses) == count, "the statuses are counted for this number of dwellings"
    stream("statuses").shuffle(statuses)
    return statuses


def _dwelling(
    chance: Chance,
    owner: Owner,
    neighbourhood: Neighbourhood,
    house: House,
    number: int,
    surveyed: bool,
    status: str,
) -> Record:
    truth, level = flats.fit_out(chance, house, number), house.levels[number]
    listed = days_ago(chance, 150, 3)
    careful = house.with_services or (not owner.lets_many and chance.yes(0.25))
    said = knowledge.statements(chance, truth, level, owner.feed, careful, listed, surveyed)
    announced = [statement for statement in said if statement["level"] != "measured"]
    known = {key: value for statement in announced for key, value in statement["facts"].items()}
    title = adverts.title(chance, truth, known)
    return {
        "organisation": owner.id,
        "title": title,
        "street": house.site.street,
        "house_number": house.site.house_number,
        "unit": _unit(truth["floor"]),
        "postcode": house.site.postcode,
        "lat": house.site.lat,
        "lon": house.site.lon,
        "released": chance.yes(0.6),
        "facts": said,
        "offer": {
            "status": status,
            "title": title,
            "description": adverts.text(chance, house, known),
            **_offer(chance, owner, neighbourhood, house, level, truth, listed),
        },
    }


def _offer(
    chance: Chance,
    owner: Owner,
    neighbourhood: Neighbourhood,
    house: House,
    level: str,
    truth: Record,
    listed: date,
) -> Record:
    facts = terms.terms(chance, owner, house, neighbourhood, truth["living_area_sqm"])
    offered = terms.known_terms(chance, facts, owner, house)
    source = FEED_SOURCES.get(owner.feed, FORM_SOURCE)
    given = Statement("stated", listed.isoformat(), source, offered)
    claimed = replace(given, level="claimed", facts={})
    if owner.feed == "OpenImmo" and "wbs_type" in offered:
        # The interface has a yes or no for the permit only: its type is the importer's reading.
        rest = {key: value for key, value in offered.items() if key != "wbs_type"}
        given, claimed = replace(given, facts=rest), replace(claimed, facts={"wbs_type": offered["wbs_type"]})
    said = [statement.as_json() for statement in (given, claimed) if statement.facts]
    return {"demands": terms.demands(chance, owner, level, truth, offered), "facts": said}


def _unit(floor: int) -> str:
    return "EG" if floor == 0 else f"{floor}. OG"


def _free_unit(record: Record, taken: set[tuple[str, str, str]]) -> str:
    for side in _SIDES:
        place = (record["street"], record["house_number"], f"{record['unit']} {side}")
        if place not in taken:
            taken.add(place)
            return place[2]
    raise ValueError(f"too many flats on one storey of {place[:2]}")

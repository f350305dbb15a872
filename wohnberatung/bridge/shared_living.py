"""What the pages of shared living ask, and the other market (sites) as tables, forms and rankings need it."""

from collections.abc import Iterable, Mapping
from typing import Any

from matching.catalogue import HOMES, SITES
from matching.criteria import access, living, money, size
from matching.facts import Fact, Text
from matching.frame import Frame
from matching.kinds import Criterion
from matching.option_kinds import Resembles
from matching.request_index import RequestIndex
from matching.requests import Request, SupplyRow
from wohnberatung.bridge.needs import StoredRequirement, read_requirements, requirements_of

PROJECT_FACTS: tuple[Fact, ...] = HOMES.facts_of("project")
PLACE_FACTS: tuple[Fact, ...] = (
    money.RENT_WARM,
    money.AVAILABLE_FROM,
    money.TENURE,
    money.SHARES,
    money.DEPOSIT,
    money.WBS_TYPE,
    money.LIMITED_TO,
    money.PETS_ALLOWED,
    money.SMOKING_ALLOWED,
    money.FURNISHED,
)
"""Of a place in a project; what belongs to the whole house is said of the project or of its dwelling."""
OWN_AREA: Fact = living.PRIVATE_AREA
OF_WHOLE_FLAT: tuple[Fact, ...] = (size.LIVING_AREA, size.ROOMS)
"""What says nothing of a room in it."""


def is_a_room(known: Mapping[str, object]) -> bool:
    """Whether what one lives in alone is smaller than the dwelling, by known facts of both."""
    own, whole = known.get(OWN_AREA.key), known.get(size.LIVING_AREA.key)
    return isinstance(own, int | float) and isinstance(whole, int | float) and own < whole


SUBLET, HOMESHARE = "sublet", "homeshare"
ROOM_KINDS = {
    SUBLET: {money.TENURE.key: "sublet"},
    HOMESHARE: {money.TENURE.key: "homeshare", living.LIVING_FORM.key: "homeshare"},
}
"""How somebody who lives in the flat gives a room in it, as facts."""
EXCHANGE: dict[str, object] = {money.TENURE.key: "exchange"}
"""A tenant gives a flat for another one."""
ROOM_FACTS: tuple[Fact, ...] = (
    OWN_AREA,
    money.RENT_WARM,
    living.HELP_HOURS,
    money.AVAILABLE_FROM,
    money.LIMITED_TO,
    money.FURNISHED,
    living.PRIVATE_BATHROOM,
    living.SHARED_MEALS,
    living.LANGUAGES,
    money.PETS_ALLOWED,
    money.SMOKING_ALLOWED,
    access.FLOOR,
    access.HAS_LIFT,
    access.STEPS_TO_FLAT,
    size.LIVING_AREA,
)
"""Asked of a room, in this order: the room, how one lives together, the flat around it."""
EXCHANGE_FACTS: tuple[Fact, ...] = (
    size.LIVING_AREA,
    size.ROOMS,
    money.RENT_WARM,
    money.AVAILABLE_FROM,
    access.FLOOR,
    access.HAS_LIFT,
    access.STEPS_TO_FLAT,
)


def of_living_together(values: Mapping[str, object]) -> dict[str, object]:
    """The given values that are said of the household, not of flat or contract."""
    own = {fact.key for fact in PROJECT_FACTS}
    return {key: value for key, value in values.items() if key in own and value is not None}


def of_flat_and_contract(values: Mapping[str, object]) -> dict[str, object]:
    """All the others."""
    own = {fact.key for fact in PROJECT_FACTS}
    return {key: value for key, value in values.items() if key not in own}


SITE_FACTS: tuple[Fact, ...] = SITES.facts
SITE_CRITERIA: tuple[Criterion, ...] = tuple(each for each in SITES.criteria if not isinstance(each, Resembles))
"""What a group can ask for; what it says in its own words is compared with the owner's by itself."""


def read_search(raw: object) -> list[StoredRequirement]:
    """What a group asks of a site, checked; DomainError names the key of the first fault."""
    return read_requirements(raw, SITES.criterion, "requirements")


def site_frame(rows: Iterable[Any]) -> Frame:
    """Sites as the engine takes them. There are dozens of them, never thousands: made anew for each ranking."""
    return Frame(SITES, [_supply_row(row) for row in rows])


def search_request(request_id: str, requirements: Iterable[StoredRequirement], text: str) -> Request:
    """A group's search as the engine takes it."""
    return Request(request_id, requirements_of(requirements), {}, text)


def search_index(requests: Iterable[Request]) -> RequestIndex:
    """All searches, for the other direction."""
    return RequestIndex(SITES, requests)


def _supply_row(row: Any) -> SupplyRow:
    known = row.known_facts()
    texts = [known[fact.key] for fact in SITES.facts if isinstance(fact, Text) and fact.key in known]
    return SupplyRow(
        id=row.id,
        facts=known,
        evidence={key: row.evidence[key]["level"] for key in known},
        text="\n".join([*texts, row.description]).strip(),
    )

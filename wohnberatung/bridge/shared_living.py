"""What the pages of shared living ask, in the order in which a group is asked; what a room is beside its flat."""

from collections.abc import Mapping
from typing import Any

from matching.catalogue import HOMES
from matching.criteria import access, living, money, size
from matching.facts import Fact

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


def is_a_room(known: Mapping[str, Any]) -> bool:
    """Whether what one lives in alone is smaller than the dwelling, by known facts of both."""
    own, whole = known.get(OWN_AREA.key), known.get(size.LIVING_AREA.key)
    return own is not None and whole is not None and own < whole


SUBLET, HOMESHARE = "sublet", "homeshare"
ROOM_KINDS = {
    SUBLET: {money.TENURE.key: "sublet"},
    HOMESHARE: {money.TENURE.key: "homeshare", living.LIVING_FORM.key: "homeshare"},
}
"""How somebody who lives in the flat gives a room in it, as facts."""
EXCHANGE: dict[str, Any] = {money.TENURE.key: "exchange"}
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


def of_living_together(values: Mapping[str, Any]) -> dict[str, Any]:
    """The given values that are said of the household, not of flat or contract."""
    own = {fact.key for fact in PROJECT_FACTS}
    return {key: value for key, value in values.items() if key in own and value is not None}


def of_flat_and_contract(values: Mapping[str, Any]) -> dict[str, Any]:
    """All the others."""
    own = {fact.key for fact in PROJECT_FACTS}
    return {key: value for key, value in values.items() if key not in own}

"""What the pages of shared living ask, in the order in which a group is asked; what a room is beside its flat."""

from collections.abc import Mapping
from typing import Any

from matching.catalogue import HOMES
from matching.criteria import living, money, size
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

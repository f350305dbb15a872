"""What the pages of shared living ask, in the order in which a group is asked."""

from matching.catalogue import HOMES
from matching.criteria import living, money
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
FREE_PLACES: Fact = living.FREE_PLACES

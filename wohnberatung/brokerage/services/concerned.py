"""What a no is about: facts of the home that can be measured, wishes of the request that can be changed.

A reason about access or about a limit is one row here.
"""

from collections.abc import Iterable

from matching.catalogue import HOMES
from matching.criteria import access, bathroom, living, location, money, rooms, senses, size
from matching.facts import Fact
from matching.kinds import Criterion
from matching.option_kinds import Resembles
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import DeclineReason
from wohnberatung.brokerage.services.results import result_of

# What a no about access is about: measured there, it is a fact of the home.
FACTS: dict[str, tuple[Fact, ...]] = {
    "entrance": (
        access.STEPS_TO_FLAT, access.STEP_FREE, access.ENTRANCE_DOOR_CLEAR_WIDTH, access.RAMP_SLOPE
    ),
    "lift": (access.HAS_LIFT, access.LIFT_CABIN_WIDTH, access.LIFT_CABIN_DEPTH, access.LIFT_DOOR_CLEAR_WIDTH),
    "doors": (rooms.INNER_DOOR_CLEAR_WIDTH, rooms.BATHROOM_DOOR_CLEAR_WIDTH, rooms.THRESHOLD_HEIGHT),
    "bathroom": (
        bathroom.SHOWER_LEVEL, bathroom.BATHROOM_TURNING_SPACE, bathroom.WC_SIDE_SPACE, bathroom.GRAB_BARS
    ),
    "turning_space": (rooms.TURNING_SPACE, rooms.CORRIDOR_WIDTH, rooms.BED_SIDE_SPACE),
    "parking": (access.PARKING_ACCESSIBLE, access.SCOOTER_SPACE),
    "access": (rooms.KITCHEN_UNDERRIDEABLE, rooms.CONTROLS_REACHABLE, rooms.WINDOW_HANDLES_REACHABLE),
}  # fmt: skip
# What of the request a no is about: the fact that its criterion judges.
WISHES: dict[str, tuple[Fact, ...]] = {
    "area": (location.DISTRICT,),
    "too_expensive": (money.RENT_WARM,),
    "size": (size.LIVING_AREA, size.ROOMS),
}
_NOT_HAD = ("missed", "adaptable", "nearly")
# What somebody finds out about living with others by living with them.
LIVING_TOGETHER: tuple[Fact, ...] = (
    living.LIVING_FORM, living.GROUP_SIZE, living.CHILDREN_IN_GROUP, living.PRIVATE_BATHROOM, living.PRIVATE_AREA,
    living.COMMUNITY_HOURS, living.HELP_HOURS, living.SHARED_MEALS, senses.QUIET_LOCATION,
)  # fmt: skip


def facts_about(reason: DeclineReason | None, owners: Iterable[str]) -> tuple[Fact, ...]:
    """Facts that this no is about, of the parts that there are."""
    known = set(owners)
    return tuple(fact for fact in FACTS.get(reason.code, ()) if fact.owner in known) if reason else ()


def wishes_about(reason: DeclineReason | None) -> tuple[Criterion, ...]:
    """Criteria of the request that this no is about."""
    return tuple(HOMES.criterion(fact.key) for fact in WISHES.get(reason.code, ())) if reason else ()


def wishes_learned(match: BrokeredMatch) -> tuple[Criterion, ...]:
    """Criteria about which somebody may have learned by living there: what the home did not have, and in a shared house
    how one lives together."""
    found = (reason for reason in result_of(match).reasons if reason.side == "seeker" and reason.grade in _NOT_HAD)
    shared = LIVING_TOGETHER if match.offer.project_id is not None else ()
    keys = dict.fromkeys((*(reason.key for reason in found), *(fact.key for fact in shared)))
    known = (criterion for criterion in HOMES.criteria if criterion.key in keys)
    return tuple(criterion for criterion in known if not isinstance(criterion, Resembles))

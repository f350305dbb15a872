"""What a household seeks and each side asks of the other, between JSON as it is stored and the engine."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypedDict

from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from matching.catalogue import HOMES, Market
from matching.criteria import household, money
from matching.facts import FactError
from matching.json_input import HEAVIEST, LIGHTEST
from matching.kinds import Criterion, NotLater
from matching.learning.wish_weights import HAND_SET, Weights, weighed
from matching.profiles import PROFILES
from matching.requests import Importance, Request, Requirement
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.wording import spoken
from wohnberatung.core.clock import today
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db

Declared = Callable[[str], Criterion]


class StoredRequirement(TypedDict):
    """One requirement as JSON keeps it: `wanted` as its criterion reads it, `tolerance` in the unit of its fact."""

    key: str
    wanted: object
    importance: Importance
    weight: float
    tolerance: float


class Needs(TypedDict):
    """What a household seeks, checked: `household` holds the facts it told by key, `profiles` the keys of those that
    its requirements began with."""

    requirements: list[StoredRequirement]
    household: dict[str, object]
    text: str
    profiles: list[str]


def read_requirements(raw: object, declared: Declared, field: str) -> list[StoredRequirement]:
    """Checked requirements as they are stored; DomainError names the key of the first fault.

    `declared` finds a criterion by key (`market.criterion` for those who seek, `market.demand_criterion` for
    supply); `field` is named where an entry has no key of its own.
    """
    if isinstance(raw, str | Mapping) or not isinstance(raw, Iterable):
        raise DomainError(_("Eine Anforderung braucht ein Kriterium und einen gewünschten Wert."), field)
    return [_read(entry, declared, field) for entry in raw]


def read_demands(raw: object) -> list[StoredRequirement]:
    """What an offer of a home asks of a household, checked."""
    return read_requirements(raw, HOMES.demand_criterion, "demands")


def requirements_of(stored: Iterable[StoredRequirement]) -> tuple[Requirement, ...]:
    """The engine's requirements of stored ones."""
    return tuple(Requirement(**entry) for entry in stored)


def _read(entry: object, declared: Declared, field: str) -> StoredRequirement:
    key = entry.get("key") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(key, str):
        raise DomainError(_("Eine Anforderung braucht ein Kriterium und einen gewünschten Wert."), field)
    try:
        wanted = declared(key).read_wanted(entry.get("wanted"))
    except KeyError:
        raise DomainError(_("Das Kriterium „%(key)s“ gibt es nicht.", key=key[:60]), field) from None
    except FactError as error:
        raise DomainError(error.said(spoken()), key) from error
    return {
        "key": key,
        "wanted": wanted,
        "importance": _importance(entry.get("importance", "must"), key),
        "weight": _number(entry.get("weight", 1), LIGHTEST, HEAVIEST, key),
        "tolerance": _number(entry.get("tolerance", 0), 0, 1e6, key),
    }


def _importance(value: object, key: str) -> Importance:
    match value:
        case "must" | "wish":
            return value
        case _:
            raise DomainError(_("Eine Anforderung ist entweder ein Muss oder ein Wunsch."), key)


def _number(value: object, low: float, high: float, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise DomainError(_("Erwartet wird eine Zahl von %(low)s bis %(high)s.", low=f"{low:g}", high=f"{high:g}"), key)
    return value


PARTS = frozenset({"requirements", "household", "text", "profiles"})
LONGEST_TEXT = 4000


def read_needs(raw: Mapping[str, object], market: Market = HOMES) -> Needs:
    """`{"requirements": […], "household": {…}, "text": "…", "profiles": […]}` with every value checked.

    Missing parts are empty. DomainError names the key of the first value that cannot be.
    """
    if unknown := raw.keys() - PARTS:
        raise DomainError(_("Den Teil „%(part)s“ gibt es in einem Gesuch nicht.", part=str(min(unknown))[:40]))
    return {
        "requirements": read_requirements(raw.get("requirements") or (), market.criterion, "requirements"),
        "household": _household(raw.get("household") or {}, market),
        "text": _text(raw.get("text") or ""),
        "profiles": _profiles(raw.get("profiles") or ()),
    }


def engine_request(request_id: str, needs: Needs, weigh: bool = True) -> Request:
    """Checked needs as the engine takes them, wishes weighed by the weights in force unless somebody weighs them
    otherwise."""
    asked = Request(
        id=request_id,
        requirements=requirements_of(needs["requirements"]),
        household=needs["household"],
        text=needs["text"],
        profiles=tuple(needs["profiles"]),
        works_means_eur=works_means(needs["household"]),
    )
    present = weights_in_force() if weigh else HAND_SET
    return weighed(asked, present, HOMES) if present.factors else asked


WEIGHTS = "weights_in_force"


def weights_in_force() -> Weights:
    """How much wishes count at present: as two people of the administration have agreed, else as set by hand. Read once
    in a transaction."""
    under_way = db.session().get_transaction()
    known = db.session.info.get(WEIGHTS)
    if known is None or under_way is None or known[0] is not under_way:
        table = db.metadata.tables["proposed_weights"].c
        row = db.session.execute(select(table.name, table.factors).where(table.state == "in_force")).one_or_none()
        known = db.session.info[WEIGHTS] = (db.session().get_transaction(), Weights(*row) if row else HAND_SET)
    found: Weights = known[1]
    return found


def weights_at(moment: datetime) -> Weights:
    """Those that were in force then."""
    table = db.metadata.tables["proposed_weights"].c
    been = table.state.in_(("in_force", "replaced")) & (table.decided_at <= moment)
    query = select(table.name, table.factors).where(been).order_by(table.decided_at.desc(), table.id).limit(1)
    row = db.session.execute(query).one_or_none()
    return Weights(*row) if row else HAND_SET


def weights_changed() -> None:
    """Others are in force from here on, in this very transaction."""
    db.session.info.pop(WEIGHTS, None)


def is_over(criterion: Criterion, wanted: object) -> bool:
    """Whether a latest day is past, so that nothing can keep it any more."""
    return isinstance(criterion, NotLater) and isinstance(wanted, str) and wanted < today().isoformat()


def day_that_passed(requirements: Iterable[StoredRequirement]) -> Importance | None:
    """How important the latest day is that has passed; None where none has."""
    passed = [asked["importance"] for asked in requirements if is_over(HOMES.criterion(asked["key"]), asked["wanted"])]
    return min(passed, default=None)


CARE_FUND_EACH = "care_measure_max"
"""The name of the amount that the care fund adds to works, in the dated tables."""


def works_means(household_values: Mapping[str, object]) -> float:
    """What pays for works before the household does so by other ways, in euro: the budget it named, and the care fund's
    amount of today where it is entitled to that. What other programmes may pay is not certain, and not counted."""
    budget = household_values.get(household.WORKS_BUDGET.key)
    own = float(budget) if isinstance(budget, int | float) else 0.0
    return own + (_care_fund_eur() if household_values.get(household.CARE_ENTITLED.key) else 0.0)


def _care_fund_eur() -> float:
    """Read once per session and day; 0 where the tables hold no amount for today."""
    day = today()
    known = db.session.info.get(CARE_FUND_EACH)
    if known is None or known[0] != day:
        amounts = db.metadata.tables["parameters"].c
        begun = or_(amounts.valid_from.is_(None), amounts.valid_from <= day)
        goes_on = or_(amounts.valid_to.is_(None), amounts.valid_to >= day)
        named = (amounts.key == CARE_FUND_EACH) & (amounts.alternative == 0)
        found = db.session.scalar(select(func.max(amounts.value)).where(named, begun, goes_on))
        known = db.session.info[CARE_FUND_EACH] = (day, float(found or 0.0))
    return float(known[1])


def _household(raw: object, market: Market) -> dict[str, object]:
    if not isinstance(raw, Mapping):
        raise DomainError(_("Das Merkmal „%(key)s“ gibt es hier nicht.", key=str(raw)[:60]), "household")
    values = {}
    for key, given in raw.items():
        try:
            value = market.household_fact(key).parse(given)
        except KeyError:
            raise DomainError(_("Das Merkmal „%(key)s“ gibt es hier nicht.", key=str(key)[:60]), "household") from None
        except FactError as error:
            raise DomainError(error.said(spoken()), key) from error
        if value is not None:
            values[key] = value
    return values


def _text(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST_TEXT:
        message = _("Erwartet wird ein Text mit höchstens %(longest)s Zeichen.", longest=LONGEST_TEXT)
        raise DomainError(message, "text")
    return raw.strip()


def _profiles(raw: object) -> list[str]:
    known = {profile.key for profile in PROFILES}
    named = [str(key) for key in raw] if isinstance(raw, Iterable) else [str(raw)]
    if unknown := [key for key in named if key not in known]:
        raise DomainError(_("Das Profil „%(key)s“ gibt es nicht.", key=unknown[0][:40]), "profiles")
    return list(dict.fromkeys(named))


RENT_BANDS = (400, 500, 600, 700, 800, 1000)
"""Upper ends of bands of the highest warm rent in euro."""


def neighbourhoods_wanted(request: Request) -> list[str]:
    """Codes of the neighbourhoods the request names; none where all will do."""
    return [code for asked in request.requirements if asked.key == NEIGHBOURHOOD.key for code in asked.wanted]


def rent_band(request: Request) -> int:
    """The band its limit falls into; −1 above all bands or without a limit."""
    limits = [asked.wanted for asked in request.requirements if asked.key == money.RENT_WARM.key]
    return next((band for limit in limits for band in RENT_BANDS if limit <= band), -1)

"""The offer: rent, deposit, contract, and what is asked of a household as far as the law allows it."""

from dataclasses import dataclass
from typing import Any

from seed_data.making.calendar import moving_day
from seed_data.making.chance import Chance
from seed_data.making.city import Neighbourhood
from seed_data.making.houses import House

Facts = dict[str, Any]
MANY_FLATS = 50

# Net cold rents of occupancy-bound flats and factors of landlords on the Stadtteil's level.
_RENT_OF = {"municipal_company": 0.95, "cooperative": 0.9, "company": 1.0, "private_owner": 0.97}
_BOUND_NEW_RENT = 7.3
_PERMITS = {
    ("municipal_company", "new"): {"gMW": 4, "none": 1},
    ("municipal_company", ""): {"L": 5, "none": 4, "W": 1},
    ("company", "new"): {"none": 5, "gMW": 1},
    ("company", ""): {"L": 3, "none": 6},
    ("foundation", ""): {"none": 5, "pMW": 1},
    ("service_provider", ""): {"none": 5, "pMW": 1},
}
_WBS_AREAS = ((45, 1), (60, 2), (75, 3), (85, 4), (95, 5))


@dataclass(frozen=True)
class Owner:
    """The organisation as its record in `organisations.toml` has it."""

    id: str
    kind: str
    flats: int
    feed: str

    @property
    def lets_many(self) -> bool:
        """More than 50 dwellings: the whole of the equal treatment act applies (AGG § 19)."""
        return self.flats > MANY_FLATS


def terms(chance: Chance, owner: Owner, house: House, neighbourhood: Neighbourhood, area: float) -> Facts:
    """Every fact of the offer, as the contract will say."""
    permit = chance.pick(_PERMITS.get((owner.kind, house.name)) or _PERMITS.get((owner.kind, "")) or {"none": 1})
    cold = _net_cold(chance, owner, house, neighbourhood, area, permit)
    gross_cold = round(cold + area * chance.uniform(1.4, 1.95), 2)
    facts = {
        "rent_gross_cold_eur": gross_cold,
        "rent_warm_eur": round(gross_cold + area * chance.uniform(1.05, 1.7), 2),
        "available_from": moving_day(chance).isoformat(),
        "wbs_type": permit,
        "limited_to_months": 1200,
        "min_term_months": chance.pick({0: 6, 12: 2, 24: 1}),
        "pets_allowed": chance.yes(0.55),
        "smoking_allowed": chance.yes(0.6),
        "furnished": chance.yes(0.04),
        "conversion_consent": chance.pick({"open": 5, "agreed": 4, "refused": 1}),
        "community_room": house.with_services or chance.yes(0.06),
        "care_on_site": house.with_services and chance.yes(0.7),
        "night_assistance": house.with_services and chance.yes(0.2),
    }
    return facts | _contract(chance, owner, cold, area)


def _net_cold(
    chance: Chance, owner: Owner, house: House, neighbourhood: Neighbourhood, area: float, permit: str
) -> float:
    level = neighbourhood.rent * house.kind.rent * _RENT_OF.get(owner.kind, 1.0)
    if house.name == "new" and permit != "none":
        level = _BOUND_NEW_RENT
    small = 1.08 if area < 45 else 1.0
    return round(level * small * area * chance.uniform(0.94, 1.06), 2)


def _contract(chance: Chance, owner: Owner, cold: float, area: float) -> Facts:
    if owner.kind == "cooperative":
        shares = 160 * max(3, round(area / 9)) if owner.lets_many else round(area) * 60
        return {"tenure": "cooperative", "shares_eur": shares, "deposit_eur": 0}
    months = chance.pick({3: 6, 2: 3, 0: 1})
    return {"tenure": "rent", "shares_eur": 0, "deposit_eur": round(months * cold, 2)}


_KNOWN = {
    "rent_gross_cold_eur": 0.8, "rent_warm_eur": 0.88, "deposit_eur": 0.7, "shares_eur": 0.3, "available_from": 0.9,
    "tenure": 1, "wbs_type": 0.75, "limited_to_months": 0.3, "min_term_months": 0.2, "pets_allowed": 0.35,
    "smoking_allowed": 0.08, "furnished": 0.12, "conversion_consent": 0.3, "community_room": 0.08,
    "care_on_site": 0.05,
}  # fmt: skip
_WITH_SERVICES = {"community_room": 1, "care_on_site": 0.9, "night_assistance": 0.8, "conversion_consent": 0.6}


def known_terms(chance: Chance, facts: Facts, owner: Owner, house: House) -> Facts:
    """What the offer says: bound flats always name their permit, cooperatives their shares."""
    shares = _KNOWN | (_WITH_SERVICES if house.with_services else {})
    if facts["wbs_type"] != "none":
        shares |= {"wbs_type": 1, "rent_gross_cold_eur": 1}
    if owner.kind == "cooperative":
        shares |= {"shares_eur": 1}
    known = {key: facts[key] for key, share in shares.items() if chance.yes(share)}
    if owner.feed:  # nobody delivers that something costs nothing
        known = {key: value for key, value in known.items() if value or isinstance(value, bool)}
    return known


def demands(chance: Chance, owner: Owner, level: str, truth: Facts, offered: Facts) -> list[dict[str, Any]]:
    """What the offer asks of a household; each has its reason in the flat, the law or the terms."""
    asked = [_must("persons", [None, _most_persons(truth, offered)])] if chance.yes(0.6) else []
    if offered.get("wbs_type") in ("gMW", "pMW"):
        asked.append(_must("wbs_type", [offered["wbs_type"]]))
    if offered.get("shares_eur"):
        asked.append(_must("shares_available_eur", offered["shares_eur"]))
    elif offered.get("deposit_eur") and chance.yes(0.25):
        asked.append(_must("deposit_available_eur", offered["deposit_eur"]))
    if level == "R" and owner.kind in ("municipal_company", "cooperative", "foundation", "service_provider"):
        asked.append(_must("needs_wheelchair_home", True))
    if offered.get("pets_allowed") is False:
        asked.append(_must("pets", True))
    if offered.get("smoking_allowed") is False:
        asked.append({"key": "smokers", "wanted": True, "importance": "wish", "weight": 2})
    return asked


def _most_persons(truth: Facts, offered: Facts) -> int:
    """By the size rules of the housing permit where the flat is bound, else as many as there is room for."""
    if offered.get("wbs_type", "none") == "none":
        return int(truth["max_persons"]) + 1
    return next((persons for area, persons in _WBS_AREAS if truth["living_area_sqm"] <= area), 6)


def _must(key: str, wanted: Any) -> dict[str, Any]:
    return {"key": key, "wanted": wanted, "importance": "must"}

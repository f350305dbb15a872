"""The semantics once more in plain Python, slowly and obviously, to hold the engine against."""

import math

from matching.constants import CLAIM_LOG_ODDS, WORKS_HALVING_EUR
from matching.option_kinds import Near
from matching.requests import Evidence

CONSENT = {"refused": 0.0, "open": 0.5, None: 0.5, "agreed": 0.9}


def expected_score(market, request, offer, supply, settled=None):
    """Score of one request and one offer, with unknowns at their likelihood or settled to 0 or 1; a mapping settles
    only the seeker's unknowns of its keys."""
    chance, seeker, costs = _side(market, request.requirements, offer, supply, settled, market.criterion)
    others = None if isinstance(settled, dict) else settled
    other, provider, _ = _side(market, offer.demands, request, None, others, market.demand_criterion)
    chance *= 0.5 ** (max(0.0, sum(costs.values()) - request.works_means_eur) / WORKS_HALVING_EUR)
    if seeker is None or provider is None:
        wish = next((side for side in (seeker, provider) if side is not None), 1.0)
    else:
        wish = math.sqrt(seeker * provider)
    return chance * other * (0.5 + 0.5 * wish)


def expected_grades(market, request, offer, supply):
    """The grade of every requirement of the request, by its key."""
    asked = {item.key: item for item in request.requirements}
    return {key: _judge(market, market.criterion(key), item, offer, supply)[0] for key, item in asked.items()}


def likelihood_of_unknown(market, asked, row, supply):
    """How likely an unknown of the row turns out well, works apart; None where it is known."""
    grade, _, likelihood = _judge(market, market.criterion(asked.key), asked, row, supply)
    return likelihood if grade == "unknown" else None


def _side(market, requirements, other, supply, settled, criterion_of):
    chance, merit, weight, costs = 1.0, 0.0, 0.0, {}
    for asked in requirements:
        criterion = criterion_of(asked.key)
        grade, p, satisfaction = _judge(market, criterion, asked, other, supply)
        outcome = settled.get(asked.key) if isinstance(settled, dict) else settled
        if grade == "unknown" and outcome is not None:
            satisfaction = outcome
        if asked.must:
            needed, works, agreed = _works(market, criterion, grade, satisfaction, other)
            chance *= p if works is None else (1 - needed) + needed * agreed
            if works is not None:
                name = criterion.key if works.each else works.measure if len(criterion.adaptations) == 1 else "steps"
                costs[name] = max(costs.get(name, 0.0), needed * sum(works.cost_eur) / 2)
            elif grade == "unknown":
                chance *= satisfaction / p
        else:
            merit, weight = merit + asked.weight * satisfaction, weight + asked.weight
    return chance, merit / weight if weight else None, costs


def _works(market, criterion, grade, satisfaction, other):
    """How likely works are needed, the works (None for none), and how likely they come about if needed."""
    if grade not in ("adaptable", "unknown") or not hasattr(other, "facts"):
        return 0.0, None, 0.0
    value, _ = _found(criterion, other)
    start = None if value is None else criterion.fact.encode(value)
    if start is None and criterion.key == "steps_to_flat" and not other.facts.get("has_lift"):
        start = 16 * other.facts["floor"] if (other.facts.get("floor") or 0) > 0 else None
    consent = CONSENT[other.facts.get(market.consent.key)]
    possible = [works for works in criterion.adaptations if start is None or works.low <= start <= works.high]
    if not possible or not consent:
        return 0.0, None, 0.0
    return (1.0 if grade == "adaptable" else 1.0 - satisfaction), possible[0], consent


def _judge(market, criterion, asked, other, supply):
    value, claimed = _found(criterion, other)
    if any(other.facts.get(fact.key) == idle for fact, idle in criterion.idle_where if hasattr(other, "facts")):
        return "met", 1.0, 1.0
    gap = None if value is None else _gap(criterion, asked, value)
    if value is None or (asked.must and criterion.needs_evidence and claimed):
        likelihood = _likelihood(criterion, asked, supply)
        if value is not None:
            likelihood = _shift(likelihood, CLAIM_LOG_ODDS if gap <= asked.tolerance else -CLAIM_LOG_ODDS)
        return "unknown", likelihood, likelihood
    if isinstance(criterion, Near):
        satisfaction = {0: 1.0, 1: 0.6, 2: 0.25}.get(gap, 0.0)
    else:
        satisfaction = max(0.0, 1.0 - gap / criterion.reach)
    if gap <= asked.tolerance + 1e-9:
        return ("met" if gap <= 1e-9 else "nearly"), 1.0, satisfaction
    consent = CONSENT[other.facts.get(market.consent.key)] if hasattr(other, "facts") else 0.0
    reachable = any(works.low <= criterion.fact.encode(value) <= works.high for works in criterion.adaptations)
    return ("adaptable", consent, satisfaction) if reachable and consent else ("missed", 0.0, satisfaction)


def _likelihood(criterion, asked, supply):
    passed = known = 0
    for row in supply or ():
        value, claimed = _found(criterion, row)
        if any(row.facts.get(fact.key) == idle for fact, idle in criterion.idle_where):
            continue
        if value is not None and not (asked.must and criterion.needs_evidence and claimed):
            known += 1
            passed += _gap(criterion, asked, value) <= asked.tolerance + 1e-9
    return _shift((10 * criterion.prior + passed) / (10 + known), 0.0)


def _found(criterion, other):
    facts = other.facts if hasattr(other, "facts") else other.household
    value, key = facts.get(criterion.fact.key), criterion.fact.key
    own, whole = facts.get("private_area_sqm"), facts.get("living_area_sqm")
    if key == "living_area_sqm" and own is not None and (whole is None or own < whole):
        value, key = own, "private_area_sqm"
    if key == "rooms" and own is not None and whole is not None and own < min(whole, 30):
        value, key = 1, "private_area_sqm"
    levels = getattr(other, "evidence", {})
    return value, value is not None and Evidence.named(levels.get(key, "stated")) == Evidence.CLAIMED


def _gap(criterion, asked, value):
    kind = type(criterion).__name__
    fact = criterion.fact
    if kind == "Near":
        return min(fact.city.hops[fact.city.position[code], fact.city.position[value]] for code in asked.wanted)
    if kind == "OneOf":
        return 0.0 if value in asked.wanted else math.inf
    if kind == "Overlaps":
        return 0.0 if set(value) & set(asked.wanted) else math.inf
    if kind == "IsFalse":
        return float(asked.wanted and value)
    if kind == "IsTrue":
        return float(asked.wanted != value)
    low, high = {
        "AtLeast": (asked.wanted, None), "AtMost": (None, asked.wanted), "StepsAtMost": (None, asked.wanted),
        "NotLater": (None, asked.wanted)
    }.get(kind, asked.wanted)  # fmt: skip
    number = fact.encode(value)
    below = 0.0 if low is None else fact.encode(low) - number
    above = 0.0 if high is None else number - fact.encode(high)
    return max(below, above, 0.0)


def _shift(p, log_odds):
    p = min(max(p, 1e-4), 1 - 1e-4)
    odds = p / (1 - p) * math.exp(log_odds)
    return min(max(odds / (1 + odds), 1e-4), 1 - 1e-4)

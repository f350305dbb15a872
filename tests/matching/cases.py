"""Random but valid requests and supply rows over the whole catalogue, for Hypothesis.

Strategies are made once for each fact and criterion: one that is made for each example is checked anew each time, which
took most of the time of the tests.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache, wraps

from hypothesis import strategies as st

from matching import facts as kinds_of_facts
from matching.catalogue import HOMES
from matching.derived_kinds import StepFree
from matching.kinds import Within
from matching.option_kinds import Options, Overlaps, Resembles
from matching.requests import Request, Requirement, SupplyRow

PLAIN = [item for item in HOMES.criteria if not isinstance(item, Resembles | StepFree)]
TEXTS = st.sampled_from(["", "", "Wir kochen zusammen im Garten.", "Ruhiges Haus für Ältere", "Garten und Kinder"])
LEVELS = st.sampled_from(["claimed", "stated", "measured"])
KNOWN = st.booleans()
MEANS = st.sampled_from([0, 0, 2000, 9000])
JUDGED = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=5, unique_by=lambda item: item.key)
ASKED = st.lists(st.sampled_from(HOMES.demand_criteria), max_size=3, unique_by=lambda item: item.key)


@cache
def upto(most, least=0):
    return st.integers(least, most)


def once(make):
    """Decorator: makes it once for each fact or criterion. They are not hashable, and live as long as the catalogue."""
    made = {}

    @wraps(make)
    def remembered(item):
        if id(item) not in made:
            made[id(item)] = make(item)
        return made[id(item)]

    return remembered


@once
def values(fact):
    """Plausible values of one fact, few enough that requests and rows meet."""
    if isinstance(fact, kinds_of_facts.Measure):
        span = fact.high - fact.low
        return st.sampled_from([fact.low + round(span * part, 1) for part in (0, 0.1, 0.2, 0.3, 0.5, 1)])
    if isinstance(fact, kinds_of_facts.Flag):
        return st.booleans()
    if isinstance(fact, kinds_of_facts.Choices):
        return st.lists(st.sampled_from(list(fact.options)[:4]), min_size=1, max_size=3, unique=True).map(fact.read)
    if isinstance(fact, kinds_of_facts.Choice):
        return st.sampled_from(list(fact.options))
    if isinstance(fact, kinds_of_facts.Day):
        return st.integers(0, 120).map(lambda days: (date(2027, 1, 1) + timedelta(days)).isoformat())
    return st.sampled_from(fact.city.codes[:12])


def wanted(criterion):
    value = values(criterion.fact)
    if isinstance(criterion, Overlaps):
        return value
    if isinstance(criterion, Options):
        return st.lists(value, min_size=1, max_size=3, unique=True)
    if isinstance(criterion, Within):
        ends = st.tuples(st.none() | value, st.none() | value).filter(lambda pair: pair != (None, None))
        return ends.map(lambda pair: _in_order(criterion.fact, list(pair)))
    return value


def _in_order(fact, pair):
    return pair if None in pair else sorted(pair, key=fact.encode)


@once
def requirement(criterion):
    return st.builds(
        Requirement,
        key=st.just(criterion.key),
        wanted=wanted(criterion),
        importance=st.sampled_from(["must", "wish"]),
        weight=st.sampled_from([1, 2, 3]),
        tolerance=st.sampled_from([0, 0, 1, 5]),
    )


def requirements(draw, criteria, most):
    """Up to so many, some of them of one criterion."""
    return tuple(draw(requirement(criteria[draw(upto(len(criteria) - 1))])) for _ in range(draw(upto(most))))


def facts(draw, declared):
    """Values for some of the given facts; the missing ones are unknown."""
    plain = [fact for fact in declared if not isinstance(fact, kinds_of_facts.Text)]
    return {fact.key: draw(values(fact)) for fact in plain if draw(KNOWN)}


@st.composite
def markets(draw, most_rows=6, most_requests=1):
    """Requests and supply that speak of the same few criteria, so that every grade comes up."""
    judged, asked = draw(JUDGED), draw(ASKED)
    known = {fact.key: fact for item in judged for fact in item.facts} | {HOMES.consent.key: HOMES.consent}
    rows = [
        SupplyRow(
            f"o{number}",
            found := facts(draw, known.values()),
            {key: draw(LEVELS) for key in found if draw(KNOWN)},
            requirements(draw, asked, 3) if asked else (),
        )
        for number in range(draw(upto(most_rows, 1)))
    ]
    requests = [
        Request(
            f"r{number}",
            requirements(draw, judged, 5),
            facts(draw, [item.fact for item in asked]),
            works_means_eur=draw(MEANS),
        )
        for number in range(draw(upto(most_requests, 1)))
    ]
    return requests, rows


@st.composite
def markets_with_texts(draw, most_rows=4, most_requests=5):
    """Random cases in which some rows and requests have texts, some of them as an explicit must."""
    requests, rows = draw(markets(most_rows=most_rows, most_requests=most_requests))
    rows = [replace(row, text=draw(TEXTS)) for row in rows]
    requests = [replace(request, text=draw(TEXTS)) for request in requests]
    if draw(st.booleans()):
        alike = Requirement("self_description", "Kochen im Garten", draw(st.sampled_from(["must", "wish"])), 2, 0.7)
        requests[0] = replace(requests[0], requirements=(*requests[0].requirements, alike))
    return requests, rows

"""The version of a market names all rules that a stored match was made by, and nothing else."""

import subprocess
import sys
from dataclasses import replace

import pytest

from matching import constants, german_features, text_similarity
from matching.catalogue import HOMES, RESOURCES, SITES
from matching.frame import Frame
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow

MARKETS = [pytest.param(market, id=market.name) for market in (HOMES, SITES, RESOURCES)]
CHANGED = {float: lambda number: number * 1.5, int: lambda number: number + 1, tuple: lambda row: (*row[:-1], 0.123)}


def anew(market, **changes):
    """The same market, or with changes, as declared now."""
    return replace(market, **changes).version


@pytest.mark.parametrize("market", MARKETS)
def test_the_same_rules_have_the_same_version_in_every_process(market):
    program = f"from matching.catalogue import MARKETS; print(MARKETS['{market.name}'].version)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.strip() == anew(market) == market.version


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("name", [name for name, _ in constants.in_force()])
def test_a_number_of_the_rules_changes_it(market, name, monkeypatch):
    number = getattr(constants, name)
    monkeypatch.setattr(constants, name, CHANGED[type(number)](number))
    assert anew(market) != market.version


def test_grades_go_by_the_numbers_that_the_version_names(monkeypatch):
    def chance():
        rows = [SupplyRow("flat", {"inner_door_clear_width_cm": 80}, {"inner_door_clear_width_cm": "measured"})]
        request = Request("r", (Requirement("inner_door_clear_width_cm", 90),))
        return rank(request, Frame(HOMES, rows)).matches[0].score

    lowered = 2 ** (-2250 / 25_000)
    assert chance() == pytest.approx(0.5 * lowered)
    monkeypatch.setattr(constants, "CONSENT_CHANCE", (0.0, 0.25, 0.9))
    assert chance() == pytest.approx(0.25 * lowered)


def test_a_fact_that_nothing_judges_changes_it():
    judged = {fact.key for criterion in (*HOMES.criteria, *HOMES.demand_criteria) for fact in criterion.facts}
    unjudged = [fact.key for fact in (*HOMES.facts, *HOMES.household) if fact.key not in judged]
    assert HOMES.consent.key in unjudged
    versions = {anew(HOMES, **_without(key)) for key in unjudged}
    assert len(versions | {HOMES.version}) == len(unjudged) + 1


def _without(key):
    return {side: tuple(fact for fact in getattr(HOMES, side) if fact.key != key) for side in ("facts", "household")}


def test_an_adaptation_changes_it():
    criterion = next(criterion for criterion in HOMES.criteria if criterion.adaptations)
    works = replace(criterion.adaptations[0], cost_eur=(1, 2))
    dearer = replace(criterion, adaptations=(works, *criterion.adaptations[1:]))
    criteria = tuple(dearer if each is criterion else each for each in HOMES.criteria)
    assert anew(HOMES, criteria=criteria) != HOMES.version


def test_what_stands_for_a_permit_changes_it():
    assert anew(HOMES, permit=None) != HOMES.version


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (text_similarity, "LEAST_RARITY", 0.5),
        (german_features, "STEM_WEIGHT", 0.7),
        (german_features, "STOP_WORDS", frozenset({"und"})),
        (german_features, "_thesaurus_text", lambda: "garden: Garten\n"),
    ],
)
def test_what_makes_texts_alike_changes_it(module, name, value, monkeypatch):
    monkeypatch.setattr(module, name, value)
    assert anew(HOMES) != HOMES.version

"""Groups for a house: people who suit the house and each other, money and needs pooled."""

from itertools import combinations

import numpy as np
import pytest

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.proposals.affinity import affinities
from matching.proposals.group_search import best_group
from matching.proposals.groups import CareFund, form_groups
from matching.requests import Request, Requirement, SupplyRow

FUND = CareFund(per_person_eur=4180, most_eur=16720)
PROJECT = frozenset({"project"})


def seeker(name, hours=10, languages=("de",), text="", importance="wish", **household):
    requirements = (
        Requirement("community_hours_month", hours, "wish"),
        Requirement("languages", list(languages), importance),
    )
    return Request(name, requirements, household, text)


def house(name="Haus", places=3, **facts):
    return SupplyRow(name, {"free_places": places, "community_hours_month": 8, "languages": ["de", "en"], **facts})


def value(members, scores, suit, places):
    pairs = [suit[one, other] for one, other in combinations(members, 2)]
    return 0.0 if not pairs or min(pairs) <= 0 else sum(scores[list(members)]) * np.mean(pairs) / places


@pytest.mark.parametrize("seed", range(25))
def test_the_search_finds_nearly_what_trying_everything_finds(seed):
    generator = np.random.default_rng(seed)
    scores = generator.random(9) * (generator.random(9) > 0.2)
    suit = generator.random((9, 9)) * (generator.random((9, 9)) > 0.2)
    suit = np.minimum(suit, suit.T)
    np.fill_diagonal(suit, 1.0)
    usable = [place for place in range(9) if scores[place] > 0]
    every = (group for size in (2, 3, 4) for group in combinations(usable, size))
    optimum = max((value(group, scores, suit, 4) for group in every), default=0.0)
    found = best_group(scores, suit, 4)
    assert value(found, scores, suit, 4) >= 0.95 * optimum


def test_people_with_no_language_in_common_and_a_must_on_it_are_kept_apart():
    german, english = (seeker(code, languages=[code], importance="must") for code in ("de", "en"))
    both = seeker("both", languages=["de", "en"])
    suit = affinities([german, english, both], HOMES, PROJECT)
    assert suit[0, 1] == 0
    assert suit[0, 2] > 0.9


def test_similar_hours_and_texts_bring_people_together():
    cook = "Ich koche gern für alle und arbeite im Garten"
    people = [seeker("a", 10, text=cook), seeker("b", 12, text="Kochen im großen Garten"), seeker("c", 60, text="Ruhe")]
    suit = affinities(people, HOMES, PROJECT)
    assert suit[0, 1] > suit[0, 2]


def test_a_group_fills_the_house_and_pools_the_care_fund():
    people = [seeker(name, care_entitled=name != "a") for name in "abcd"]
    (group,) = form_groups(people, Frame(HOMES, [house(places=4)]), FUND)
    assert group.requests == ("a", "b", "c", "d")
    assert group.pooled_funding_eur == 3 * 4180
    crowd = [seeker(f"p{number}", care_entitled=True) for number in range(6)]
    (group,) = form_groups(crowd, Frame(HOMES, [house(places=6)]), FUND)
    assert group.pooled_funding_eur == 4 * 4180


def test_a_house_that_breaks_a_members_must_is_not_for_that_member():
    tied = Request("tied", (Requirement("rent_warm_eur", 300), Requirement("languages", ["de"], "wish")))
    frame = Frame(HOMES, [house(places=3, rent_warm_eur=500)])
    (group,) = form_groups([tied, seeker("a"), seeker("b")], frame, FUND)
    assert group.requests == ("a", "b")


def test_everybody_is_in_one_group_at_most_and_single_places_form_none():
    frame = Frame(HOMES, [house("groß", 4), house("klein", 2), house("allein", 1)])
    groups = form_groups([seeker(f"p{number}") for number in range(6)], frame, FUND)
    assert sorted(group.offer for group in groups) == ["groß", "klein"]
    members = [member for group in groups for member in group.requests]
    assert len(members) == len(set(members)) == 6
    assert form_groups([seeker("a")], frame, FUND) == ()

"""A list to look around in: the certain first, unknowns marked or left out as asked, and what stands in the way."""

from hypothesis import given, settings

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.listing import ListingQuery, counts_by, fit_of, listing
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow
from tests.matching.cases import markets

WIDE_DOORS = Requirement("inner_door_clear_width_cm", 90)
CHEAP = Requirement("rent_warm_eur", 600)


def frame_of(*rows: SupplyRow) -> Frame:
    return Frame(HOMES, rows)


def ids(found) -> list[str]:
    return [fit.offer for fit in found.page]


SOME = frame_of(
    SupplyRow("unknown", {"rent_warm_eur": 500}),
    SupplyRow("fits", {"rent_warm_eur": 590, "inner_door_clear_width_cm": 92}),
    SupplyRow("claimed", {"inner_door_clear_width_cm": 95}, {"inner_door_clear_width_cm": "claimed"}),
    SupplyRow("widen", {"rent_warm_eur": 500, "inner_door_clear_width_cm": 80}),
    SupplyRow("narrow", {"rent_warm_eur": 500, "inner_door_clear_width_cm": 60}),
    SupplyRow("dear", {"rent_warm_eur": 700, "inner_door_clear_width_cm": 92}),
    SupplyRow("both", {"rent_warm_eur": 700, "inner_door_clear_width_cm": 60}),
)


def test_what_suits_for_certain_comes_first_and_the_rest_says_why_not() -> None:
    found = listing(ListingQuery(Request("r", (WIDE_DOORS, CHEAP))), SOME)
    assert (found.total, found.certain) == (4, 1)
    assert ids(found)[0] == "fits"
    assert {fit.offer: fit.outlook.value for fit in found.page} == {
        "fits": "fits",
        "unknown": "clarify",
        "claimed": "clarify",
        "widen": "adapt",
    }


def test_a_must_asked_for_proven_leaves_out_the_unknown_and_the_adaptable() -> None:
    found = listing(ListingQuery(Request("r", (WIDE_DOORS, CHEAP)), frozenset({WIDE_DOORS.key})), SOME)
    assert ids(found) == ["fits"]


def test_each_must_tells_how_many_more_there_were_without_it() -> None:
    asked = Request("r", (WIDE_DOORS, CHEAP))
    assert listing(ListingQuery(asked), SOME).opens == {WIDE_DOORS.key: 1, CHEAP.key: 1}
    assert listing(ListingQuery(asked, frozenset({WIDE_DOORS.key})), SOME).opens == {WIDE_DOORS.key: 4, CHEAP.key: 1}
    without = listing(ListingQuery(Request("r", (CHEAP,))), SOME)
    assert without.total == 4 + 1


def test_pages_follow_one_another() -> None:
    asked = ListingQuery(Request("r", (CHEAP,)))
    whole = listing(asked, SOME)
    assert [ids(listing(asked, SOME, first, 2)) for first in (0, 2, 4, 6)] == [
        ids(whole)[:2],
        ids(whole)[2:4],
        ids(whole)[4:],
        [],
    ]


def test_only_the_given_rows_are_looked_at() -> None:
    found = listing(ListingQuery(Request("r", (CHEAP,)), only=("fits", "dear", "gone")), SOME)
    assert ids(found) == ["fits"]
    assert found.opens == {CHEAP.key: 1}


def test_a_demand_excludes_only_whom_it_is_known_to_exclude() -> None:
    frame = frame_of(SupplyRow("small", demands=(Requirement("persons", [None, 2]),)), SupplyRow("any"))
    assert set(ids(listing(ListingQuery(Request("r")), frame))) == {"small", "any"}
    assert ids(listing(ListingQuery(Request("r", household={"persons": 4})), frame)) == ["any"]
    fit = fit_of(Request("r"), frame, "small")
    assert fit is not None
    assert fit.outlook == "fits"
    refused = fit_of(Request("r", household={"persons": 4}), frame, "small")
    assert refused is not None
    assert refused.outlook == "misses"


def test_rows_are_counted_by_place() -> None:
    frame = frame_of(
        SupplyRow("a", {"district": "06", "rent_warm_eur": 500}),
        SupplyRow("b", {"district": "06"}),
        SupplyRow("c", {"district": "07", "rent_warm_eur": 900}),
        SupplyRow("d"),
    )
    district = HOMES.fact("district")
    assert counts_by(district, ListingQuery(Request("r")), frame) == {"06": 2, "07": 1, None: 1}
    assert counts_by(district, ListingQuery(Request("r", (CHEAP,))), frame) == {"06": 2, None: 1}


def test_a_row_that_is_not_there_has_no_fit() -> None:
    assert fit_of(Request("r"), SOME, "gone") is None


@settings(max_examples=60, deadline=None)
@given(markets())
def test_it_lists_what_a_ranking_lists_with_the_same_reasons(market) -> None:
    (request,), rows = market
    frame = frame_of(*rows)
    ranked = {match.offer: match for match in rank(request, frame, top=None).matches}
    found = listing(ListingQuery(request), frame, size=len(rows))
    assert {fit.offer: fit.reasons for fit in found.page} == {offer: match.reasons for offer, match in ranked.items()}
    assert [fit.outlook == "fits" for fit in found.page] == [place < found.certain for place in range(found.total)]
    assert all(fit_of(request, frame, fit.offer) == fit for fit in found.page)

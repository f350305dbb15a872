"""A new offer enters exactly the lists in which a full ranking would show it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.ranking import rank
from matching.request_index import RequestIndex
from matching.requests import Request, Requirement, SupplyRow
from matching.text_similarity import TextIndex
from matching.whatif.newcomers import bars_of, newcomers
from tests.matching.cases import markets_with_texts

CHEAP = Request("cheap", (Requirement("rent_warm_eur", 500, "wish", 3),))


@settings(max_examples=60, deadline=None)
@given(markets_with_texts(most_rows=6, most_requests=4), st.integers(1, 3), st.integers(0, 5))
def test_an_offer_enters_the_lists_that_a_full_ranking_shows_it_in(case, top, seed):
    requests, rows = case
    frame, index = Frame(HOMES, rows), RequestIndex(HOMES, requests)
    texts = TextIndex(frame.texts)
    for row in rows:
        bars = bars_of(index, frame, top, seed, leave_out=[row.id], texts=texts)
        found = {item.request: item for item in newcomers([row.id], frame, index, bars, texts=texts)}
        for request in requests:
            matches = {match.offer: match for match in rank(request, frame, top, seed, texts=texts).matches}
            assert (request.id in found) == (row.id in matches)
            if request.id in found:
                assert found[request.id].outlook == matches[row.id].outlook


def test_a_list_that_is_not_full_takes_every_offer_that_misses_nothing():
    frame = Frame(HOMES, [SupplyRow("first", {"rent_warm_eur": 400})])
    index = RequestIndex(HOMES, [CHEAP, Request("no", (Requirement("rent_warm_eur", 300),))])
    bars = bars_of(index, frame, top=2)
    frame.replace([SupplyRow("new", {"rent_warm_eur": 550})])
    (entered,) = newcomers(["new"], frame, index, bars)
    assert (entered.offer, entered.request, entered.bar) == ("new", "cheap", None)
    assert entered.sentence == "Das Angebot new gehört zu den besten für das Gesuch cheap, auf den Plätzen 1 bis 2."


def test_a_full_list_takes_only_what_is_better():
    frame = Frame(HOMES, [SupplyRow("first", {"rent_warm_eur": 520})])
    index = RequestIndex(HOMES, [CHEAP])
    bars = bars_of(index, frame, top=1)
    frame.replace([SupplyRow("dearer", {"rent_warm_eur": 540}), SupplyRow("cheaper", {"rent_warm_eur": 510})])
    assert [item.offer for item in newcomers(["dearer", "cheaper"], frame, index, bars)] == ["cheaper"]

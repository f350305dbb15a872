"""Lists of one outlook are the whole list without the others."""

import pytest

from matching.grading import Grade
from matching.outlook import Outlook
from matching.ranking import rank, rank_outlook
from tests.matching.test_top_k_search import frame_with_everything, requests_with_everything


@pytest.fixture(scope="module")
def city():
    stock, frame = frame_with_everything(0.4)
    return frame, requests_with_everything(stock, 8, 2)


@pytest.fixture(scope="module")
def whole(city):
    """The matches of each request, all of them."""
    frame, requests = city
    return [rank(request, frame, top=None).matches for request in requests]


@pytest.mark.parametrize("outlook", [Outlook.FITS, Outlook.CLARIFY, Outlook.ADAPT])
def test_a_list_of_one_outlook_is_the_whole_list_without_the_others(city, whole, outlook):
    frame, requests = city
    some = 0
    for request, matches in zip(requests, whole, strict=True):
        found = [match.offer for match in rank_outlook(request, frame, outlook, top=5).matches]
        assert found == [match.offer for match in matches if match.outlook is outlook][:5]
        some += len(found)
    assert some > 0


def test_those_that_miss_least_come_first(city):
    frame, requests = city
    for request in requests:
        missed = [
            sum(reason.importance == "must" and reason.grade == Grade.MISSED.name.lower() for reason in match.reasons)
            for match in rank_outlook(request, frame, Outlook.MISSES, top=50).matches
        ]
        assert missed == sorted(missed)
        assert 0 not in missed

"""A pair judged alone is judged as in the list."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from matching.catalogue import HOMES
from matching.explanation import Reader
from matching.frame import Frame
from matching.json_output import match_answer
from matching.ranking import match_of, rank
from matching.requests import Request
from matching.text_similarity import TextIndex
from tests.matching.cases import markets_with_texts


@settings(max_examples=60, deadline=None)
@given(markets_with_texts())
def test_one_pair_is_judged_as_in_the_list(case):
    requests, rows = case
    frame = Frame(HOMES, rows)
    texts = TextIndex(frame.texts)
    for request in requests:
        for listed in rank(request, frame, top=None, include_misses=True, texts=texts).matches:
            alone = match_of(request, frame, listed.offer, texts=texts)
            assert match_answer(alone, Reader.SEEKER) == match_answer(replace(listed, rank=1), Reader.SEEKER)


def test_there_is_no_pair_without_an_offer():
    with pytest.raises(KeyError):
        match_of(Request("request"), Frame(HOMES), "gone")

"""Many requests at once give the lists that they give one by one, on any number of processes."""

from types import SimpleNamespace

import numpy as np
import pytest

from matching import batch, worker_processes
from matching.batch import TOGETHER, rank_all, shortlist_all
from matching.ranking import TopKSearch, rank
from matching.requests import Request
from matching.worker_processes import ClusterError, opened, shared
from tests.matching.test_top_k_search import frame_with_everything, requests_with_everything


@pytest.fixture(scope="module")
def city():
    """A frame with demands and texts, and more requests than are judged together."""
    stock, frame = frame_with_everything(0.4)
    requests = [
        Request(f"{request.id}-{number}", request.requirements, request.household, request.text)
        for number, asked in enumerate((1, 6, 12, 21, 30, 12))
        for request in requests_with_everything(stock, asked, asked / 4)
    ]
    assert len(requests) > TOGETHER
    return frame, requests


def one_by_one(frame, requests):
    for request in requests:
        rows, scores = TopKSearch(request, frame).best(10, seed=5)
        yield request.id, [frame.ids[row] for row in rows], pytest.approx(scores.tolist())


def test_shortlists_are_those_of_single_searches(city):
    frame, requests = city
    found = shortlist_all(requests, frame, top=10, seed=5, n_jobs=1)
    assert [(item.request, list(item.offers), list(item.scores)) for item in found] == list(one_by_one(frame, requests))
    assert {item.considered for item in found} == {len(frame)}


def test_rankings_are_those_of_rank(city):
    frame, requests = city
    assert rank_all(requests[:9], frame, 5, seed=2) == [rank(request, frame, 5, seed=2) for request in requests[:9]]


def test_the_number_of_processes_changes_nothing(city, monkeypatch):
    frame, requests = city
    alone = shortlist_all(requests, frame, n_jobs=1), rank_all(requests[:12], frame, top=3, n_jobs=1)
    monkeypatch.setattr(batch, "WORTH_SECONDS", 0.0)
    assert (shortlist_all(requests, frame, n_jobs=2), rank_all(requests[:12], frame, top=3, n_jobs=2)) == alone


def test_progress_is_told_block_by_block(city, monkeypatch):
    frame, requests = city
    monkeypatch.setattr(batch, "BLOCK_SECONDS", 0.01)
    told = []
    shortlist_all(requests, frame, n_jobs=1, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(requests), len(requests))
    assert len(told) > 3
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_no_requests_give_no_lists(city):
    assert rank_all([], city[0]) == []


def test_few_requests_are_judged_together_where_levels_are_many(city, monkeypatch):
    frame, requests = city
    monkeypatch.setattr(batch, "CELLS", 5_000)
    sizes = [len(some) for some in batch._together(requests, frame)]
    assert sum(sizes) == len(requests)
    assert max(sizes) < TOGETHER


def test_a_frame_is_shared_without_a_copy_of_its_arrays(city):
    frame, requests = city
    with shared(frame) as path:
        held = opened(path)
        fact = frame.market.criterion(requests[0].requirements[0].key).fact
        column = held.values(fact)
        assert not column.flags.writeable
        assert not column.flags.owndata
        assert np.array_equal(column, frame.values(fact), equal_nan=True)
    assert not path.exists()


def test_a_missing_package_and_a_silent_cluster_are_named(city, monkeypatch):
    frame, requests = city

    def missing(name):
        raise ModuleNotFoundError(name)

    def silent(address, timeout):
        raise OSError("timed out")

    monkeypatch.setattr(worker_processes, "import_module", missing)
    with pytest.raises(ClusterError, match=r"wohnberatung\[cluster\]"):
        shortlist_all(requests[:1], frame, cluster="tcp://127.0.0.1:1")
    monkeypatch.setattr(worker_processes, "import_module", lambda name: SimpleNamespace(Client=silent))
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:1"):
        shortlist_all(requests[:1], frame, cluster="tcp://127.0.0.1:1")

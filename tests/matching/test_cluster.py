"""A real Dask cluster gives the lists of one process."""

import json

import pytest

from matching import batch
from matching.batch import rank_all, shortlist_all
from tests.infrastructure.cluster import running_cluster
from tests.matching.test_top_k_search import frame_with_everything, requests_with_everything
from tests.stateless.running import answered, must, wish


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with running_cluster(tmp_path_factory.mktemp("cluster")) as address:
        yield address


def test_a_cluster_gives_the_lists_of_one_process(cluster, monkeypatch):
    monkeypatch.setattr(batch, "BLOCK_SECONDS", 0.01)
    stock, frame = frame_with_everything(0.4)
    requests = requests_with_everything(stock, 12, 3)
    told = []
    lists = shortlist_all(requests, frame, 10, seed=5, cluster=cluster, progress=lambda *step: told.append(step))
    rankings = rank_all(requests[:5], frame, 5, seed=2, cluster=cluster)
    assert lists == shortlist_all(requests, frame, 10, seed=5, n_jobs=1)
    assert rankings == rank_all(requests[:5], frame, 5, seed=2, n_jobs=1)
    assert told[-1] == (len(requests), len(requests))
    assert len(told) > 1


def test_the_command_hands_its_work_to_a_cluster(cluster, tmp_path):
    requests = [
        {"id": f"r{n}", "requirements": [must("rent_warm_eur", 500 + n), wish("balcony", True)]} for n in range(4)
    ]
    offers = [{"id": f"o{n}", "facts": {"rent_warm_eur": 498 + n, "balcony": bool(n % 2)}} for n in range(6)]
    there = answered(tmp_path, "rank", "--cluster", cluster, requests=requests, offers=offers)
    assert there == json.loads(json.dumps(answered(tmp_path, "rank", "--jobs", "1", requests=requests, offers=offers)))

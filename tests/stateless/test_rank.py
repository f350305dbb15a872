"""`rank` on the command line: on one core or all, and the way to a cluster."""

import json

import pytest

from matching import worker_processes
from tests.stateless.running import must, run, wish

REQUESTS = [{"id": f"r{n}", "requirements": [must("rent_warm_eur", 500 + n), wish("balcony", True)]} for n in range(5)]
OFFERS = [{"id": f"o{n}", "facts": {"rent_warm_eur": 500 + n, "balcony": bool(n % 2)}} for n in range(6)]


def test_the_number_of_processes_changes_nothing(tmp_path):
    outputs = {run(tmp_path, "rank", "--jobs", jobs, requests=REQUESTS, offers=OFFERS) for jobs in ("1", "2", "-1")}
    ((code, out, errors),) = outputs
    assert (code, errors) == (0, "")
    assert [ranking["request"] for ranking in json.loads(out)["rankings"]] == [request["id"] for request in REQUESTS]


def test_a_cluster_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(worker_processes, "PATIENCE_SECONDS", 1)
    code, out, errors = run(tmp_path, "rank", "--cluster", "tcp://127.0.0.1:1", requests=REQUESTS, offers=OFFERS)
    assert (code, out) == (2, "")
    assert "luster" in errors


@pytest.mark.parametrize("options", [("--top", "0"), ("--seed", "-1"), ("--format", "xml"), ("--jobs", "-2")])
def test_an_option_out_of_range_is_refused(tmp_path, options):
    code, out, errors = run(tmp_path, "rank", *options, requests=REQUESTS, offers=OFFERS)
    assert (code, out) == (2, "")
    assert options[0] in errors

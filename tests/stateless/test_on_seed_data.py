"""Every command on a third of the invented city: answers of the agreed shape."""

from pathlib import Path
from typing import Any

import pytest

from seed_data.files import read_lines
from tests.stateless.running import answered

City = dict[str, list[dict[str, Any]]]

ANSWERS = {
    "rank": "rankings",
    "rank-requests": "rankings",
    "why-not": "why_not",
    "concessions": "concessions",
    "best-questions": "questions",
    "adaptation-advice": "advice",
    "scarcity": "scarcity",
    "gap": "gap",
    "allocate": "assignments",
    "form-groups": "groups",
    "duplicates": "duplicates",
    "likelihoods": "likelihoods",
}


@pytest.fixture(scope="module")
def city() -> City:
    return {
        "requests": [request_of(record) for record in read_lines("requests.jsonl")[:25]],
        "offers": [offer_of(record) for record in read_lines("dwellings.jsonl")[::3]],
    }


def offer_of(record: dict[str, Any]) -> dict[str, Any]:
    """What is known best of a dwelling and its offer, in the terms of the contract."""
    facts: dict[str, Any] = {}
    evidence: dict[str, str] = {}
    strength = ["claimed", "stated", "measured"]
    for batch in sorted(
        [*record["facts"], *record["offer"]["facts"]], key=lambda batch: strength.index(batch["level"])
    ):
        facts |= batch["facts"]
        evidence |= dict.fromkeys(batch["facts"], batch["level"])
    address = {key: record[key] for key in ("street", "house_number", "postcode", "unit")}
    demands = record["offer"]["demands"]
    return {"id": record["id"], "facts": facts, "evidence": evidence, "demands": demands, "address": address}


def request_of(record: dict[str, Any]) -> dict[str, Any]:
    needs = record["needs"]
    return {"id": record["id"], **{key: needs[key] for key in ("requirements", "household", "text") if key in needs}}


@pytest.mark.parametrize("command", ANSWERS)
def test_a_command_answers_for_the_invented_city(city: City, command: str, tmp_path: Path) -> None:
    answer = answered(tmp_path, command, **city)
    assert answer["engine"]["catalogue"].startswith("homes-")
    assert ANSWERS[command] in answer


def test_most_of_the_invented_households_find_something(city: City, tmp_path: Path) -> None:
    rankings = answered(tmp_path, "rank", "--top", "5", **city)["rankings"]
    assert sum(bool(ranking["matches"]) for ranking in rankings) > 0.8 * len(rankings)
    assert {ranking["considered"] for ranking in rankings} == {len(city["offers"])}

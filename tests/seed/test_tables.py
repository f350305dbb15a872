"""The dated tables: every amount has its source, disputes are marked, funding named by the engine exists."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from matching.catalogue import HOMES
from seed_data.files import read_table

PARAMETERS = read_table("parameters.csv")
PROGRAMS = read_table("funding_programs.csv")
TODAY = "2026-11-22"


def valid_today(row: dict[str, str]) -> bool:
    return (row["valid_from"] or "0") <= TODAY <= (row["valid_to"] or "9")


def test_every_row_has_dates_a_source_and_a_mark() -> None:
    for row in [*PARAMETERS, *PROGRAMS]:
        assert row["source"], row["key"]
        assert row["status"] in ("verified", "to_verify"), row["key"]
        for column in ("valid_from", "valid_to", "checked_on"):
            assert not row[column] or date.fromisoformat(row[column]), row["key"]


def test_what_rests_on_general_knowledge_is_to_be_verified() -> None:
    for row in [*PARAMETERS, *PROGRAMS]:
        assert row["status"] == "to_verify" or "ohne Quelle" not in row["source"], row["key"]


def test_no_two_values_of_one_amount_are_valid_on_the_same_day() -> None:
    periods = defaultdict(list)
    for row in PARAMETERS:
        periods[row["key"], row["alternative"]].append((row["valid_from"] or "0", row["valid_to"] or "9"))
    for key, spans in periods.items():
        for (_begin, end), (begin, _end) in pairwise(sorted(spans)):
            assert end < begin, key


def test_disputed_amounts_are_both_there_and_marked() -> None:
    disputed = [row for row in PARAMETERS if row["alternative"] != "0"]
    assert {row["key"] for row in disputed} >= {f"kdu_gross_cold_{persons}" for persons in (1, 2, 3, 4)}
    for row in disputed:
        ours = [one for one in PARAMETERS if one["key"] == row["key"] and one["alternative"] == "0"]
        assert ours
        assert all(one["value"] != row["value"] for one in ours)
        assert {one["status"] for one in [*ours, row]} == {"to_verify"}


def test_every_programme_that_the_engine_names_is_explained() -> None:
    named = {
        program
        for criterion in HOMES.criteria
        for adaptation in criterion.adaptations
        for program in adaptation.funding
    }
    assert named <= {row["key"] for row in PROGRAMS if valid_today(row)}
    for row in PROGRAMS:
        assert all(row[column] for column in ("name", "what", "amount", "conditions", "steps")), row["key"]


def test_costs_of_works_agree_with_the_engine() -> None:
    """The engine's ranges are declared with the works; the table adds where they come from."""
    ranges = {row["key"]: (row["value"], row["value_high"]) for row in PARAMETERS}
    for criterion in HOMES.criteria:
        for adaptation in criterion.adaptations:
            assert ranges[f"cost_{adaptation.measure}"] == tuple(map(str, adaptation.cost_eur)), adaptation.measure

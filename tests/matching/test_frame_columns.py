"""A frame of whole columns is the frame of the same rows."""

import numpy as np

from benchmarks.supply import make_stock
from matching.catalogue import HOMES
from matching.frame import Frame
from matching.ranking import rank
from matching.requests import Evidence, Request, Requirement, SupplyRow
from matching.supply_columns import encoded

ROWS = [
    SupplyRow("a", {"has_lift": True, "wbs_type": "gMW"}, {"has_lift": "measured"}),
    SupplyRow("b", {"has_lift": False, "wbs_type": "none"}, demands=(Requirement("pets", True),)),
    SupplyRow("c", {"has_lift": True}, {"has_lift": "claimed"}, demands=(Requirement("wbs", False),)),
]
REQUEST = Request("r", (Requirement("has_lift", True, "wish"),), {"wbs": False, "pets": True})


def column_frame(demands):
    facts = [HOMES.fact(key) for key in ("has_lift", "wbs_type")]
    values = {fact.key: np.array([fact.encode(row.facts.get(fact.key)) for row in ROWS]) for fact in facts}
    levels = [Evidence.named(row.evidence.get("has_lift", "stated")) for row in ROWS]
    return Frame.from_columns(HOMES, [row.id for row in ROWS], values, {"has_lift": np.array(levels)}, demands=demands)


def test_columns_and_rows_rank_alike():
    by_columns = column_frame({row.id: row.demands for row in ROWS if row.demands})
    assert rank(REQUEST, by_columns, include_misses=True) == rank(REQUEST, Frame(HOMES, ROWS), include_misses=True)


def test_without_demands_columns_ask_nothing():
    assert column_frame(None).demand_columns() == {}


def test_values_are_encoded_together_as_each_by_itself():
    stock = make_stock(400, 0.3)
    for fact in HOMES.facts:
        if fact.key in stock.values:
            values = [fact.decode(code) for code in stock.values[fact.key].tolist()]
            assert np.array_equal(encoded(fact, values), [fact.encode(value) for value in values], equal_nan=True)


def test_rows_that_share_their_demands_ask_what_each_asks_by_itself():
    shared = (Requirement("pets", True), Requirement("wbs", False))
    asked = {"a": shared, "c": shared, "d": (Requirement("pets", False),)}
    restriction = {"wbs_type": np.array([np.nan, 1.0, 1.0, 0.0, np.nan])}
    columns = Frame.from_columns(HOMES, list("abcde"), restriction, demands=asked).demand_columns()
    fact = HOMES.fact("wbs_type")
    rows = [
        SupplyRow(name, {"wbs_type": fact.decode(code)}, demands=asked.get(name, ()))
        for name, code in zip("abcde", restriction["wbs_type"].tolist(), strict=True)
    ]
    alone = Frame(HOMES, rows).demand_columns()
    assert list(columns) == list(alone)
    for key, column in columns.items():
        said = [[None, *each.requirements] for each in (column, alone[key])]
        together, one_by_one = (
            [words[code] for code in each.codes(5)] for words, each in zip(said, (column, alone[key]), strict=True)
        )
        assert together == one_by_one

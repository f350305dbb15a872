"""A frame of whole columns is the frame of the same rows."""

import numpy as np

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.ranking import rank
from matching.requests import Evidence, Request, Requirement, SupplyRow

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

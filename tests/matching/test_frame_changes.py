"""A frame kept current in place answers like one made anew, at a cost that goes with the change."""

import tracemalloc

import numpy as np
import pytest

from benchmarks.asking import make_requests
from benchmarks.supply import make_stock
from matching.catalogue import HOMES
from matching.frame import Frame
from matching.option_kinds import Resembles
from matching.ranking import rank
from matching.requests import Evidence, Request, Requirement, SupplyRow

JUDGED = [criterion for criterion in HOMES.criteria if not isinstance(criterion, Resembles)]


def rows_of(stock):
    """The stock as rows; every third asks something, every fourth has written a text."""
    known = {key: ~np.isnan(column) for key, column in stock.values.items()}
    return [
        SupplyRow(
            row_id,
            {key: HOMES.fact(key).decode(float(stock.values[key][row])) for key in known if known[key][row]},
            {key: Evidence(int(stock.evidence[key][row])).name.lower() for key in known if known[key][row]},
            (Requirement("persons", [1, 1 + row % 5], "must" if row % 2 else "wish"),) if row % 3 == 0 else (),
            "wir kochen gemeinsam" if row % 4 == 0 else "",
        )
        for row, row_id in enumerate(stock.ids)
    ]


def lists(frame, requests):
    return [
        [(match.offer, round(match.score, 9), match.outlook, [reason.evidence for reason in match.reasons])
         for match in rank(request, frame, seed=3).matches]
        for request in requests
    ]  # fmt: skip


def test_rounds_of_changes_lead_to_the_same_lists_as_a_frame_made_anew():
    stock = make_stock(1_600, 0.4)
    rows = rows_of(stock)
    asked = make_requests(stock, 6, 12, 4.0)
    requests = [Request(item.id, item.requirements, {"persons": 2, "wbs": True}, "kochen") for item in asked]
    current = {row.id: row for row in rows[:600]}
    frame = Frame(HOMES, current.values())
    rng = np.random.default_rng(0)
    for _ in range(5):
        lists(frame, requests)  # levels are coded before the change
        gone = rng.choice(list(current), 40, replace=False).tolist()
        moved = [SupplyRow(row_id, row.facts, row.evidence, row.demands, row.text) for row_id, row in
                 zip(rng.choice(list(current), 60, replace=False).tolist(), rows[600:660], strict=True)]  # fmt: skip
        added = [rows[index] for index in rng.choice(np.arange(600, 1_600), 150, replace=False)]
        frame.drop(gone)
        frame.replace([*moved, *added])
        current = {key: row for key, row in current.items() if key not in gone}
        current |= {row.id: row for row in (*moved, *added)}
        assert lists(frame, requests) == lists(Frame(HOMES, current.values()), requests)


def warm_frame(size):
    """A frame that has answered questions by every criterion and has been changed before."""
    stock = make_stock(size, 0.4)
    rows = rows_of(make_stock(300, 0.4))
    frame = Frame.from_columns(HOMES, stock.ids, stock.values, stock.evidence)
    for criterion in JUDGED:
        frame.level_column(criterion)
    frame.replace(rows)
    frame.replace([SupplyRow("new", rows[0].facts)])
    return frame, rows


def peak_of(change):
    tracemalloc.start()
    try:
        change()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("change", ["replace", "append", "drop"])
def test_a_change_touches_no_more_of_a_large_stock_than_of_a_small_one(change):
    peaks = []
    for size in (4_000, 40_000):
        frame, rows = warm_frame(size)
        fresh = [SupplyRow(f"fresh{index}", row.facts, row.evidence) for index, row in enumerate(rows[:100])]
        action = {
            "replace": lambda frame=frame, rows=rows: frame.replace(rows[100:200]),
            "append": lambda frame=frame, fresh=fresh: frame.replace(fresh),
            "drop": lambda frame=frame: frame.drop(frame.ids[:100]),
        }[change]
        peaks.append(peak_of(action))
        column = frame.level_column(JUDGED[0])
        assert len(column.codes(len(frame))) == len(frame)
    assert peaks[1] < 1.5 * peaks[0] + 40_000

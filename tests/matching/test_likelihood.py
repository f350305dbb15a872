"""Likelihoods of unknown facts: better than base rates where facts hang together, base rates where nothing is known."""

import subprocess
import sys

import numpy as np
import pytest

from benchmarks.__main__ import main
from matching.catalogue import HOMES
from matching.frame import Frame
from matching.grading import RequirementBatch, judge
from matching.learning.likelihood import LEAST_KNOWN, lean_on, learn
from matching.ranking import rank
from matching.requests import Request, Requirement

SIZE = 1_500
SHOWER = HOMES.criterion("shower_level")
DOOR = HOMES.criterion("inner_door_clear_width_cm")
BATHTUB = HOMES.criterion("has_bathtub")
LEARNED = {SHOWER.key, DOOR.key, BATHTUB.key}


def made(size, seed=0, known=0.5):
    """Columns of a stock in which showers, tubs and doors go by the year, quiet by nothing; and how it really is."""
    rng = np.random.default_rng(seed)
    year = rng.integers(1890, 2027, size).astype(float)
    newer = (year - 1960) / 25
    shower = (rng.random(size) < 1 / (1 + np.exp(-newer))).astype(float)
    truth = {
        "shower_level": shower,
        "has_bathtub": ((rng.random(size) < 0.15) | (shower == 0)).astype(float),
        "inner_door_clear_width_cm": np.clip(np.round(80 + 4 * newer + rng.normal(0, 4, size)), 40, 200),
        "quiet_location": (rng.random(size) < 0.4).astype(float),
    }
    columns = {"year_built": year, "floor": rng.integers(0, 6, size).astype(float)}
    columns |= {key: np.where(rng.random(size) < known, column, np.nan) for key, column in truth.items()}
    columns["year_built"] = np.where(rng.random(size) < 0.9, year, np.nan)
    return columns, truth


def framed(columns):
    size = len(columns["floor"])
    return Frame.from_columns(HOMES, [f"w{number}" for number in range(size)], columns)


@pytest.fixture(scope="module")
def stock():
    columns, truth = made(SIZE)
    frame = framed(columns)
    return columns, truth, frame, {result.criterion.key: result for result in learn(frame)}


def test_unknown_facts_are_foretold_better_than_by_the_base_rate_and_calibrated(stock):
    columns, truth, _, learned = stock
    assert {key for key, result in learned.items() if result.leans} == LEARNED
    for key in LEARNED:
        result = learned[key]
        unknown = np.isnan(columns[key])
        outcome = truth[key][unknown] >= result.parting
        foretold = result.probabilities()[unknown]
        assert ((outcome - foretold) ** 2).mean() < 0.85 * ((outcome - result.base) ** 2).mean()
        assert result.brier < result.base_brier
        for part in np.array_split(np.argsort(foretold, kind="stable"), 3):
            assert abs(foretold[part].mean() - outcome[part].mean()) < 0.13


def test_what_hangs_on_nothing_keeps_its_base_rate(stock):
    result = stock[3]["quiet_location"]
    assert result.known > LEAST_KNOWN
    assert not result.leans


def test_known_facts_are_untouched(stock):
    columns, _, frame, learned = stock
    request = Request("r", (Requirement("shower_level", True), Requirement("inner_door_clear_width_cm", 84, "wish")))
    before = {match.offer: match for match in rank(request, frame, top=None).matches}
    lean_on(frame, learned.values())
    after = {match.offer: match for match in rank(request, frame, top=None).matches}
    assert before.keys() == after.keys()
    known = ~np.isnan(columns["shower_level"]) & ~np.isnan(columns["inner_door_clear_width_cm"])
    names = np.array(frame.ids)
    assert all(before[name].score == after[name].score for name in names[known] if name in before)
    assert any(before[name].score != after[name].score for name in names[~known] if name in before)
    for key in LEARNED:
        assert not learned[key].lean[~np.isnan(columns[key])].any()
        assert set((learned[key].lean * 4) % 1) == {0.0}


def test_who_wants_it_not_to_be_so_sees_the_opposite(stock):
    _, _, frame, learned = stock
    lean_on(frame, learned.values())
    levels = frame.level_column(BATHTUB).levels()
    asked = RequirementBatch.of(BATHTUB, [Requirement("has_bathtub", True), Requirement("has_bathtub", False)])
    wanted, unwanted = judge(BATHTUB, asked, levels).p[:, np.isnan(levels.value)]
    order = np.argsort(levels.lean[np.isnan(levels.value)])
    assert (np.diff(wanted[order]) >= 0).all()
    assert (np.diff(unwanted[order]) <= 0).all()
    assert wanted.max() > wanted.min()


def test_thin_data_leave_every_score_as_the_base_rates_have_it():
    columns, _ = made(LEAST_KNOWN, known=0.7)
    frame, plain = framed(columns), framed(columns)
    learned = learn(frame)
    assert not any(result.leans for result in learned)
    lean_on(frame, learned)
    request = Request("r", (Requirement("shower_level", True), Requirement("has_bathtub", False, "wish")))
    assert rank(request, frame, top=None) == rank(request, plain, top=None)


def test_the_same_stock_gives_the_same_likelihoods():
    columns, _ = made(500, seed=3)
    few = {key: columns[key] for key in ("year_built", "floor", "shower_level")}
    one, other = learn(framed(few)), learn(framed(few))
    assert any(result.leans for result in one)
    for first, second in zip(one, other, strict=True):
        assert np.array_equal(first.lean, second.lean)


def test_further_columns_about_the_dwelling_may_decide():
    rng = np.random.default_rng(5)
    landlord = rng.integers(0, 3, 400).astype(float)
    shower = (rng.random(400) < np.array([0.1, 0.5, 0.9])[landlord.astype(int)]).astype(float)
    half = np.where(np.arange(400) % 2 == 0, shower, np.nan)
    frame = framed({"floor": np.zeros(400), "shower_level": half})
    without = next(result for result in learn(frame) if result.criterion is SHOWER)
    told = next(result for result in learn(frame, {"landlord": landlord}) if result.criterion is SHOWER)
    assert not without.leans
    means = [told.lean[np.isnan(half) & (landlord == kind)].mean() for kind in range(3)]
    assert means == sorted(means)
    assert means[0] < -1 < 1 < means[2]


def test_the_benchmark_prints_brier_scores(capsys):
    main(["--quick", "--parts", "likelihoods"])
    assert "Brier, base rate" in capsys.readouterr().out


def test_nothing_heavy_is_imported_before_something_is_learned():
    program = "import sys, matching.learning.likelihood; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

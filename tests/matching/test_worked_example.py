"""The example in docs/matching.md is what the engine says."""

from pathlib import Path

import pytest

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.json_input import read_offers, read_requests
from matching.ranking import rank

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_example_to_follow_by_hand_holds():
    (request,) = read_requests((DOCS / "examples/requests.json").read_bytes(), HOMES)
    frame = Frame(HOMES, read_offers((DOCS / "examples/offers.json").read_bytes(), HOMES))
    matches = {match.offer: match for match in rank(request, frame).matches}
    assert list(matches) == ["B", "A", "C"]
    doors = (10 * 0.3 + 2) / (10 + 3)
    balcony = (10 * 0.6 + 2) / (10 + 3)
    lowered = 0.5 ** (2250 / 25_000)
    assert matches["B"].score == pytest.approx(0.9 * lowered)
    assert matches["A"].score == pytest.approx(0.5 + 0.5 * 0.2)
    own = (1 - doors) * 2250
    chance = (doors + (1 - doors) * 0.5) * 0.5 ** (own / 25_000)
    assert matches["C"].score == pytest.approx(chance * (0.5 + 0.5 * (2 * balcony + 0.6) / 3))
    assert matches["C"].worst == pytest.approx(0.5 * lowered * (0.5 + 0.5 * 0.6 / 3))
    assert matches["C"].best == pytest.approx(0.5 + 0.5 * 2.6 / 3)
    page = (DOCS / "matching.md").read_text(encoding="utf-8")
    assert all(f"**{match.score:.2f}**" in page for match in matches.values())

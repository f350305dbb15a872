"""What is known of the published homes: of every fact how many say it, from whom, and how many leave it open."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import HOMES
from matching.facts import Text
from matching.frame import Frame
from matching.requests import Evidence
from wohnberatung.bridge.frames import read_supply
from wohnberatung.planning.cubes import ALL, BY_KEY
from wohnberatung.planning.services.categories import UNKNOWN
from wohnberatung.planning.services.counting import Coordinates, CountedPopulation, Rows

CUBE = BY_KEY["bestand"]
LEVELS: Mapping[str, Evidence] = {
    "measured": Evidence.MEASURED,
    "stated": Evidence.STATED,
    "claimed": Evidence.CLAIMED,
    UNKNOWN: Evidence.NONE,
}


def stock() -> CountedPopulation:
    """All published offers, column by column: a city has a hundred thousand of them."""
    return stock_of(read_supply().frame)


def stock_of(frame: Frame) -> CountedPopulation:
    """The offers of a frame."""
    everywhere: NDArray[np.intp] = np.arange(len(frame), dtype=np.intp)
    found: dict[tuple[Coordinates, str], NDArray[np.intp]] = {((ALL, ALL), "all"): everywhere}
    for fact in HOMES.facts:
        if isinstance(fact, Text):
            continue
        known = frame.evidence(fact)
        for name, level in LEVELS.items():
            found[(fact.key, name), "all"] = np.flatnonzero(known == level)
        found[(fact.key, ALL), "all"] = everywhere
    for name in LEVELS:
        each = [rows for ((_fact, level), _measure), rows in found.items() if level == name]
        found[(ALL, name), "all"] = np.unique(np.concatenate(each))
    rows: Rows = found
    return CountedPopulation(list(frame.ids), {CUBE.key: rows})

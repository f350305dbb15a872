"""Use cases of doubles."""

from wohnberatung.doubles.services.deciding import (
    PairSheet,
    keep_apart,
    merge,
    pair_sheet,
    pairs_for_list,
    undo,
)
from wohnberatung.doubles.services.finding import SUBJECTS, keep, search

__all__ = ["SUBJECTS", "PairSheet", "keep", "keep_apart", "merge", "pair_sheet", "pairs_for_list", "search", "undo"]

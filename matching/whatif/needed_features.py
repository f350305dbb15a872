"""Who needs what an offer is known to have: for a home that was adapted, and is to go to those who need that first.

A request needs a feature if it has it as a must, and counts where the offer misses nothing for it. Households appear
only by what they need of a home.
"""

from collections.abc import Collection

import numpy as np

from matching.frame import Frame
from matching.grading import Grade
from matching.offer_against_requests import judge_offer
from matching.request_index import RequestIndex


def needed_features(offer: str, frame: Frame, index: RequestIndex, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By the id of the request, in the order of the index: which of the criteria with these keys it needs and the offer
    is known to have; without requests that need none of them. KeyError where there is no such offer."""
    row = frame.position[offer]
    listed = judge_offer(index, frame, row).positions
    needs: dict[int, dict[str, None]] = {}
    for column in index.columns:
        if not column.excludes or column.criterion.key not in keys:
            continue
        term = column.term(frame, row)
        had = term.must & (term.grade >= Grade.NEARLY) & ~term.levels.idle[0]
        had[0] = False  # who asks nothing needs nothing
        for position in listed[np.take(had, np.take(column.codes, listed))].tolist():
            needs.setdefault(position, {})[column.criterion.key] = None
    return {index.ids[position]: tuple(needs[position]) for position in sorted(needs)}

"""Own offers, drafts among them, against everybody who seeks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.frame import Frame
from matching.grading import Grade
from matching.offer_against_requests import OfferAgainstRequests, judge_offer
from matching.outlook import count_musts, graded_musts
from matching.request_index import RequestIndex
from wohnberatung.bridge.frames import frame_of_offers
from wohnberatung.seekers.services import Sought, requests_sought

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Market:
    """Some offers as a frame, and all requests as an index; `sought` in the order of the index."""

    frame: Frame
    index: RequestIndex
    sought: tuple[Sought, ...]

    def facing(self, offer_id: str) -> OfferAgainstRequests:
        """One offer against all requests."""
        return judge_offer(self.index, self.frame, self.frame.position[offer_id])


def market_of(offer_ids: Sequence[str]) -> Market:
    """For offers in any state; at least one."""
    sought = requests_sought()
    return Market(frame_of_offers(offer_ids), sought.index, sought.each)


def possible(facing: OfferAgainstRequests) -> Mask:
    """Shape (requests,): nothing is missed and nothing would have to be built; questions may be open."""
    result: Mask = np.zeros(len(facing.index), dtype=bool)
    listed = facing.positions
    result[listed[count_musts(facing.musts, listed, Grade.ADAPTABLE) == 0]] = True
    return result


def unknown_musts(facing: OfferAgainstRequests) -> dict[str, Mask]:
    """By fact key, shape (requests,): a must of the request cannot be judged, as the fact is not known."""
    found: dict[str, Mask] = {}
    for term in facing.musts:
        states = graded_musts(term, Grade.UNKNOWN)
        if term.side == "seeker" and states.any():
            mask = np.take(states, term.codes)
            key = term.criterion.key
            found[key] = found[key] | mask if key in found else mask
    return found

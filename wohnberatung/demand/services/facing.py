"""Own offers, drafts among them, against everybody who seeks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.frame import Frame
from matching.grading import Grade
from matching.mirror import Facing, face
from matching.stack import RequestStack
from matching.whatif.outlooks import falls_short
from wohnberatung.bridge.supply import frame_of_offers
from wohnberatung.seekers.services import Sought, requests_sought

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Market:
    """Some offers as a frame, and all requests as a stack; `sought` in the order of the stack."""

    frame: Frame
    stack: RequestStack
    sought: tuple[Sought, ...]

    def facing(self, offer_id: str) -> Facing:
        """One offer against all requests."""
        return face(self.stack, self.frame, self.frame.position[offer_id])


def market_of(offer_ids: Sequence[str]) -> Market:
    """For offers in any state; at least one."""
    sought = requests_sought()
    return Market(frame_of_offers(offer_ids), sought.stack, sought.each)


def possible(facing: Facing) -> Mask:
    """Shape (requests,): nothing is missed and nothing would have to be built; questions may be open."""
    result: Mask = np.zeros(len(facing.stack), dtype=bool)
    places = facing.places
    result[places[~falls_short(facing.musts, Grade.ADAPTABLE, places)]] = True
    return result


def unknown_musts(facing: Facing) -> dict[str, Mask]:
    """By fact key, shape (requests,): a must of the request cannot be judged, as the fact is not known."""
    found: dict[str, Mask] = {}
    for term in facing.musts:
        states = term.must & (term.grade == Grade.UNKNOWN)
        if term.side == "seeker" and states.any():
            mask = np.take(states, term.codes)
            key = term.criterion.key
            found[key] = found[key] | mask if key in found else mask
    return found

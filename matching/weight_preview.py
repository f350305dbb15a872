"""What other weights would do to people's lists, before anybody decides: who enters, who leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.frame import Frame
from matching.ranking import rank
from matching.requests import Request
from matching.text import TextIndex
from matching.weights import HAND_SET, Weights, weighed


@dataclass(frozen=True)
class ListChange:
    """One request's list under the present and the other weights, ids in order."""

    request: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def entering(self) -> tuple[str, ...]:
        return tuple(offer for offer in self.after if offer not in self.before)

    @property
    def leaving(self) -> tuple[str, ...]:
        return tuple(offer for offer in self.before if offer not in self.after)


def preview(
    weights: Weights, requests: Sequence[Request], frame: Frame, top: int = 10, present: Weights = HAND_SET
) -> list[ListChange]:
    """The lists that would change in members or order, in the order of the requests."""
    texts = TextIndex(frame.texts)

    def listed(request: Request, by: Weights) -> tuple[str, ...]:
        matches = rank(weighed(request, by, frame.market), frame, top, texts=texts).matches
        return tuple(match.offer for match in matches)

    changes = [ListChange(request.id, listed(request, present), listed(request, weights)) for request in requests]
    return [change for change in changes if change.before != change.after]

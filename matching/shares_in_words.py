"""Shares from 0 to 1 as people say them: how likely something is, how alike two texts are.

A number would claim a precision that nobody has, and says less: "sehr unwahrscheinlich" is read by everybody alike.
"""

from collections.abc import Sequence

from matching.constants import SIMILAR_TEXTS
from matching.language import mark

Scale = Sequence[tuple[float, str]]
"""(below which share, German word), the lowest first; the last word also stands for a share of 1."""

LIKELY: Scale = (
    (0.1, mark("sehr unwahrscheinlich")),
    (0.35, mark("eher unwahrscheinlich")),
    (0.65, mark("ungewiss")),
    (0.9, mark("eher wahrscheinlich")),
    (1.0, mark("sehr wahrscheinlich")),
)

ALIKE: Scale = (
    (0.15, mark("nicht ähnlich")),
    (SIMILAR_TEXTS, mark("wenig ähnlich")),
    (0.8, mark("ähnlich")),
    (1.0, mark("sehr ähnlich")),
)


def in_a_word(share: float, scale: Scale) -> str:
    """The German word for it. What differs only by how a sum was rounded on the way reads the same: both directions of
    a ranking come to 0.35 by other ways."""
    return next((word for below, word in scale if round(share, 6) < below), scale[-1][1])

"""How unknown facts lean, learned in one process and leant on in others: packed into bytes and back."""

import io
import zlib
from collections.abc import Callable, Sequence
from typing import TypedDict

import numpy as np

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.learning.likelihood import Likelihood, learn


class LearnedLine(TypedDict):
    """How well one criterion is foretold where its fact is unknown: how many rows `known`, whether the unknown ones
    lean, and Brier scores on unseen dwellings, of the model and of the base rate; None where too few are known."""

    key: str
    known: int
    leans: bool
    brier: float | None
    base_brier: float | None


def learned(frame: Frame, between: Callable[[], None] = lambda: None) -> tuple[list[LearnedLine], bytes]:
    """A report per criterion with a direction, and the leanings packed. Takes minutes for a large stock: `between` is
    called before each criterion, and may raise."""
    found = learn(frame, between=between)
    return [_line(item) for item in found], pack(frame.ids, [item for item in found if item.leans])


def pack(ids: Sequence[str], found: Sequence[Likelihood]) -> bytes:
    """Leanings of shape (rows,) in steps that fit a byte each, with the ids of the rows."""
    file = io.BytesIO()
    columns = {item.criterion.key: item.lean.astype(np.float16) for item in found}
    np.savez(file, allow_pickle=False, _ids=np.array(ids, dtype=np.str_), **columns)
    return zlib.compress(file.getvalue())


def lean_on(frame: Frame, packed: bytes) -> None:
    """Let the unknowns of the frame lean so; rows that came later lean nowhere."""
    with np.load(io.BytesIO(zlib.decompress(packed)), allow_pickle=False) as columns:
        ids = columns["_ids"].tolist()
        pairs = [(row, frame.position[row_id]) for row, row_id in enumerate(ids) if row_id in frame.position]
        here, there = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        known = {criterion.key for criterion in frame.market.criteria}
        for key in known.intersection(columns.files):
            lean = np.zeros(len(frame))
            lean[there] = columns[key][here]
            frame.lean(frame.market.criterion(key), lean)


def _line(item: Likelihood) -> LearnedLine:
    return {
        "key": item.criterion.key,
        "known": item.known,
        "leans": item.leans,
        "brier": _rounded(item.brier),
        "base_brier": _rounded(item.base_brier),
    }


def _rounded(score: float) -> float | None:
    return None if np.isnan(score) else round(float(score), 4)


def criterion_label(key: str) -> str:
    """The German label; the key itself where the catalogue no longer has it."""
    return next((item.label for item in HOMES.criteria if item.key == key), key)

"""Learn from the homes as they are now, keep the result, say how good it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from matching.catalogue import HOMES
from wohnberatung.bridge.frames import read_supply
from wohnberatung.bridge.leanings import criterion_label, learned
from wohnberatung.core.stopping import heed_stop
from wohnberatung.extensions import db
from wohnberatung.learning.models import LearnedLikelihoods

KEPT = 10


def learn_likelihoods() -> LearnedLikelihoods:
    """What the published homes teach, not yet kept. Takes minutes for a large stock: nothing is locked meanwhile.
    **Raises** `Stopped` between two criteria where a worker is told to stop."""
    frame = read_supply().frame
    report, leanings = learned(frame, heed_stop)
    return LearnedLikelihoods(catalogue=HOMES.version, offers=len(frame), report=report, leanings=leanings)


def keep(row: LearnedLikelihoods) -> None:
    """In force from the commit on; the nights before the last few are forgotten."""
    db.session.add(row)
    db.session.flush()
    older = select(LearnedLikelihoods.id).order_by(LearnedLikelihoods.id.desc()).offset(KEPT).limit(1)
    if (last := db.session.scalar(older)) is not None:
        db.session.execute(delete(LearnedLikelihoods).where(LearnedLikelihoods.id <= last))


@dataclass(frozen=True)
class LikelihoodLine:
    """How well one fact is foretold where it is unknown. Brier scores: the smaller, the better; None: too few known."""

    label: str
    known: int
    used: bool
    brier: float | None
    base_brier: float | None


def latest() -> LearnedLikelihoods | None:
    return db.session.scalars(select(LearnedLikelihoods).order_by(LearnedLikelihoods.id.desc()).limit(1)).first()


def lines(row: LearnedLikelihoods) -> Sequence[LikelihoodLine]:
    """What is used first, then by what is known."""
    found = [
        LikelihoodLine(criterion_label(item["key"]), item["known"], item["leans"], item["brier"], item["base_brier"])
        for item in row.report
    ]
    return sorted(found, key=lambda line: (not line.used, -line.known, line.label))

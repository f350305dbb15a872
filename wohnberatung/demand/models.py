"""Questions to those who offer: one unknown fact of one offer, whose answer would help people who seek."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CHAR, Double, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.database import PublicId, choice
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import Model


class QuestionState(StrEnum):
    """`open` until somebody answers: with a value, or that they do not know it, which is an answer too."""

    OPEN = "open"
    ANSWERED = "answered"
    NOT_KNOWN = "not_known"


class OfferQuestion(Model):
    """What to ask about an offer. `helps` counts the requests that a good answer would help, `gain` weighs them;
    neither is shown before it is rounded. By the link whose hash is kept anybody who got the mail may answer."""

    __tablename__ = "offer_questions"
    __table_args__ = (
        UniqueConstraint("offer_id", "key"),
        UniqueConstraint("token_hash"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    state: Mapped[QuestionState] = mapped_column(
        choice(QuestionState, 20, "state_known"), default=QuestionState.OPEN, index=True
    )
    helps: Mapped[int]
    gain: Mapped[float] = mapped_column(Double)
    found_at: Mapped[datetime] = mapped_column(default=clock.now)
    mailed_at: Mapped[datetime | None]
    token_hash: Mapped[str | None] = mapped_column(CHAR(64))
    valid_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    offer: Mapped[Offer] = relationship()

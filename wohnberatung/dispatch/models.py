"""The table of digests: for which week somebody got one, whether they want any, and in which language.

What a digest said is kept nowhere: it is counted anew each time, and leaves with the outbox.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core.database import PublicId
from wohnberatung.core.languages import GERMAN
from wohnberatung.extensions import Model


class DigestChoice(Model):
    """One account. Without a row it has had none yet and wants one.

    `week` is the Monday of the last week that it got a digest for, or had nothing to be told; `off_since` is set where
    its owner wants none. `language` is the code of the one it is written in.
    """

    __tablename__ = "digest_choices"

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date | None]
    off_since: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(10), default=GERMAN.code, server_default=GERMAN.code)

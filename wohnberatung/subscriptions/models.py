"""Tables of those who get news by mail, and of what each of them was told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CHAR, JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class SubscriptionState(StrEnum):
    """`asked` by whoever typed the address, `confirmed` by whoever reads its mails."""

    ASKED = "asked"
    CONFIRMED = "confirmed"


class Often(StrEnum):
    """`at_once` is within the hour, all that is new in one mail; `weekly` is on Mondays."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"


class NewsSubscription(VersionMixin, TimestampMixin, Model):
    """One address that gets news by mail. Who leaves is erased.

    `content` is `{"email", "token"}`, sealed with a key of this person alone: each mail carries the link by which they
    change or leave, so its secret cannot be kept as a hash only. `address_hash` is a keyed one and tells that two of
    them go to one address. `places` are codes of neighbourhoods, `kinds` keys of PlaceNews; no kinds are all of them.
    `consent_text` is the wording that was agreed to, `told_at` when they were last told, or looked after on a Monday.
    """

    __tablename__ = "news_subscriptions"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    state: Mapped[SubscriptionState] = mapped_column(
        choice(SubscriptionState, 20, "state_known"), default=SubscriptionState.ASKED, index=True
    )
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    address_hash: Mapped[str] = mapped_column(CHAR(64), index=True)
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    citywide: Mapped[bool] = mapped_column(default=False)
    places: Mapped[list[str]] = mapped_column(JSON, default=list)
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    often: Mapped[Often] = mapped_column(choice(Often, 20, "often_known"), default=Often.WEEKLY)
    language: Mapped[str] = mapped_column(String(10))
    consent_version: Mapped[str | None] = mapped_column(String(40))
    consent_text: Mapped[str | None] = mapped_column(Text)
    confirmed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None] = mapped_column(index=True)

    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)


class ToldNewsItem(Model):
    """That a subscription was told of something: `item` is a hash of what stands for it (`ToldNews.told_as`). The key
    is what keeps two workers from telling the same twice."""

    __tablename__ = "told_news"

    subscription_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("news_subscriptions.id", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

"""Tables of those who seek: everything about a person is sealed, plain columns tell nothing about them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CHAR, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.bridge.needs import Needs
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.papers import LetterPaper
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey
from wohnberatung.seekers.contents import DraftAnswers, StoredContact, StoredVersion


class RequestState(StrEnum):
    """`new` until an advisor has looked, `active` is matched, `paused` rests, the others are over."""

    NEW = "new"
    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


# Homes are looked for.
OPEN_STATES = (RequestState.NEW, RequestState.ACTIVE)


class Purpose(StrEnum):
    """What a person consents to, each on its own."""

    ADVICE = "advice"
    MATCHING = "matching"
    SHARING = "sharing"
    RELEASE = "release"
    HEALTH = "health"
    CONTACT = "contact"


class HousingRequest(VersionMixin, TimestampMixin, Model):
    """What a household seeks. `contact` and `needs` are sealed with the person's own key (`person_key`).

    `held_for` is a `HoldReason` while the request is in quarantine, else empty.
    """

    __tablename__ = "housing_requests"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    state: Mapped[RequestState] = mapped_column(
        choice(RequestState, 20, "state_known"), default=RequestState.NEW, index=True
    )
    language: Mapped[str] = mapped_column(String(10), default="de")
    held_for: Mapped[str | None] = mapped_column(String(40))
    # Whether it is still needed: last confirmed by its person (empty: since it was sent), asked, blocked unanswered.
    confirmed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    keep_token_hash: Mapped[str | None] = mapped_column(CHAR(64), index=True, unique=True)
    # Must not be deleted for legal reasons.
    legal_hold: Mapped[bool] = mapped_column(default=False, server_default=false())
    contact: Mapped[bytes] = mapped_column(LargeBinary)
    plain_contact = Sealed[StoredContact]("contact")
    needs: Mapped[bytes] = mapped_column(LargeBinary)
    plain_needs = Sealed[Needs]("needs")

    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)
    consents: Mapped[list["Consent"]] = relationship(order_by="Consent.id", back_populates="request")
    versions: Mapped[list["RequestVersion"]] = relationship(order_by="RequestVersion.number", viewonly=True)


class RequestVersion(Model):
    """A request as it stood after one change: `{"contact", "needs"}`, sealed."""

    __tablename__ = "request_versions"
    __table_args__ = (UniqueConstraint("request_id", "number"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"))
    number: Mapped[int]
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    plain_payload = Sealed[StoredVersion]("payload", key="request.person_key")
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by: Mapped[str | None] = mapped_column(PublicId)

    request: Mapped[HousingRequest] = relationship()


class Consent(Model):
    """One consent to one purpose, with the wording that was agreed to, in its `language`; withdrawn, it stays as
    proof."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose, 20, "purpose_known"))
    text_version: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(10), default="de", server_default="de")
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    given_through: Mapped[str] = mapped_column(String(40))
    recorded_by: Mapped[str | None] = mapped_column(PublicId)
    withdrawn_at: Mapped[datetime | None]

    request: Mapped[HousingRequest] = relationship(back_populates="consents")


class RequestDraft(VersionMixin, TimestampMixin, Model):
    """A form begun but not sent: answers sealed, found again by a secret link, gone when it expires."""

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    form: Mapped[str] = mapped_column(String(20), default="request")
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    step: Mapped[str] = mapped_column(String(40), default="")
    answers: Mapped[bytes] = mapped_column(LargeBinary)
    plain_answers = Sealed[DraftAnswers]("answers")
    expires_at: Mapped[datetime] = mapped_column(index=True)

    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)


class RequestMessage(Model):
    """What the person and the office wrote each other about a request. `body` is sealed with the person's key.

    `written_by` is the advisor, empty where the person wrote; `handled_at` is when the office took notice of it.
    """

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), index=True)
    from_office: Mapped[bool]
    written_by: Mapped[str | None] = mapped_column(PublicId)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    handled_at: Mapped[datetime | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    plain_body = Sealed[str]("body", key="request.person_key")

    request: Mapped[HousingRequest] = relationship()


class PostalLetter(Model):
    """What goes by post to somebody who wants letters, where others get the mail `template`: `posted_at` is empty
    until somebody of the office has put it into a letterbox. `about_id` is the match it tells of. `content` is the
    paper, sealed with the person's key."""

    __tablename__ = "postal_letters"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), index=True)
    template: Mapped[str] = mapped_column(String(60))
    about_id: Mapped[str | None] = mapped_column(PublicId, index=True)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    posted_at: Mapped[datetime | None]
    posted_by: Mapped[str | None] = mapped_column(PublicId)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[LetterPaper]("content", key="request.person_key")

    request: Mapped[HousingRequest] = relationship()

"""Subscriptions: asked for, confirmed, changed and left by whoever holds the link that went to the address.

Nobody can find out whether an address has a subscription: asking is answered alike for every address, and by a mail
that only its reader sees. Confirming a new one ends the older one of the same address.
"""

from dataclasses import dataclass
from typing import TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from wohnberatung.core import clock
from wohnberatung.core.abuse import hashed_subject
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.core.manifests import ExportedRecord, erased
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import hold, mails_about, queue_mail
from wohnberatung.privacy.encryption import destroy, new_person_key
from wohnberatung.subscriptions.models import NewsSubscription, Often, SubscriptionState
from wohnberatung.subscriptions.steps import CONFIRM, SUBSCRIPTION_STEPS

CONSENT_VERSION = "2026-11"
CONSENT_TEXT = _l(
    "Ich willige ein, dass die Wohnberatung meine E-Mail-Adresse speichert, um mir Neues aus den genannten Stadtteilen "
    "zu schicken. Ich kann mich jederzeit abmelden. Dann wird meine Adresse gelöscht."
)
ADDRESS = "news address"


class Wishes(TypedDict):
    """What somebody wants to be told of, by column of the subscription."""

    citywide: bool
    places: list[str]
    kinds: list[str]
    often: str
    language: str


@dataclass(frozen=True)
class MySubscription:
    """A subscription as whoever holds its link sees it."""

    row: NewsSubscription
    email: str

    @property
    def is_confirmed(self) -> bool:
        return self.row.state == SubscriptionState.CONFIRMED


def ask_for_news(email: str, wishes: Wishes, *, suspect: bool = False) -> str:
    """Store what is wished, and ask the reader of that address whether it was them. Returns the secret of the link in
    that mail, for nobody else. A mail that is `suspect` waits
    until somebody of the office lets it leave. Raises DomainError at `email` for what is no address, at `places` for
    wishes without any."""
    token, address = new_token(), email.strip()
    row = NewsSubscription(id=new_id(), person_key=new_person_key(), token_hash=hash_token(token))
    row.address_hash = hashed_subject(ADDRESS, address)
    row.plain_content = {"email": address, "token": token}
    _set(row, wishes)
    db.session.add(row)
    db.session.flush()
    mail = queue_mail("news_confirm", to=address, language=row.language, person_key=row.person_key, token=token)
    if suspect:
        hold(mail)
    return token


def my_subscription(token: str) -> MySubscription:
    """NotFound for a secret that opens nothing (any more)."""
    row = _find(token)
    if row is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr. Vielleicht haben Sie sich schon abgemeldet."))
    return MySubscription(row, row.plain_content["email"])


def confirm(token: str) -> MySubscription:
    """It was them, and they agree. An older subscription of the same address ends by that. Raises NotFound where the
    link opens nothing."""
    mine = my_subscription(token)
    row = mine.row
    if SUBSCRIPTION_STEPS.is_done(row, CONFIRM, Party.SEEKER):
        return mine
    SUBSCRIPTION_STEPS.take(row, CONFIRM, by=Party.SEEKER)
    row.confirmed_at = row.told_at = clock.now()
    row.consent_version, row.consent_text = CONSENT_VERSION, str(CONSENT_TEXT)
    db.session.flush()
    same = (NewsSubscription.address_hash == row.address_hash) & (NewsSubscription.id != row.id)
    for older in db.session.scalars(select(NewsSubscription).where(same)).all():
        erase_subscription(older)
    return mine


def change(token: str, wishes: Wishes, version: int | None) -> None:
    """Wish for something else from now on. Raises NotFound where the link opens nothing, Conflict where it was changed
    meanwhile, DomainError at `places` for wishes without any."""
    row = my_subscription(token).row
    check_version(row, version)
    _set(row, wishes)
    db.session.flush()


def leave(token: str) -> None:
    """Never again: the address is erased. Who has left already is answered alike."""
    row = _find(token)
    if row is not None:
        erase_subscription(row)


def erase_subscription(row: NewsSubscription) -> None:
    """The row, what it was told, and mails that are under way; the key is destroyed, so that no copy can be read."""
    erased(row.id)
    destroy(row.person_key)
    db.session.flush()
    db.session.execute(delete(NewsSubscription).where(NewsSubscription.id == row.id))
    db.session.expunge(row)


def stored_about(token: str) -> ExportedRecord:
    """Everything that is stored about the person. Raises NotFound where the link opens nothing."""
    mine = my_subscription(token)
    row = mine.row
    return {
        "email": mine.email,
        "state": row.state,
        "asked_at": row.created_at.isoformat(),
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
        "last_told_at": row.told_at.isoformat() if row.told_at else None,
        "citywide": row.citywide,
        "places": row.places,
        "kinds": row.kinds,
        "often": row.often,
        "language": row.language,
        "consent": {"version": row.consent_version, "text": row.consent_text},
        "mails": mails_about(row.person_key),
    }


def _set(row: NewsSubscription, wishes: Wishes) -> None:
    if not (wishes["citywide"] or wishes["places"]):
        raise DomainError(_("Bitte nennen Sie einen Stadtteil, oder wählen Sie die ganze Stadt."), "places")
    row.citywide, row.places = wishes["citywide"], [] if wishes["citywide"] else list(wishes["places"])
    row.kinds, row.often, row.language = list(wishes["kinds"]), Often(wishes["often"]), wishes["language"]


def _find(token: str) -> NewsSubscription | None:
    return db.session.scalar(select(NewsSubscription).where(NewsSubscription.token_hash == hash_token(token)))

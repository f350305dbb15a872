"""Tokens with which programs send deliveries: made and revoked by who leads the organisation, known as a hash only."""

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.services.organisations import load_managed
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.extensions import db
from wohnberatung.intake.models import UploadToken

# So that a token is recognised where it does not belong, in a log or a repository.
PREFIX = "wbd_"
MOST_TOKENS = 10


def create_token(organisation_id: str, actor: Actor, *, label: str, applies: bool) -> tuple[UploadToken, str]:
    """A new token and its secret, which is never shown again. Forbidden for who does not lead the organisation.

    Raises DomainError where there are too many already, NotFound for strangers.
    """
    load_managed(organisation_id, actor)
    if len(list_tokens(organisation_id, actor)) >= MOST_TOKENS:
        raise DomainError(_("Es gibt schon %(most)s Zugänge. Bitte widerrufen Sie einen.", most=MOST_TOKENS))
    secret = PREFIX + new_token()
    token = UploadToken(
        id=new_id(),
        organisation_id=organisation_id,
        label=label.strip()[:80],
        token_hash=hash_token(secret),
        applies=applies,
        created_by=actor.user_id,
    )
    db.session.add(token)
    db.session.flush()
    return token, secret


def list_tokens(organisation_id: str, actor: Actor) -> list[UploadToken]:
    """Those that still open something, the newest first."""
    load_managed(organisation_id, actor)
    mine = (UploadToken.organisation_id == organisation_id) & UploadToken.revoked_at.is_(None)
    return list(db.session.scalars(select(UploadToken).where(mine).order_by(UploadToken.created_at.desc())))


def get_token(token_id: str, actor: Actor) -> UploadToken:
    """NotFound for a foreign one, as if it did not exist."""
    token = db.session.get(UploadToken, token_id)
    if token is None or not (actor.is_staff or actor.manages(token.organisation_id)):
        raise NotFound(_("Diesen Zugang gibt es nicht."))
    return token


def revoke_token(token_id: str, actor: Actor) -> None:
    """From now on it opens nothing. Doing it again changes nothing."""
    token = get_token(token_id, actor)
    token.revoked_at = token.revoked_at or clock.now()
    db.session.flush()


def find_token(secret: str) -> UploadToken | None:
    """The token with this secret, unless it was revoked."""
    if not secret.startswith(PREFIX) or len(secret) > 60:
        return None
    valid = (UploadToken.token_hash == hash_token(secret)) & UploadToken.revoked_at.is_(None)
    return db.session.scalar(select(UploadToken).where(valid))


def use_token(token_id: str) -> UploadToken:
    """Note that it was used, for who decides whether it is still needed."""
    token = db.session.get_one(UploadToken, token_id)
    token.last_used_at = clock.now()
    db.session.flush()
    return token

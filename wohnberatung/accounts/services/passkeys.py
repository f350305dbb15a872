"""Passkeys (WebAuthn level 3) as second step beside the codes of an app.

A passkey is bound to the name of our host, so it gives nothing to a page that only looks like ours. It stands beside
the codes, never instead: they let in where scripts are off or the device is not at hand.
"""

from dataclasses import dataclass

import webauthn
from flask_babel import gettext as _
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

from wohnberatung.accounts import mails, passwords
from wohnberatung.accounts.models import Passkey
from wohnberatung.accounts.services.mailed_links import send_letter
from wohnberatung.accounts.services.people import load_user
from wohnberatung.accounts.services.second_factor import accepts_code, has_second_factor
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db

MOST = 10
# The password came before; whether a device asks for a finger as well is its owner's choice.
VERIFICATION = UserVerificationRequirement.PREFERRED


@dataclass(frozen=True)
class RelyingParty:
    """Us, as WebAuthn says, where a passkey counts: the host without its port, the origin as browsers write it."""

    host: str
    origin: str


@dataclass(frozen=True)
class PasskeyOptions:
    """What a browser is asked: `options` as JSON, and the challenge (base64url) that its answer must sign."""

    options: str
    challenge: str


def list_passkeys(user_id: str) -> list[Passkey]:
    """The oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.created_at)))


def ask_to_create(actor: Actor, place: RelyingParty) -> PasskeyOptions:
    """For `navigator.credentials.create`: one that is not on this device yet."""
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=setting("OFFICE_NAME"),
        user_name=actor.email,
        user_id=(actor.user_id or "").encode(),
        user_display_name=actor.name,
        exclude_credentials=_descriptors(actor.user_id or ""),
        authenticator_selection=AuthenticatorSelectionCriteria(user_verification=VERIFICATION),
    )
    return PasskeyOptions(options_to_json(options), bytes_to_base64url(options.challenge))


def ask_to_sign(user_id: str, place: RelyingParty) -> PasskeyOptions | None:
    """For `navigator.credentials.get`; None where the person has no passkey."""
    known = _descriptors(user_id)
    if not known:
        return None
    options = webauthn.generate_authentication_options(
        rp_id=place.host, allow_credentials=known, user_verification=VERIFICATION
    )
    return PasskeyOptions(options_to_json(options), bytes_to_base64url(options.challenge))


def add_passkey(actor: Actor, answer: str, challenge: str, place: RelyingParty, *, name: str, proof: str) -> Passkey:
    """Keep the key that the browser made; its owner is told by mail.

    DomainError on ``proof`` where that is neither the password nor a code, on ``name`` without one, and without a field
    where the second step is off, there are too many, or the answer is none to this challenge.
    """
    user = load_user(actor.user_id)
    if not has_second_factor(user.id):
        raise DomainError(_("Schalten Sie bitte zuerst den zweiten Schritt mit Codes aus einer App ein."))
    if len(list_passkeys(user.id)) >= MOST:
        raise DomainError(_("Sie haben schon zehn Passkeys. Entfernen Sie bitte zuerst einen."))
    if not passwords.matches(user.password_hash, proof) and not accepts_code(user.id, proof):
        raise DomainError(_("Das ist weder Ihr Passwort noch ein Code, der gilt."), "proof")
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
        )
    except (WebAuthnException, ValueError) as error:
        raise DomainError(_("Der Passkey ist nicht angekommen. Bitte versuchen Sie es noch einmal.")) from error
    kept = {"credential_id": bytes_to_base64url(made.credential_id), "sign_count": made.sign_count}
    passkey = Passkey(user_id=user.id, name=name.strip()[:80], **kept)
    passkey.public_key = bytes_to_base64url(made.credential_public_key)
    with explained():
        db.session.add(passkey)
    db.session.flush()
    send_letter(mails.PASSKEY_ADDED, user.email)
    return passkey


def accepts_passkey(user_id: str, answer: str, challenge: str, place: RelyingParty) -> bool:
    """Whether one of the person's keys signed this challenge for this place. A device whose count of signatures went
    back was copied and is refused."""
    for passkey in list_passkeys(user_id):
        try:
            signed = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=place.host,
                expected_origin=place.origin,
                credential_public_key=base64url_to_bytes(passkey.public_key),
                credential_current_sign_count=passkey.sign_count,
            )
        except (WebAuthnException, ValueError):
            continue
        if bytes_to_base64url(signed.credential_id) == passkey.credential_id:
            passkey.sign_count, passkey.used_at = signed.new_sign_count, clock.now()
            db.session.flush()
            return True
    return False


def remove_passkey(actor: Actor, passkey_id: str) -> None:
    """NotFound where the person has no such one."""
    passkey = db.session.get(Passkey, passkey_id)
    if passkey is None or passkey.user_id != actor.user_id:
        raise NotFound(_("Diesen Passkey gibt es nicht."))
    db.session.delete(passkey)
    db.session.flush()


def _descriptors(user_id: str) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential_id)) for row in list_passkeys(user_id)]

"""The second step of signing in: time-based codes (RFC 6238) from an app, recovery codes on paper."""

import secrets
from hmac import compare_digest

import pyotp
import segno
from sqlalchemy import delete, func, select

from wohnberatung.accounts import mails, passwords
from wohnberatung.accounts.models import Passkey, RecoveryCode, SecondFactor, User
from wohnberatung.accounts.services.mailed_links import send_letter
from wohnberatung.accounts.services.people import load_user
from wohnberatung.accounts.services.sign_in_by_mail import check_password
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import hash_token
from wohnberatung.core.settings import setting
from wohnberatung.core.transactions import changed_rows
from wohnberatung.extensions import db

PERIOD = 30
CODES = 10
# As in receipt numbers: without what is read wrongly.
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def has_second_factor(user_id: str) -> bool:
    return db.session.get(SecondFactor, user_id) is not None


def must_have_second_factor(actor: Actor) -> bool:
    """Whether the operator demands it of this person's roles (`SECOND_FACTOR`) and it is missing."""
    return actor.has_role(*setting("SECOND_FACTOR")) and not has_second_factor(actor.user_id or "")


def new_secret() -> str:
    """A random secret as apps take it: 32 letters and digits."""
    return pyotp.random_base32()


def picture_of(secret: str, actor: Actor) -> str:
    """The QR code as an inline SVG without styles or scripts; it says who it is for, so it never leaves the page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=actor.email, issuer_name=setting("OFFICE_NAME"))
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None))


def switch_on(actor: Actor, secret: str, code: str) -> list[str]:
    """From now on a code is asked for; gives the recovery codes, which nobody can read again.

    DomainError on ``code`` where it does not come from this secret.
    """
    user = load_user(actor.user_id)
    period = _period_of(secret, code)
    if period is None:
        raise DomainError("Dieser Code passt nicht. Prüfen Sie bitte, ob die Uhr Ihres Telefons stimmt.", "code")
    factor = SecondFactor(user_id=user.id, last_period=period)
    factor.plain_secret = secret
    db.session.merge(factor)
    return _new_codes(user.id)


def renew_recovery_codes(actor: Actor, *, proof: str) -> list[str]:
    """Ten new codes; the old ones are worth nothing. DomainError on ``proof`` where it is neither the person's password
    nor one of their codes: whoever finds a browser signed in must not make keys that last."""
    user = load_user(actor.user_id)
    if not accepts_code(user.id, proof) and not passwords.matches(user.password_hash, proof):
        raise DomainError("Das ist weder Ihr Passwort noch ein Code, der gilt.", "proof")
    return _new_codes(user.id)


def _new_codes(user_id: str) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [_new_code() for _number in range(CODES)]
    db.session.add_all(RecoveryCode(code_hash=_hash(user_id, code), user_id=user_id) for code in codes)
    db.session.flush()
    return codes


def recovery_codes_left(actor: Actor) -> int:
    query = select(func.count()).select_from(RecoveryCode).filter_by(user_id=actor.user_id)
    return db.session.scalar(query) or 0


def switch_off(actor: Actor, *, current: str) -> None:
    """The password alone is enough again. DomainError on ``current_password`` for a wrong one."""
    user = load_user(actor.user_id)
    check_password(user, current, "current_password")
    if actor.has_role(*setting("SECOND_FACTOR")):
        raise DomainError("Für Ihr Konto ist der zweite Schritt vorgeschrieben.")
    remove_second_factor(user)


def remove_second_factor(user: User) -> None:
    """Also for an administrator, where somebody has lost telephone and paper; the owner is told."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.execute(delete(Passkey).where(Passkey.user_id == user.id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))
    send_letter(mails.FACTOR_REMOVED, user.email)


def accepts_code(user_id: str, code: str) -> bool:
    """Whether it is the code of this half minute (or of one beside it), or a recovery code; each counts once."""
    typed = "".join(code.split()).upper().replace("-", "")
    factor = db.session.get(SecondFactor, user_id, with_for_update=True)
    if factor is None:
        return False
    period = _period_of(factor.plain_secret, typed)
    if period is not None and period > factor.last_period:
        factor.last_period = period
        db.session.flush()
        return True
    used = delete(RecoveryCode).filter_by(user_id=user_id, code_hash=_hash(user_id, typed))
    return bool(changed_rows(used))


def _period_of(secret: str, code: str) -> int | None:
    """The period whose code this is, of the present one and its neighbours."""
    now = int(clock.now().timestamp()) // PERIOD
    typed, totp = "".join(code.split()).encode(), pyotp.TOTP(secret)
    found = [each for each in (now - 1, now, now + 1) if compare_digest(totp.generate_otp(each).encode(), typed)]
    return found[-1] if found else None


def _new_code() -> str:
    """Fifty bits and more, read in two halves."""
    letters_of_it = "".join(secrets.choice(_LETTERS) for _number in range(12))
    return f"{letters_of_it[:6]}-{letters_of_it[6:]}"


def _hash(user_id: str, code: str) -> str:
    return hash_token(f"{user_id}|{code.replace('-', '')}")

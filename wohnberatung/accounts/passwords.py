"""Passwords (Argon2id), what we ask of a new one, and the growing pause after failed attempts."""

import math
from datetime import timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import ngettext
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from wohnberatung.accounts.models import FailedSignIn
from wohnberatung.core import clock
from wohnberatung.core.abuse import hashed_subject
from wohnberatung.core.errors import DomainError, TooMany
from wohnberatung.extensions import db

SHORTEST, LONGEST = 12, 128
# The parameters of RFC 9106 for memory-constrained systems: 64 MiB, three passes.
HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Without a hash (no such account) it takes the same time and is False."""
    try:
        fits = HASHER.verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def check_new_password(password: str, *about: str) -> None:
    """DomainError unless the password is long and does not merely repeat what is known about the person."""
    if len(password) < SHORTEST:
        raise DomainError(f"Das Passwort braucht mindestens {SHORTEST} Zeichen.", "password")
    if len(password) > LONGEST:
        raise DomainError(f"Das Passwort darf höchstens {LONGEST} Zeichen haben.", "password")
    known = {word.lower() for text in about for word in text.replace("@", " ").split() if len(word) > 3}
    rest = password.lower()
    for word in (*known, "wohnberatung", "passwort", "password", "dresden"):
        rest = rest.replace(word, "")
    if len(set(rest)) < 5:
        raise DomainError("Das Passwort ist zu leicht zu erraten. Nehmen Sie mehrere Wörter.", "password")


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return HASHER.hash("no account has this password")


FREE = 2
LONGEST_PAUSE = 60
FORGOTTEN_AFTER = timedelta(hours=1)


def check_pause(email: str, caller: str) -> None:
    """TooMany while the pause after the last failure lasts. The same for accounts that do not exist."""
    row = db.session.get(FailedSignIn, _subject(email, caller))
    left = (row.wait_until - clock.now()).total_seconds() if row else 0
    if left > 0:
        seconds = math.ceil(left)
        message = ngettext(
            "Bitte warten Sie %(num)s Sekunde bis zum nächsten Versuch.",
            "Bitte warten Sie %(num)s Sekunden bis zum nächsten Versuch.",
            seconds,
        )
        raise TooMany(message, seconds)


def note_failure(email: str, caller: str) -> None:
    """Two failures are free, then the pause doubles: 2, 4, 8 … seconds, at most a minute."""
    now, subject = clock.now(), _subject(email, caller)
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    row = {"subject": subject, "failures": 1, "wait_until": now, "forget_at": now + FORGOTTEN_AFTER}
    more = {"failures": FailedSignIn.failures + 1, "forget_at": row["forget_at"]}
    statement = dialect.insert(FailedSignIn).values(**row).on_conflict_do_update(index_elements=["subject"], set_=more)
    failures = db.session.execute(statement.returning(FailedSignIn.failures)).scalar_one()
    if failures > FREE:
        pause = timedelta(seconds=min(2 ** (failures - FREE), LONGEST_PAUSE))
        found = db.session.get_one(FailedSignIn, subject, populate_existing=True)
        found.wait_until = now + pause
        db.session.flush()


def forget_failures(email: str, caller: str) -> None:
    """After a success."""
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.subject == _subject(email, caller)))


def _subject(email: str, caller: str) -> str:
    return hashed_subject("failed_sign_in", f"{email.strip().lower()} {caller}")

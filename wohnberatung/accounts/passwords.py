"""Passwords: Argon2id, and what we ask of a new one."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wohnberatung.core.errors import DomainError

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

"""Names for things that leave the house: none can be guessed, none tells how many there are."""

import base64
import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from wohnberatung.core import clock
from wohnberatung.extensions import db

# No I, L, O, 0, 1: a receipt number is read out on the telephone. Neither vowels, as two letters shall be no word.
_LETTERS, _DIGITS = "BCDFGJKMNPQRSTVWXYZ", "23456789"
_PAIRS = sorted({first + second for first in _LETTERS for second in _LETTERS} - {"KZ", "NS", "SS"})
ID_LENGTH = 26


def new_id() -> str:
    """A public id: 128 random bits as 26 lower-case base32 characters."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def new_receipt_number(prefix: str = "DD") -> str:
    """A readable number such as ``DD-2026-KM7294``; it identifies, it opens nothing.

    Letters stand together: contracted braille takes a capital that stands alone for an abbreviation, or drops it.
    """
    digits = "".join(secrets.choice(_DIGITS) for _ in range(4))
    return f"{prefix}-{clock.today().year}-{secrets.choice(_PAIRS)}{digits}"


def free_receipt_number(column: InstrumentedAttribute[str], prefix: str = "DD") -> str:
    """A readable number that no row has in this column yet."""
    while True:
        number = new_receipt_number(prefix)
        if db.session.scalar(select(column).where(column == number).limit(1)) is None:
            return number


def new_token() -> str:
    """A secret for a link: 128 random bits. Store only :func:`hash_token` of it."""
    return new_id()


def hash_token(token: str) -> str:
    """64 hex digits. Plain SHA-256 is enough, as the token itself is random and long."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Sealing with the house keys (AES-256-GCM, keys from outside the database), and columns that know their own seal."""

import base64
import binascii
import hmac
import json
import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum, auto
from operator import attrgetter
from typing import Any, Generic, Self, TypeVar, cast, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = 1
# Stand for the id of the key in what is sealed with another key than a house key: a person's, a sent form's.
PERSON_KEY, FORM_KEY = OTHER_KEYS = ("p", "form")


class EncryptionError(Exception):
    """A sealed value cannot be opened: wrong key, wrong place, or tampered with."""


@dataclass(frozen=True)
class KeyRing:
    """House keys by short id; ``current`` seals, all open."""

    current: str
    keys: dict[str, bytes]

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read ``id:base64key,id:base64key``; the first is current. ValueError tells what is wrong."""
        keys: dict[str, bytes] = {}
        for entry in filter(None, (part.strip() for part in text.split(","))):
            key_id, separator, encoded = entry.partition(":")
            if not separator or not key_id.isalnum() or len(key_id) > 16 or key_id in (*keys, *OTHER_KEYS):
                raise ValueError("FIELD_KEYS needs entries like id:base64key, each id once and alphanumeric")
            keys[key_id] = _decode_key(key_id, encoded)
        if not keys:
            raise ValueError("FIELD_KEYS must hold a key to seal personal data with, like id:base64key")
        return cls(next(iter(keys)), keys)


_rings: list[KeyRing] = []


def use_keys(ring: KeyRing) -> None:
    """Called once at start-up with the keys of the configuration."""
    _rings[:] = [ring]


def new_house_key() -> str:
    """A fresh random key, base64, to put into ``FIELD_KEYS``."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def seal_for_house(value: object, context: str) -> bytes:
    """Seal a JSON value that belongs to no single person (sessions, stored answers)."""
    return wrap(to_json(value), context)


def open_for_house(sealed: bytes, context: str) -> Any:
    """The value back; EncryptionError if it was moved, changed or sealed with an unknown key."""
    return json.loads(unwrap(sealed, context))


def wrap(plain: bytes, context: str) -> bytes:
    """Seal bytes with the current house key."""
    ring = _ring()
    return encrypt(ring.keys[ring.current], ring.current, plain, context)


def unwrap(sealed: bytes, context: str) -> bytes:
    """Open with whichever house key it was sealed."""
    key = _ring().keys.get(key_id_of(sealed))
    if key is None:
        raise EncryptionError(f"no house key named {key_id_of(sealed)!r}")
    return decrypt(key, sealed, context)


def encrypt(key: bytes, key_id: str, plain: bytes, context: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = bytes([FORMAT, len(key_id)]) + key_id.encode()
    return head + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def decrypt(key: bytes, sealed: bytes, context: str) -> bytes:
    start = _nonce_at(sealed)
    nonce, body = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, context.encode())
    except (InvalidTag, ValueError) as error:
        raise EncryptionError("a sealed value does not open in this place with this key") from error


def key_id_of(sealed: bytes) -> str:
    return sealed[2 : _nonce_at(sealed)].decode(errors="replace")


class HouseKey(Enum):
    """Which house key a value was sealed with; UNKNOWN is one that the configuration does not name."""

    CURRENT = auto()
    OLDER = auto()
    UNKNOWN = auto()


def house_key_of(value: bytes) -> HouseKey | None:
    """Of a sealed value, or of its first bytes; None for what is not sealed with a house key."""
    try:
        key_id = key_id_of(value)
    except EncryptionError:
        return None
    if key_id in OTHER_KEYS or not key_id.isalnum():
        return None
    if key_id == _ring().current:
        return HouseKey.CURRENT
    return HouseKey.OLDER if key_id in _ring().keys else HouseKey.UNKNOWN


def digest_keys() -> dict[str, bytes]:
    """A key for hashes from each house key, by its id, the current one first: no key ever serves two purposes."""
    ring = _ring()
    names = (ring.current, *(name for name in ring.keys if name != ring.current))
    return {name: hmac.digest(ring.keys[name], b"keyed digest", "sha256") for name in names}


def to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _nonce_at(sealed: bytes) -> int:
    if len(sealed) < 2 or sealed[0] != FORMAT:
        raise EncryptionError("unknown format of a sealed value")
    return 2 + sealed[1]


def _ring() -> KeyRing:
    if not _rings:
        raise EncryptionError("no field keys are configured")
    return _rings[0]


def _decode_key(key_id: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError(f"FIELD_KEYS: the key {key_id} is not base64") from error
    if len(key) != KEY_BYTES:
        raise ValueError(f"FIELD_KEYS: the key {key_id} must have {KEY_BYTES} bytes, it has {len(key)}")
    return key


V = TypeVar("V")


class SealedColumn(ABC, Generic[V]):
    """What the mapped column `column` of the same row holds, opened; None where it is NULL.

    `row` is the path to what names the row (it must be known before it is sealed, see `new_id`), `part` the column's
    name in the place where it was once another. With `raw` the value is bytes, else JSON. Reading raises
    EncryptionError where the value was moved or changed.
    """

    def __init__(self, column: str, *, row: str = "id", part: str = "", raw: bool = False) -> None:
        self.column, self.part, self.raw = column, part or column, raw
        self._row_id = attrgetter(row)

    @overload
    def __get__(self, row: None, model: type[Any]) -> Self: ...
    @overload
    def __get__(self, row: Any, model: type[Any]) -> V: ...
    def __get__(self, row: Any | None, model: type[Any]) -> Self | V:
        if row is None:
            return self
        stored: bytes | None = getattr(row, self.column)
        value: Any = None
        if stored is not None:
            plain = self._decrypt(row, stored, self.context(row))
            value = plain if self.raw else json.loads(plain)
        return cast(V, value)

    def __set__(self, row: Any, value: V) -> None:
        stored = None
        if value is not None:
            plain = cast(bytes, value) if self.raw else to_json(value)
            stored = self._encrypt(row, plain, self.context(row))
        setattr(row, self.column, stored)

    def context(self, row: Any) -> str:
        """The place that the sealed value is bound to."""
        return f"{row.__tablename__}|{self.part}|{self._row_id(row)}"

    @abstractmethod
    def _encrypt(self, row: Any, plain: bytes, context: str) -> bytes: ...

    @abstractmethod
    def _decrypt(self, row: Any, stored: bytes, context: str) -> bytes: ...


class HouseSealed(SealedColumn[V]):
    """Sealed with the house key, as it belongs to no single person."""

    def _encrypt(self, row: Any, plain: bytes, context: str) -> bytes:
        return wrap(plain, context)

    def _decrypt(self, row: Any, stored: bytes, context: str) -> bytes:
        return unwrap(stored, context)

"""A file that only the holder of a private key can read, written and read as a stream.

X25519 with a key drawn for this file and the recipient's public one, HKDF-SHA256, then AES-256-GCM in pieces of one
mebibyte. The nonce counts the pieces and says which is the last (STREAM, Hoang et al. 2015), so that pieces cannot be
changed, swapped or cut off unseen. The host that makes backups holds the public key alone.
"""

import base64
import binascii
import io
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"WOHNBERATUNG-BACKUP-1\n"
PIECE = 1024 * 1024
TAG, POINT = 16, 32


class BackupUnreadable(ValueError):
    """Not a backup, damaged, cut off, or made for another key."""


def new_pair() -> tuple[str, str]:
    """A private and a public key, base64."""
    private = X25519PrivateKey.generate()
    parts = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    return base64.b64encode(parts[0]).decode(), base64.b64encode(parts[1]).decode()


def key_bytes(text: str, name: str) -> bytes:
    """32 bytes from base64. ValueError says what `name` must be."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != POINT:
        raise ValueError(f"{name} muss 32 Bytes in Base64 sein, wie „wohnberatung backup-key“ sie ausgibt.")
    return key


class SealingWriter(io.RawIOBase):
    """Seals what is written to it into `target`; `close` writes the last piece."""

    def __init__(self, target: BinaryIO, recipient: bytes) -> None:
        drawn = X25519PrivateKey.generate()
        point = drawn.public_key().public_bytes_raw()
        self._head = MAGIC + point
        self._cipher = _cipher(drawn.exchange(X25519PublicKey.from_public_bytes(recipient)), point, recipient)
        self._target, self._rest, self._count = target, bytearray(), 0
        target.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        taken = bytes(data)
        self._rest += taken
        while len(self._rest) > PIECE:
            self._put(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]
        return len(taken)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._rest), last=True)
        super().close()

    def _put(self, plain: bytes, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._count, last), plain, self._head))
        self._count += 1


class OpeningReader(io.RawIOBase):
    """What was sealed, piece by piece; BackupUnreadable at the first that is not as it was written."""

    def __init__(self, source: BinaryIO, private: bytes) -> None:
        self._head = source.read(len(MAGIC) + POINT)
        if not self._head.startswith(MAGIC) or len(self._head) != len(MAGIC) + POINT:
            raise BackupUnreadable("Diese Datei ist keine Sicherung der Wohnberatung.")
        key, point = X25519PrivateKey.from_private_bytes(private), self._head[len(MAGIC) :]
        shared = key.exchange(X25519PublicKey.from_public_bytes(point))
        self._cipher = _cipher(shared, point, key.public_key().public_bytes_raw())
        self._source, self._rest, self._count = source, b"", 0
        self._ahead: bytes | None = source.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        while not self._rest and self._ahead is not None:
            sealed, self._ahead = self._ahead, self._source.read(PIECE + TAG) or None
            self._rest = self._open(sealed, last=self._ahead is None)
        size = min(len(view), len(self._rest))
        view[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def _open(self, sealed: bytes, last: bool) -> bytes:
        try:
            plain = self._cipher.decrypt(_nonce(self._count, last), sealed, self._head)
        except (InvalidTag, ValueError) as error:
            raise BackupUnreadable(
                "Die Sicherung lässt sich nicht öffnen: Sie ist beschädigt oder abgeschnitten, oder der Schlüssel "
                "passt nicht zu ihr."
            ) from error
        self._count += 1
        return plain


def _cipher(shared: bytes, point: bytes, recipient: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=MAGIC + point + recipient).derive(shared))


def _nonce(count: int, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])

"""House keys for tests: a new one in front, the old one still there or gone."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager

from wohnberatung.core import sealing
from wohnberatung.core.sealing import KeyRing, new_house_key


@contextmanager
def restored_ring() -> Iterator[KeyRing]:
    """Whatever the block does to the keys is undone."""
    before = sealing._rings[0]
    try:
        yield before
    finally:
        sealing.use_keys(before)


def field_keys(*rings: KeyRing) -> str:
    """The setting FIELD_KEYS with all of these keys, the first one current."""
    return ",".join(f"{key_id}:{base64.b64encode(key).decode()}" for ring in rings for key_id, key in ring.keys.items())


def fresh_ring(key_id: str) -> KeyRing:
    return KeyRing.parse(f"{key_id}:{new_house_key()}")


def use(*rings: KeyRing) -> None:
    sealing.use_keys(KeyRing.parse(field_keys(*rings)))

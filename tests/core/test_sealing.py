"""A sealed value opens in its own place with its own key, and nowhere else."""

import base64
from collections.abc import Iterator

import pytest

from wohnberatung.core import sealing
from wohnberatung.core.sealing import EncryptionError, KeyRing

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
PLACE = "requests|payload|1"


@pytest.fixture(autouse=True)
def own_ring() -> Iterator[None]:
    before = list(sealing._rings)
    sealing.use_keys(KeyRing.parse(f"1:{OLD}"))
    yield
    sealing._rings[:] = before


@pytest.mark.parametrize(
    "value", [{"name": "Zoë Müller", "steps": [1, 2.5, None, True]}, "", 0, None, [], "ü" * 10_000]
)
def test_what_was_sealed_comes_back(value: object) -> None:
    assert sealing.open_for_house(sealing.seal_for_house(value, PLACE), PLACE) == value


def test_the_same_value_never_looks_the_same_and_shows_nothing() -> None:
    first, second = (sealing.seal_for_house("Frau Geheim", PLACE) for _ in range(2))
    assert first != second
    assert b"Geheim" not in first + second


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = sealing.seal_for_house("Frau Geheim", PLACE)
    with pytest.raises(EncryptionError):
        sealing.open_for_house(sealed, "requests|payload|2")


def test_any_changed_byte_is_noticed() -> None:
    sealed = sealing.seal_for_house("Frau Geheim", PLACE)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(EncryptionError):
            sealing.open_for_house(bytes(changed), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01\x01", b"\x02\x011", b"\x01\x011" + b"0" * 12])
def test_rubbish_is_refused(sealed: bytes) -> None:
    with pytest.raises(EncryptionError):
        sealing.open_for_house(sealed, PLACE)


def test_after_a_change_of_keys_old_values_open_and_new_ones_use_the_new_key() -> None:
    old = sealing.seal_for_house("before", PLACE)
    sealing.use_keys(KeyRing.parse(f"2:{NEW},1:{OLD}"))
    new = sealing.seal_for_house("after", PLACE)
    assert (sealing.key_id_of(old), sealing.key_id_of(new)) == ("1", "2")
    assert [sealing.open_for_house(each, PLACE) for each in (old, new)] == ["before", "after"]
    sealing.use_keys(KeyRing.parse(f"2:{NEW}"))
    with pytest.raises(EncryptionError, match="no house key named '1'"):
        sealing.open_for_house(old, PLACE)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "must hold a key"),
        ("abc", "id:base64key"),
        (f"1:{OLD},1:{NEW}", "once"),
        ("1:not base64!", "not base64"),
        ("1:c2hvcnQ=", "32 bytes, it has 5"),
        (f"a b:{OLD}", "alphanumeric"),
    ],
)
def test_wrong_keys_are_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        KeyRing.parse(text)

"""Each person's fields have a key of their own; destroying it erases them."""

from typing import Any

import pytest

from wohnberatung.core.sealing import EncryptionError
from wohnberatung.privacy.encryption import KeyDestroyed, destroy, new_person_key, open_bytes, seal_bytes
from wohnberatung.privacy.models import PersonKey

PLACE = "housing_requests|needs|abc"
NEEDS = "step_free: Ich höre schlecht.".encode()


def test_a_person_gets_their_fields_back(session: Any) -> None:
    key = new_person_key()
    session.flush()
    sealed = seal_bytes(key, NEEDS, PLACE)
    assert b"step_free" not in sealed
    stored = session.get(PersonKey, key.id, populate_existing=True)
    assert open_bytes(stored, sealed, PLACE) == NEEDS


def test_nobody_elses_key_and_no_other_place_opens_them(session: Any) -> None:
    key, other = new_person_key(), new_person_key()
    sealed = seal_bytes(key, NEEDS, PLACE)
    with pytest.raises(EncryptionError):
        open_bytes(other, sealed, PLACE)
    with pytest.raises(EncryptionError):
        open_bytes(key, sealed, "housing_requests|contact|abc")


def test_a_data_key_moved_to_another_person_does_not_open(session: Any) -> None:
    key, other = new_person_key(), new_person_key()
    other.wrapped = key.wrapped
    with pytest.raises(EncryptionError):
        seal_bytes(other, NEEDS, PLACE)


def test_after_erasure_nothing_can_be_read_and_the_proof_remains(session: Any) -> None:
    key = new_person_key()
    session.flush()
    sealed = seal_bytes(key, NEEDS, PLACE)
    destroy(key)
    session.flush()
    stored = session.get(PersonKey, key.id, populate_existing=True)
    assert stored.wrapped is None
    when = stored.destroyed_at
    assert when is not None
    with pytest.raises(KeyDestroyed):
        open_bytes(stored, sealed, PLACE)
    destroy(stored)
    assert stored.destroyed_at == when

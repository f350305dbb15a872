"""The audit chain: pseudonyms only, and no change goes unseen."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError

from tests.factories import advisor
from tests.privacy.key_rings import fresh_ring, restored_ring, use
from tests.privacy.trails import trail
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.privacy.audit import record, verify
from wohnberatung.privacy.models import AuditEntry, DigestKey


def chain(session: Any, length: int = 5) -> list[AuditEntry]:
    actor, subject = advisor(), f"cases|{new_id()}"
    return [record("read", subject, actor) for _ in range(length)]


def test_an_untouched_chain_is_whole(session: Any) -> None:
    chain(session)
    session.expire_all()
    assert (verify().rows, verify().broken) == (5, ())


def test_rows_name_nobody_and_the_same_person_is_the_same_pseudonym(session: Any) -> None:
    actor, subject = advisor(), f"cases|{new_id()}"
    first, second = record("read", subject, actor), record("export", subject, actor)
    assert first.actor == second.actor
    assert actor.user_id not in (first.actor, first.subject)
    assert [entry.action for entry in trail(subject)] == ["read", "export"]


def test_a_row_cannot_be_changed(session: Any) -> None:
    chain(session, 1)
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(AuditEntry.__table__.update().values(action="nothing"))


def test_a_missing_row_and_an_invented_one_are_seen(session: Any) -> None:
    chain(session)
    session.execute(delete(AuditEntry).where(AuditEntry.number == 3))
    assert verify().broken == (4,)
    invented = {"number": 6, "happened_at": clock.now(), "actor": "0" * 32, "action": "read", "subject": "0" * 32}
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    session.execute(insert(AuditEntry).values(**invented, key_id=last.key_id, digest="0" * 64))
    assert verify().broken == (4, 6)


def test_the_oldest_rows_may_go_when_their_time_is_over(session: Any) -> None:
    chain(session)
    session.execute(delete(AuditEntry).where(AuditEntry.number < 3))
    db.session.expire_all()
    assert (verify().rows, verify().broken) == (3, ())


def test_pseudonyms_and_the_chain_outlive_the_house_key(session: Any) -> None:
    actor, subject = advisor(), f"cases|{new_id()}"
    with restored_ring() as old:
        before = record("read", subject, actor)
        use(fresh_ring("2"), old)
        after = record("export", subject, actor)
        assert (before.actor, before.subject, before.key_id) == (after.actor, after.subject, after.key_id)
        assert [entry.action for entry in trail(subject)] == ["read", "export"]
        assert verify().broken == ()


def test_rows_from_before_their_key_was_kept_are_still_found_and_checked(session: Any) -> None:
    """As they were written when each house key made pseudonyms of its own."""
    actor, subject = advisor(), f"cases|{new_id()}"
    with restored_ring() as first:
        second = fresh_ring("2")
        for rings in ((first,), (second, first)):
            use(*rings)
            record("read", subject, actor)
            session.execute(delete(DigestKey))
        assert len({entry.subject for entry in session.scalars(select(AuditEntry))}) == 2
        record("export", subject, actor)
        assert {key.id: key.retired for key in session.scalars(select(DigestKey))} == {"2": False, first.current: True}
        assert [entry.action for entry in trail(subject)] == ["read", "read", "export"]
        assert verify().broken == ()


def test_a_row_that_names_a_key_nobody_knows_is_seen(session: Any) -> None:
    last = chain(session, 2)[-1]
    values = {name: getattr(last, name) for name in ("happened_at", "actor", "action", "subject", "digest")}
    session.execute(insert(AuditEntry).values(**values, number=3, key_id="stolen"))
    assert verify().broken == (3,)

"""A growing pause after failed attempts, counted in the database for all workers together. Nobody is locked out:
the pause concerns one connection and one account, and is never longer than a minute."""

import math
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from wohnberatung.accounts.models import FailedSignIn
from wohnberatung.core import clock
from wohnberatung.core.counters import hashed_subject
from wohnberatung.core.errors import TooMany
from wohnberatung.extensions import db

FREE = 2
LONGEST = 60
FORGOTTEN_AFTER = timedelta(hours=1)


def check_pause(email: str, address: str) -> None:
    """TooMany while the pause after the last failure lasts. The same for accounts that do not exist."""
    row = db.session.get(FailedSignIn, _subject(email, address))
    left = (row.wait_until - clock.now()).total_seconds() if row else 0
    if left > 0:
        seconds = math.ceil(left)
        raise TooMany(_("Bitte warten Sie %(seconds)s Sekunden bis zum nächsten Versuch.", seconds=seconds), seconds)


def note_failure(email: str, address: str) -> None:
    """Two failures are free, then the pause doubles: 2, 4, 8 … seconds, at most a minute."""
    now, subject = clock.now(), _subject(email, address)
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    row = {"subject": subject, "failures": 1, "wait_until": now, "forget_at": now + FORGOTTEN_AFTER}
    more = {"failures": FailedSignIn.failures + 1, "forget_at": row["forget_at"]}
    statement = dialect.insert(FailedSignIn).values(**row).on_conflict_do_update(index_elements=["subject"], set_=more)
    failures = db.session.execute(statement.returning(FailedSignIn.failures)).scalar_one()
    if failures > FREE:
        pause = timedelta(seconds=min(2 ** (failures - FREE), LONGEST))
        found = db.session.get_one(FailedSignIn, subject, populate_existing=True)
        found.wait_until = now + pause
        db.session.flush()


def forget_failures(email: str, address: str) -> None:
    """After a success."""
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.subject == _subject(email, address)))


def _subject(email: str, address: str) -> str:
    return hashed_subject("failed_sign_in", f"{email.strip().lower()} {address}")

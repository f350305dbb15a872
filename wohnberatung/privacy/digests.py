"""Keys of the audit chain's hashes. They stay the same when the house key changes, as pseudonyms must.

The first one is the one that the house key of that day gives, so that rows from before it was kept stay readable; it
is kept wrapped with the current house key, and `wohnberatung rewrap-keys` wraps it anew.
"""

import hmac
from collections.abc import Mapping

from sqlalchemy import select

from wohnberatung.core import sealing
from wohnberatung.extensions import db
from wohnberatung.privacy.models import AuditEntry, DigestKey

Keys = Mapping[str, bytes]


def digest_keys() -> Keys:
    """Keys by id, the one in use first; before anything is kept those that the house keys give."""
    kept = db.session.scalars(select(DigestKey).order_by(DigestKey.retired, DigestKey.id)).all()
    if not kept:
        return sealing.digest_keys()
    return {row.id: row.plain_key for row in kept}


def keep_digest_keys() -> Keys:
    """The same, kept from now on. Call it where nobody else does at the same time: under the lock of the chain."""
    known = digest_keys()
    if db.session.scalar(select(DigestKey.id).limit(1)) is None:
        current, *_older = known
        used = set(db.session.scalars(select(AuditEntry.key_id).distinct())) | {current}
        for key_id in known.keys() & used:
            row = DigestKey(id=key_id, retired=key_id != current)
            row.plain_key = known[key_id]
            db.session.add(row)
        db.session.flush()
    return known


def digest_of(key: bytes, text: str) -> str:
    """64 hex digits that nobody can make without the key."""
    return hmac.new(key, text.encode(), "sha256").hexdigest()

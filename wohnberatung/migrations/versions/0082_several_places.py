"""One offer may stand for several places of a project: each match that has one keeps its number."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"

PLACE = "uq_matches_place"
TAKES = "'reserved', 'contract', 'works', 'moved_in'"
TAKEN = f"state IN ({TAKES}) OR (state IN ('on_hold', 'declined', 'refused') AND state_before IN ({TAKES}))"


def upgrade() -> None:
    op.add_column("matches", sa.Column("place", sa.Integer, nullable=False, server_default="1"))
    _index("offer_id", "place")


def downgrade() -> None:
    """What has a second place of an offer loses it: here an offer is one place."""
    op.execute(f"UPDATE matches SET state = 'cancelled' WHERE place > 1 AND ({TAKEN})")
    _index("offer_id")
    op.drop_column("matches", "place")


def _index(*columns: str) -> None:
    taken = sa.text(TAKEN)
    op.drop_index(PLACE, "matches")
    op.create_index(PLACE, "matches", list(columns), unique=True, sqlite_where=taken, postgresql_where=taken)

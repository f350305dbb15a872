"""Matches go all the way: presented, viewed, reserved, under contract, moved in; a place is one match's alone."""

import sqlalchemy as sa
from alembic import op

from wohnberatung.core.append_only import refusals

revision = "0053"
down_revision = "0052"

OLD = (
    "'under_review', 'offered', 'help_wanted', 'interested', 'later', 'declined', 'expired', 'closed', 'cancelled', "
    "'preempted'"
)
NEW = (
    "'under_review', 'offered', 'help_wanted', 'interested', 'later', 'presented', 'mutual_interest', "
    "'contact_released', 'viewing', 'feedback', 'clarification', 'reserved', 'contract', 'works', 'moved_in', "
    "'completed', 'on_hold', 'declined', 'refused', 'expired', 'closed', 'cancelled', 'preempted', "
    "'ended_after_move_in'"
)
OLD_PARTIES = "'office', 'seeker', 'system'"
NEW_PARTIES = "'office', 'seeker', 'provider', 'group', 'system'"
PLACE = "uq_matches_place"
TAKES = "'reserved', 'contract', 'works', 'moved_in'"
TAKEN = f"state IN ({TAKES}) OR (state IN ('on_hold', 'declined', 'refused') AND state_before IN ({TAKES}))"
MOMENTS = ("shared_at", "released_at", "waits_since")
DAYS = ("viewing_on", "contract_on", "funding_applied_on", "works_ordered_on", "moved_in_on", "followed_up_on")


def upgrade() -> None:
    with op.batch_alter_table("matches") as table:
        table.drop_constraint("state_known", type_="check")
        table.create_check_constraint("state_known", f"state IN ({NEW})")
        table.add_column(sa.Column("state_before", sa.String(20)))
        for column in MOMENTS:
            table.add_column(sa.Column(column, sa.DateTime(timezone=True)))
        for column in DAYS:
            table.add_column(sa.Column(column, sa.Date))
    taken = sa.text(TAKEN)
    op.create_index(PLACE, "matches", ["offer_id"], unique=True, sqlite_where=taken, postgresql_where=taken)
    _allow_parties(NEW_PARTIES)


def downgrade() -> None:
    op.execute(f"DELETE FROM matches WHERE state NOT IN ({OLD})")
    op.execute("DELETE FROM match_events WHERE match_id NOT IN (SELECT id FROM matches)")
    op.execute(f"DELETE FROM match_events WHERE party NOT IN ({OLD_PARTIES})")
    _allow_parties(OLD_PARTIES)
    op.drop_index(PLACE, "matches")
    with op.batch_alter_table("matches") as table:
        for column in (*DAYS, *MOMENTS, "state_before"):
            table.drop_column(column)
        table.drop_constraint("state_known", type_="check")
        table.create_check_constraint("state_known", f"state IN ({OLD})")


def _allow_parties(parties: str) -> None:
    with op.batch_alter_table("match_events") as table:
        table.drop_constraint("party_known", type_="check")
        table.create_check_constraint("party_known", f"party IN ({parties})")
    if op.get_bind().dialect.name == "sqlite":  # there, the table was made anew, and its triggers went with the old one
        for statement in refusals("match_events", "sqlite"):
            op.execute(statement)

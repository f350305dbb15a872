"""Matches as cases, everything that happened to them, links to answer by."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "matches",
        sa.Column("id", ID, primary_key=True),
        sa.Column("request_id", ID, sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), nullable=False),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("due_at", MOMENT),
        sa.Column("offered_at", MOMENT),
        sa.Column("reminded_at", MOMENT),
        sa.Column("result", sa.LargeBinary, nullable=False),
        sa.Column("created_by", ID),
        sa.Column("changed_by", ID),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.UniqueConstraint("request_id", "offer_id"),
        sa.CheckConstraint(
            "state IN ('under_review', 'offered', 'help_wanted', 'interested', 'later', 'declined', 'expired', "
            "'closed', 'cancelled', 'preempted')",
            name="state_known",
        ),
    )
    op.create_index(None, "matches", ["offer_id"])
    op.create_index(None, "matches", ["state", "due_at"])
    _create_events()
    op.create_table(
        "match_links",
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        _match(),
        sa.Column("valid_until", MOMENT, nullable=False),
    )
    op.create_index(None, "match_links", ["match_id"])


def downgrade() -> None:
    for table in ("match_links", "match_events", "matches"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_new_history()")


def _create_events() -> None:
    op.create_table(
        "match_events",
        sa.Column("id", RUNNING_NUMBER, primary_key=True),
        _match(),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("state_before", sa.String(20)),
        sa.Column("state_after", sa.String(20), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("party", sa.String(10), nullable=False),
        sa.Column("actor_id", ID),
        sa.Column("reason", sa.String(40)),
        sa.Column("note", sa.LargeBinary),
        sa.Column("told", sa.JSON, nullable=False),
        sa.CheckConstraint("party IN ('office', 'seeker', 'system')", name="party_known"),
    )
    op.create_index(None, "match_events", ["match_id"])
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


_LASTING = "match_id, step, state_before, state_after, happened_at, party, actor_id, reason, told"
_APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER match_events_no_update BEFORE UPDATE OF {_LASTING} ON match_events "
        "BEGIN SELECT RAISE(ABORT, 'match_events is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse_new_history() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER match_events_no_update BEFORE UPDATE OF {_LASTING} ON match_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_new_history()",
    ),
}


def _match() -> sa.Column[str]:
    return sa.Column("match_id", ID, sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False)

"""Goals and measures of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
STATUS_KNOWN = "status IN ('suggested', 'applied', 'approved', 'refused', 'begun', 'done', 'dropped')"


def upgrade() -> None:
    op.create_table(
        "goals",
        sa.Column("id", ID, primary_key=True),
        _of("cases"),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        *_stamps(),
        sa.CheckConstraint("state IN ('open', 'reached', 'given_up')", name="state_known"),
    )
    op.create_index(None, "goals", ["case_id"])
    _create_measures()
    op.create_table(
        "measure_events",
        sa.Column("id", RUNNING_NUMBER, primary_key=True),
        _of("measures"),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("actor_id", ID),
        sa.CheckConstraint(STATUS_KNOWN, name="status_known"),
    )
    op.create_index(None, "measure_events", ["measure_id"])


def downgrade() -> None:
    for table in ("measure_events", "measures", "goals"):
        op.drop_table(table)


def _create_measures() -> None:
    op.create_table(
        "measures",
        sa.Column("id", ID, primary_key=True),
        _of("cases"),
        sa.Column("goal_id", ID, sa.ForeignKey("goals.id", ondelete="SET NULL")),
        sa.Column("option", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("drop_reason", sa.String(30)),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *_stamps(),
        sa.CheckConstraint("kind IN ('aid', 'adaptation', 'move', 'shared_living', 'service')", name="kind_known"),
        sa.CheckConstraint(STATUS_KNOWN, name="status_known"),
        sa.CheckConstraint(
            "drop_reason IN ('cost', 'landlord', 'not_buildable', 'condition_changed', 'wish_changed', 'no_home')",
            name="drop_reason_known",
        ),
        sa.CheckConstraint("drop_reason IS NULL OR status IN ('dropped', 'refused')", name="reason_of_dropped"),
    )
    op.create_index(None, "measures", ["case_id"])
    op.create_index(None, "measures", ["goal_id"])


def _of(table: str) -> sa.Column:
    name = {"cases": "case_id", "measures": "measure_id"}[table]
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def _stamps() -> tuple[sa.Column, ...]:
    return (
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )

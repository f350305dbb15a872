"""City views with what they are made from and what they propose."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "city_runs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("job_id", ID),
        sa.Column("protection", sa.Double, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("amounts_of", sa.Date, nullable=False),
        sa.Column("made_at", MOMENT),
        sa.Column("catalogue", sa.String(80), nullable=False),
        sa.Column("weights", sa.String(80), nullable=False),
        sa.Column("factors", sa.JSON, nullable=False),
        sa.Column("supply", sa.LargeBinary),
        sa.Column("leanings", sa.LargeBinary),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("homes", sa.Integer, nullable=False),
        sa.Column("total", sa.Double, nullable=False),
        sa.Column("gap", sa.Double, nullable=False),
        sa.Column("rechecked_at", MOMENT),
        sa.Column("recheck", sa.String(10)),
        sa.CheckConstraint("recheck IN ('same', 'different', 'gone', 'rules')", name="recheck_known"),
    )
    op.create_index(None, "city_runs", ["asked_at"])
    op.create_table(
        "city_inputs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("run_id", ID, sa.ForeignKey("city_runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("request_id", ID, sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), nullable=False),
        sa.Column("asked", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("run_id", "request_id"),
    )
    op.create_index(None, "city_inputs", ["request_id"])
    op.create_table(
        "city_proposals",
        sa.Column("id", ID, primary_key=True),
        sa.Column("run_id", ID, sa.ForeignKey("city_runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("request_id", ID, sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), nullable=False),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.Column("decided_by", ID),
        sa.Column("decided_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("run_id", "kind", "request_id"),
        sa.CheckConstraint("kind IN ('home', 'group')", name="kind_known"),
        sa.CheckConstraint("state IN ('open', 'taken', 'left')", name="state_known"),
    )
    for column in ("request_id", "offer_id"):
        op.create_index(None, "city_proposals", [column])


def downgrade() -> None:
    for table in ("city_proposals", "city_inputs", "city_runs"):
        op.drop_table(table)

"""How offers stood is kept from change to change, and up to when a list was kept."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"

MOMENT = sa.DateTime(timezone=True)
STATES = ("draft", "review", "published", "reserved", "let", "withdrawn")


def upgrade() -> None:
    op.create_table(
        "offer_spells",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("offer_id", sa.CHAR(26), sa.ForeignKey("offers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("dwelling_id", sa.CHAR(26)),
        sa.Column("project_id", sa.CHAR(26)),
        sa.Column("demands", sa.JSON, nullable=False),
        sa.CheckConstraint(f"status IN ({', '.join(map(repr, STATES))})", name="status_known"),
    )
    # What is known of the past: when it was first published, and how it stands since it was last changed.
    columns = "offer_id, since, status, dwelling_id, project_id, demands"
    stands = "dwelling_id, project_id, demands FROM offers"
    published = f"SELECT id, published_at, 'published', {stands} WHERE published_at IS NOT NULL"
    otherwise = "status <> 'published' OR published_at IS NULL"
    now = f"SELECT id, COALESCE(closed_at, updated_at), status, {stands} WHERE {otherwise}"
    for rows in (published, now):
        op.execute(f"INSERT INTO offer_spells ({columns}) {rows}")
    op.create_index("ix_offer_spells_offer_id_since", "offer_spells", ["offer_id", "since"])
    op.create_index("ix_offer_spells_since", "offer_spells", ["since"])
    with op.batch_alter_table("kept_list_marks") as table:
        table.add_column(sa.Column("kept_at", MOMENT))
    op.execute("UPDATE kept_list_marks SET kept_at = CURRENT_TIMESTAMP")
    with op.batch_alter_table("kept_list_marks") as table:
        table.alter_column("kept_at", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("kept_list_marks") as table:
        table.drop_column("kept_at")
    op.drop_table("offer_spells")

"""Who gets news of neighbourhoods by mail, and what each of them was told."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0084"


def upgrade() -> None:
    op.create_table(
        "news_subscriptions",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False),
        sa.Column("address_hash", sa.CHAR(64), nullable=False),
        sa.Column("person_key_id", sa.CHAR(26), sa.ForeignKey("person_keys.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("citywide", sa.Boolean, nullable=False),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("often", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("consent_version", sa.String(40)),
        sa.Column("consent_text", sa.Text),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint("state IN ('asked', 'confirmed')", name="state_known"),
        sa.CheckConstraint("often IN ('at_once', 'weekly')", name="often_known"),
    )
    for column in ("state", "address_hash", "person_key_id", "told_at"):
        op.create_index(f"ix_news_subscriptions_{column}", "news_subscriptions", [column])
    op.create_table(
        "told_news",
        sa.Column(
            "subscription_id", sa.CHAR(26), sa.ForeignKey("news_subscriptions.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("item", sa.CHAR(64), primary_key=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_told_news_told_at", "told_news", ["told_at"])


def downgrade() -> None:
    op.drop_table("told_news")
    op.drop_table("news_subscriptions")

"""Mailed links, second factors with their recovery codes, failed attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

ID, DIGEST, MOMENT = sa.CHAR(26), sa.CHAR(64), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mailed_links",
        sa.Column("id", ID, primary_key=True),
        sa.Column("token_hash", DIGEST, nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE")),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("held_for", sa.String(40)),
        sa.Column("created_by", ID),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint(
            "purpose IN ('sign_in', 'reset', 'new_email', 'invitation', 'registration')", name="known_purpose"
        ),
    )
    for column in ("user_id", "organisation_id", "valid_until"):
        op.create_index(None, "mailed_links", [column])
    op.create_table(
        "second_factors",
        _user(primary_key=True),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("last_period", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table("recovery_codes", sa.Column("code_hash", DIGEST, primary_key=True), _user(nullable=False))
    op.create_index(None, "recovery_codes", ["user_id"])
    op.create_table(
        "failed_sign_ins",
        sa.Column("subject", DIGEST, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("wait_until", MOMENT, nullable=False),
        sa.Column("forget_at", MOMENT, nullable=False),
    )
    op.create_index(None, "failed_sign_ins", ["forget_at"])


def downgrade() -> None:
    for table in ("failed_sign_ins", "recovery_codes", "second_factors", "mailed_links"):
        op.drop_table(table)


def _user(**options: bool) -> sa.Column[str]:
    return sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), **options)

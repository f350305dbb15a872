"""People are presented to those who offer: links to answer by, the ledger of what was told, and the consent to it."""

import sqlalchemy as sa
from alembic import op

from wohnberatung.core.append_only import refusals

revision = "0054"
down_revision = "0058"

OLD = "'advice', 'matching', 'sharing', 'health', 'contact'"
NEW = "'advice', 'matching', 'sharing', 'release', 'health', 'contact'"
WHAT = "'needs', 'contact', 'recalled', 'deleted'"
ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    _allow_purposes(NEW)
    op.create_table(
        "presentations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("match_id", ID, sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("presented_at", MOMENT, nullable=False),
        sa.Column("ask_again_on", sa.Date),
        sa.Column("reminded_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("answer", sa.String(20)),
    )
    op.create_index(None, "presentations", ["match_id"])
    op.create_index(None, "presentations", ["presented_at"])
    op.create_table(
        "provider_links",
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        sa.Column("presentation_id", ID, sa.ForeignKey("presentations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
    )
    op.create_index(None, "provider_links", ["presentation_id"])
    op.create_table(
        "disclosures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("match_id", ID, sa.ForeignKey("matches.id", ondelete="CASCADE"), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("recorded_by", ID),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.CheckConstraint(f"what IN ({WHAT})", name="what_known"),
    )
    op.create_index(None, "disclosures", ["match_id"])
    for statement in refusals("disclosures", op.get_bind().dialect.name):
        op.execute(statement)
    op.create_table(
        "deletion_requests",
        sa.Column("id", ID, primary_key=True),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("offer_id", ID, sa.ForeignKey("offers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("match_id", ID, nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("confirmed_by", ID),
        sa.UniqueConstraint("token_hash"),
    )
    for column in ("organisation_id", "offer_id", "match_id"):
        op.create_index(None, "deletion_requests", [column])


def downgrade() -> None:
    for table in ("deletion_requests", "disclosures", "provider_links", "presentations"):
        op.drop_table(table)
    op.execute("DELETE FROM consents WHERE purpose = 'release'")
    _allow_purposes(OLD)


def _allow_purposes(purposes: str) -> None:
    with op.batch_alter_table("consents") as table:
        table.drop_constraint("purpose_known", type_="check")
        table.create_check_constraint("purpose_known", f"purpose IN ({purposes})")

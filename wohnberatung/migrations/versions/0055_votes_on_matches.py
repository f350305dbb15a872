"""Groups vote on people whom the office presents, members without an account by a link from a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
RULES = "'consensus', 'two_thirds', 'majority'"
OUTCOMES = "'accepted', 'not_accepted', 'too_few'"
CHOICES = "'for', 'against', 'abstain'"


def upgrade() -> None:
    op.create_table(
        "match_votes",
        sa.Column("presentation_id", ID, sa.ForeignKey("presentations.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("electorate", sa.Integer, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.CheckConstraint(f"rule IN ({RULES})", name="rule_known"),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name="outcome_known"),
    )
    op.create_index(None, "match_votes", ["ends_at"])
    op.create_table(
        "group_members",
        sa.Column("id", ID, primary_key=True),
        sa.Column("project_id", ID, sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_index(None, "group_members", ["project_id"])
    op.create_table(
        "match_voters",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "presentation_id", ID, sa.ForeignKey("match_votes.presentation_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("member_id", ID, sa.ForeignKey("group_members.id", ondelete="CASCADE")),
        sa.Column("choice", sa.String(10)),
        sa.Column("cast_at", MOMENT),
        sa.CheckConstraint(f"choice IN ({CHOICES})", name="choice_known"),
    )
    for column in ("presentation_id", "user_id", "member_id"):
        op.create_index(None, "match_voters", [column])
    with op.batch_alter_table("provider_links") as table:
        table.add_column(sa.Column("voter_id", ID))
        table.create_foreign_key(None, "match_voters", ["voter_id"], ["id"], ondelete="CASCADE")
        table.create_index(None, ["voter_id"])


def downgrade() -> None:
    op.execute("DELETE FROM provider_links WHERE voter_id IS NOT NULL")
    with op.batch_alter_table("provider_links") as table:
        table.drop_index("ix_provider_links_voter_id")
        table.drop_constraint("fk_provider_links_voter_id_match_voters", type_="foreignkey")
        table.drop_column("voter_id")
    for table in ("match_voters", "group_members", "match_votes"):
        op.drop_table(table)

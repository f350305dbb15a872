"""What initiatives tell and do on their page: dates, downloads, people who would like to join, votes."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
RULES = "('consensus', 'two_thirds', 'majority')"
NEW = ("costs", "sharing", "admission_rule", "review_asked_at")


def upgrade() -> None:
    with op.batch_alter_table("projects") as table:
        table.add_column(sa.Column("costs", sa.Text, nullable=False, server_default=""))
        table.add_column(sa.Column("sharing", sa.Text, nullable=False, server_default=""))
        table.add_column(sa.Column("admission_rule", sa.String(20), nullable=False, server_default="consensus"))
        table.add_column(sa.Column("review_asked_at", MOMENT))
        table.create_check_constraint("admission_rule_known", f"admission_rule IN {RULES}")
    op.create_index(None, "projects", ["review_asked_at"])
    _create_meetings()
    _create_joining()


def downgrade() -> None:
    for table in ("join_ballots", "join_votes", "join_enquiries", "project_files", "project_dates"):
        op.drop_table(table)
    op.drop_index(op.f("ix_projects_review_asked_at"), "projects")
    with op.batch_alter_table("projects") as table:
        table.drop_constraint("admission_rule_known", type_="check")
        for name in NEW:
            table.drop_column(name)


def _create_meetings() -> None:
    op.create_table(
        "project_dates",
        sa.Column("id", ID, primary_key=True),
        _project(),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("called_off", sa.Boolean, nullable=False),
        *_counted(),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )
    op.create_index(None, "project_dates", ["project_id"])
    op.create_index(None, "project_dates", ["starts_at"])
    op.create_table(
        "project_files",
        sa.Column("id", ID, primary_key=True),
        _project(),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *_counted()[1:],
    )
    op.create_index(None, "project_files", ["project_id"])


def _create_joining() -> None:
    op.create_table(
        "join_enquiries",
        sa.Column("id", ID, primary_key=True),
        _project(),
        sa.Column("receipt_number", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("held_for", sa.String(40)),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("person_key_id", ID, sa.ForeignKey("person_keys.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("messages", sa.LargeBinary),
        sa.Column("consent_version", sa.String(40), nullable=False),
        sa.Column("consent_text", sa.Text, nullable=False),
        sa.Column("contact_released_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("legal_hold", sa.Boolean, nullable=False),
        *_counted(),
        sa.UniqueConstraint("receipt_number"),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint("state IN ('open', 'answered', 'withdrawn', 'quarantined')", name="state_known"),
    )
    for column in ("project_id", "state", "person_key_id"):
        op.create_index(None, "join_enquiries", [column])
    _create_votes()


def _create_votes() -> None:
    op.create_table(
        "join_votes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("enquiry_id", ID, sa.ForeignKey("join_enquiries.id", ondelete="CASCADE"), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("electorate", sa.Integer, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("opened_by", ID),
        *_counted(),
        sa.UniqueConstraint("enquiry_id"),
        sa.CheckConstraint(f"rule IN {RULES}", name="rule_known"),
        sa.CheckConstraint("outcome IN ('accepted', 'not_accepted', 'too_few')", name="outcome_known"),
    )
    op.create_index(None, "join_votes", ["ends_at"])
    op.create_table(
        "join_ballots",
        sa.Column("vote_id", ID, sa.ForeignKey("join_votes.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("choice", sa.String(10), nullable=False),
        sa.Column("cast_at", MOMENT, nullable=False),
        sa.CheckConstraint("choice IN ('for', 'against', 'abstain')", name="choice_known"),
    )


def _project() -> sa.Column[str]:
    return sa.Column("project_id", ID, sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False)


def _counted() -> tuple[sa.Column[int], ...]:
    """Version, and when the row was made and changed."""
    version = sa.Column("version", sa.Integer, nullable=False)
    return version, sa.Column("created_at", MOMENT, nullable=False), sa.Column("updated_at", MOMENT, nullable=False)

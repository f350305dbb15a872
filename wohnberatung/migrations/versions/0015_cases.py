"""Cases with the people and requests that belong to them, and what was done with them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
CONSENT_KNOWN = "consent IN ('unasked', 'oral', 'written', 'refused', 'withdrawn')"


def upgrade() -> None:
    _create_cases()
    op.create_table(
        "case_people",
        sa.Column("id", ID, primary_key=True),
        _case(),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("consent", sa.String(20), nullable=False),
        sa.Column("consent_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "role IN ('helper', 'guardian', 'member', 'service', 'landlord', 'contact')", name="role_known"
        ),
        sa.CheckConstraint(CONSENT_KNOWN, name="consent_known"),
    )
    op.create_index(None, "case_people", ["case_id"])
    op.create_table(
        "case_requests",
        sa.Column("case_id", ID, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("request_id", ID, sa.ForeignKey("housing_requests.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("linked_at", MOMENT, nullable=False),
    )
    op.create_index(None, "case_requests", ["request_id"])
    op.create_table(
        "case_events",
        sa.Column("id", RUNNING_NUMBER, primary_key=True),
        _case(),
        sa.Column("deed", sa.String(30), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("actor_id", ID),
        sa.Column("other_id", ID),
        sa.Column("note", sa.LargeBinary),
    )
    op.create_index(None, "case_events", ["case_id"])
    op.create_table(
        "case_lookups",
        sa.Column("case_id", ID, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("digest", sa.CHAR(64), primary_key=True),
    )
    op.create_index(None, "case_lookups", ["digest"])
    _create_hand_over()


def downgrade() -> None:
    for table in ("case_accesses", "absences", "case_lookups", "case_events", "case_requests", "case_people", "cases"):
        op.drop_table(table)


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, primary_key=True),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id")),
        sa.Column("person_key_id", ID, sa.ForeignKey("person_keys.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("responsible_id", ID, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("stand_in_id", ID, sa.ForeignKey("users.id")),
        sa.Column("blocked", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("consent", sa.String(20), nullable=False),
        sa.Column("consent_on", sa.Date),
        sa.Column("closed_at", MOMENT),
        sa.Column("legal_hold", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.UniqueConstraint("number"),
        sa.CheckConstraint("kind IN ('person', 'household', 'organisation')", name="kind_known"),
        sa.CheckConstraint("state IN ('open', 'closed')", name="state_known"),
        sa.CheckConstraint(
            "origin IN ('phone', 'walk_in', 'letter', 'web_request', 'enquiry', 'organisation')", name="origin_known"
        ),
        sa.CheckConstraint(CONSENT_KNOWN, name="consent_known"),
    )
    for column in ("organisation_id", "person_key_id", "responsible_id", "stand_in_id", "state"):
        op.create_index(None, "cases", [column])


def _case() -> sa.Column[str]:
    return sa.Column("case_id", ID, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False)


def _create_hand_over() -> None:
    op.create_table(
        "absences",
        sa.Column("id", ID, primary_key=True),
        _user("user_id"),
        _user("stand_in_id"),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("last_day >= first_day", name="period_ascends"),
        sa.CheckConstraint("user_id <> stand_in_id", name="somebody_else"),
    )
    op.create_table(
        "case_accesses",
        sa.Column("id", ID, primary_key=True),
        _case(),
        _user("user_id"),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("noticed_at", MOMENT),
    )
    for table, columns in (("absences", ("user_id", "stand_in_id")), ("case_accesses", ("case_id", "user_id"))):
        for column in columns:
            op.create_index(None, table, [column])


def _user(column: str) -> sa.Column[str]:
    return sa.Column(column, ID, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)

"""Opening hours, special days, appointments, the quarters they take, calendars by secret address."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_hours()
    _create_appointments()
    op.create_table(
        "taken_quarters",
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("quarter", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("appointment_id", ID, sa.ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index(None, "taken_quarters", ["appointment_id"])
    op.create_table(
        "calendar_feeds",
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("token_hash", sa.CHAR(64), nullable=False),
        *_stamps(),
        sa.UniqueConstraint("token_hash"),
    )


def downgrade() -> None:
    for table in ("calendar_feeds", "taken_quarters", "appointments", "special_days", "opening_hours"):
        op.drop_table(table)


def _stamps() -> tuple[sa.Column, sa.Column]:
    return sa.Column("created_at", MOMENT, nullable=False), sa.Column("updated_at", MOMENT, nullable=False)


def _create_hours() -> None:
    op.create_table(
        "opening_hours",
        sa.Column("id", ID, primary_key=True),
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("begins", sa.Time, nullable=False),
        sa.Column("ends", sa.Time, nullable=False),
        sa.Column("ways", sa.JSON, nullable=False),
        *_stamps(),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
    )
    op.create_index(None, "opening_hours", ["user_id"])
    op.create_table(
        "special_days",
        sa.Column("id", ID, primary_key=True),
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("begins", sa.Time),
        sa.Column("ends", sa.Time),
        sa.Column("ways", sa.JSON, nullable=False),
        sa.Column("note", sa.String(120), nullable=False),
        *_stamps(),
        sa.CheckConstraint("(begins IS NULL) = (ends IS NULL)", name="both_times_or_none"),
        sa.CheckConstraint("NOT is_open OR (user_id IS NOT NULL AND begins IS NOT NULL)", name="open_by_somebody"),
    )
    op.create_index(None, "special_days", ["user_id"])
    op.create_index(None, "special_days", ["day"])


def _create_appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", ID, primary_key=True),
        sa.Column("receipt_number", sa.String(20), nullable=False),
        sa.Column("user_id", ID, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("held_for", sa.String(40)),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("starts_at", "ends_at", "busy_from", "busy_until")),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("person_key_id", ID, sa.ForeignKey("person_keys.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False),
        sa.Column("consent_version", sa.String(40)),
        sa.Column("consent_text", sa.Text),
        sa.Column("reminded_at", MOMENT),
        sa.Column("legal_hold", sa.Boolean, nullable=False),
        sa.Column("booked_by", ID),
        sa.Column("version", sa.Integer, nullable=False),
        *_stamps(),
        sa.UniqueConstraint("receipt_number"),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint("way IN ('phone', 'video', 'office', 'home')", name="way_known"),
        sa.CheckConstraint("state IN ('held', 'booked', 'cancelled', 'attended', 'missed')", name="state_known"),
        sa.CheckConstraint(
            "busy_from <= starts_at AND starts_at < ends_at AND ends_at <= busy_until", name="span_whole"
        ),
    )
    for columns in (["person_key_id"], ["user_id", "starts_at"], ["state", "starts_at"]):
        op.create_index(None, "appointments", columns)

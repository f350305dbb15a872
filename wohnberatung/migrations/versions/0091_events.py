"""Events, their dates, and who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"


def upgrade() -> None:
    _events()
    op.create_table(
        "event_dates",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("event_id", sa.CHAR(26), sa.ForeignKey("public_events.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        *_kept(),
        sa.CheckConstraint("state IN ('planned', 'called_off')", name="state_known"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )
    for column in ("event_id", "starts_at", "ends_at"):
        op.create_index(f"ix_event_dates_{column}", "event_dates", [column])
    _registrations()


def downgrade() -> None:
    op.drop_table("event_registrations")
    op.drop_table("event_dates")
    op.drop_table("public_events")


def _events() -> None:
    op.create_table(
        "public_events",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("organisation_id", sa.CHAR(26), sa.ForeignKey("organisations.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("place", sa.String(40)),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("support", sa.JSON, nullable=False),
        sa.Column("spoken", sa.JSON, nullable=False),
        sa.Column("cost", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(300), nullable=False),
        sa.Column("registers", sa.Boolean, nullable=False),
        sa.Column("capacity", sa.Integer),
        sa.Column("step_free", sa.Boolean),
        sa.Column("has_lift", sa.Boolean),
        sa.Column("entrance_door_clear_width_cm", sa.Double),
        sa.Column("entrance_door_powered", sa.Boolean),
        sa.Column("ramp_slope_percent", sa.Double),
        sa.Column("parking_accessible", sa.Boolean),
        sa.Column("inner_door_clear_width_cm", sa.Double),
        sa.Column("bathroom_turning_space_cm", sa.Double),
        sa.Column("wc_side_space_cm", sa.Double),
        sa.Column("grab_bars", sa.Boolean),
        sa.Column("contrast_marking", sa.Boolean),
        sa.Column("tactile_labels", sa.Boolean),
        *_kept(),
        sa.CheckConstraint("state IN ('draft', 'waiting', 'published', 'returned', 'removed')", name="state_known"),
        sa.CheckConstraint(
            "topic IN ('meeting', 'housing', 'advice', 'course', 'culture', 'participation')", name="topic_known"
        ),
        sa.CheckConstraint("capacity > 0", name="capacity_positive"),
        sa.CheckConstraint(
            "entrance_door_clear_width_cm BETWEEN 40 AND 200", name="entrance_door_clear_width_cm_plausible"
        ),
        sa.CheckConstraint("ramp_slope_percent BETWEEN 0 AND 30", name="ramp_slope_percent_plausible"),
        sa.CheckConstraint("inner_door_clear_width_cm BETWEEN 40 AND 200", name="inner_door_clear_width_cm_plausible"),
        sa.CheckConstraint("bathroom_turning_space_cm BETWEEN 50 AND 400", name="bathroom_turning_space_cm_plausible"),
        sa.CheckConstraint("wc_side_space_cm BETWEEN 0 AND 200", name="wc_side_space_cm_plausible"),
    )
    for column in ("organisation_id", "state", "waits_since", "place"):
        op.create_index(f"ix_public_events_{column}", "public_events", [column])


def _registrations() -> None:
    op.create_table(
        "event_registrations",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("date_id", sa.CHAR(26), sa.ForeignKey("event_dates.id", ondelete="CASCADE"), nullable=False),
        sa.Column("receipt_number", sa.String(20), nullable=False, unique=True),
        sa.Column("token_hash", sa.CHAR(64), nullable=False, unique=True),
        sa.Column("person_key_id", sa.CHAR(26), sa.ForeignKey("person_keys.id"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("held_for", sa.String(40)),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True)),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("needs", sa.LargeBinary),
        sa.Column("consent_version", sa.String(40), nullable=False),
        sa.Column("consent_text", sa.Text, nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        *_kept(),
        sa.CheckConstraint("state IN ('held', 'unconfirmed', 'taken', 'waiting', 'cancelled')", name="state_known"),
        sa.CheckConstraint("people > 0", name="people_positive"),
    )
    for column in ("date_id", "person_key_id", "state"):
        op.create_index(f"ix_event_registrations_{column}", "event_registrations", [column])


def _kept() -> list[sa.Column]:
    return [
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]

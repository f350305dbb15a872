"""Resources and needs of a neighbourhood, links to them, and requests for contact."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"


def upgrade() -> None:
    op.create_table(
        "resources",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True)),
        sa.Column("organisation_id", sa.CHAR(26), sa.ForeignKey("organisations.id")),
        sa.Column("entry_id", sa.CHAR(26), sa.ForeignKey("directory_entries.id", ondelete="SET NULL")),
        sa.Column("person_key_id", sa.CHAR(26), sa.ForeignKey("person_keys.id")),
        sa.Column("contact", sa.LargeBinary),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("consent_version", sa.String(40)),
        sa.Column("consent_text", sa.Text),
        sa.Column("held_for", sa.String(40)),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("booking", sa.String(300), nullable=False),
        sa.Column("weekly", sa.JSON, nullable=False),
        sa.Column("closures", sa.JSON, nullable=False),
        sa.Column("requirements", sa.JSON, nullable=False),
        sa.Column("decline_reason", sa.String(500), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
        sa.Column("resource_kind", sa.String(40)),
        sa.Column("district", sa.String(40)),
        sa.Column("free_times", sa.JSON),
        sa.Column("seats", sa.Double),
        sa.Column("room_area_sqm", sa.Double),
        sa.Column("cost_per_hour_eur", sa.Double),
        sa.Column("hours_a_month", sa.Double),
        sa.Column("spoken_languages", sa.JSON),
        sa.Column("description", sa.Text),
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
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('gives', 'seeks')", name="side_known"),
        sa.CheckConstraint("state IN ('waiting', 'published', 'paused', 'declined')", name="state_known"),
        sa.CheckConstraint(
            "resource_kind IN ('room', 'reading', 'repairs', 'transport', 'company', 'errands', 'skill', "
            "'knowledge', 'contacts')",
            name="resource_kind_plausible",
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 1000", name="seats_plausible"),
        sa.CheckConstraint("room_area_sqm BETWEEN 4 AND 5000", name="room_area_sqm_plausible"),
        sa.CheckConstraint("cost_per_hour_eur BETWEEN 0 AND 500", name="cost_per_hour_eur_plausible"),
        sa.CheckConstraint("hours_a_month BETWEEN 1 AND 120", name="hours_a_month_plausible"),
        sa.CheckConstraint("length(description) <= 4000", name="description_plausible"),
        sa.CheckConstraint(
            "entrance_door_clear_width_cm BETWEEN 40 AND 200",
            name="entrance_door_clear_width_cm_plausible",
        ),
        sa.CheckConstraint("ramp_slope_percent BETWEEN 0 AND 30", name="ramp_slope_percent_plausible"),
        sa.CheckConstraint("inner_door_clear_width_cm BETWEEN 40 AND 200", name="inner_door_clear_width_cm_plausible"),
        sa.CheckConstraint("bathroom_turning_space_cm BETWEEN 50 AND 400", name="bathroom_turning_space_cm_plausible"),
        sa.CheckConstraint("wc_side_space_cm BETWEEN 0 AND 200", name="wc_side_space_cm_plausible"),
    )
    for column in ("side", "state", "waits_since", "organisation_id", "entry_id", "person_key_id", "confirmed_at"):
        op.create_index(f"ix_resources_{column}", "resources", [column])
    op.create_table(
        "resource_links",
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        sa.Column("resource_id", sa.CHAR(26), sa.ForeignKey("resources.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_resource_links_resource_id", "resource_links", ["resource_id"])
    op.create_table(
        "resource_contact_requests",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("resource_id", sa.CHAR(26), sa.ForeignKey("resources.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("person_key_id", sa.CHAR(26), sa.ForeignKey("person_keys.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("token_hash", sa.CHAR(64), nullable=False),
        sa.UniqueConstraint("token_hash"),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("consent_version", sa.String(40), nullable=False),
        sa.Column("consent_text", sa.Text, nullable=False),
        sa.Column("held_for", sa.String(40)),
        sa.Column("released", sa.JSON, nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'passed_on', 'released', 'declined', 'ended')", name="state_known"),
    )
    for column in ("resource_id", "state", "person_key_id"):
        op.create_index(f"ix_resource_contact_requests_{column}", "resource_contact_requests", [column])


def downgrade() -> None:
    for table in ("resource_contact_requests", "resource_links", "resources"):
        op.drop_table(table)

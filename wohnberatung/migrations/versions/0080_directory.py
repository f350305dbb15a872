"""The directory: who does something for a neighbourhood, links that confirm an entry, lists of the office."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0072"


def upgrade() -> None:
    op.create_table(
        "directory_entries",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("organisation_id", sa.CHAR(26), sa.ForeignKey("organisations.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True)),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("audience", sa.String(500), nullable=False),
        sa.Column("citywide", sa.Boolean, nullable=False),
        sa.Column("serves", sa.JSON, nullable=False),
        sa.Column("lies_in", sa.String(40)),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("spoken", sa.JSON, nullable=False),
        sa.Column("opening_hours", sa.Text, nullable=False),
        sa.Column("phone", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("website", sa.String(300), nullable=False),
        sa.Column("contacts", sa.Text, nullable=False),
        sa.Column("contacts_agreed", sa.Boolean, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
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
        sa.CheckConstraint("state IN ('draft', 'waiting', 'published', 'changed')", name="state_known"),
        sa.CheckConstraint(
            "kind IN ('residents_council', 'tenant_initiative', 'self_advocacy', 'association', "
            "'neighbourhood_centre', 'service_provider', 'cooperative', 'landlord', 'landlords_association', "
            "'company', 'city_office')",
            name="kind_known",
        ),
        sa.CheckConstraint(
            "entrance_door_clear_width_cm BETWEEN 40 AND 200", name="entrance_door_clear_width_cm_plausible"
        ),
        sa.CheckConstraint("ramp_slope_percent BETWEEN 0 AND 30", name="ramp_slope_percent_plausible"),
        sa.CheckConstraint("inner_door_clear_width_cm BETWEEN 40 AND 200", name="inner_door_clear_width_cm_plausible"),
        sa.CheckConstraint("bathroom_turning_space_cm BETWEEN 50 AND 400", name="bathroom_turning_space_cm_plausible"),
        sa.CheckConstraint("wc_side_space_cm BETWEEN 0 AND 200", name="wc_side_space_cm_plausible"),
    )
    for column in ("organisation_id", "state", "waits_since", "confirmed_at"):
        op.create_index(f"ix_directory_entries_{column}", "directory_entries", [column])
    op.create_table(
        "directory_links",
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        sa.Column("entry_id", sa.CHAR(26), sa.ForeignKey("directory_entries.id", ondelete="CASCADE"), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_directory_links_entry_id", "directory_links", ["entry_id"])
    op.create_table(
        "directory_lists",
        sa.Column("id", sa.CHAR(26), primary_key=True),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("sent_by", sa.CHAR(26)),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("rows", sa.LargeBinary),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('staged', 'applied', 'discarded')", name="state_known"),
    )


def downgrade() -> None:
    op.drop_table("directory_lists")
    op.drop_table("directory_links")
    op.drop_table("directory_entries")

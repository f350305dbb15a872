"""Dwellings, projects, offers, and the append-only history of their facts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
RUNNING_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_dwellings()
    _create_projects()
    _create_offers()
    _create_history()
    clocks = op.create_table(
        "change_clocks",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("ticks", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(clocks, [{"name": "offers", "ticks": 0}])


def downgrade() -> None:
    for table in ("change_clocks", "fact_records", "offers", "projects", "dwellings"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _create_dwellings() -> None:
    op.create_table(
        "dwellings",
        sa.Column("id", ID, primary_key=True),
        _organisation(),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("street", sa.String(120), nullable=False),
        sa.Column("house_number", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("postcode", sa.String(10), nullable=False),
        sa.Column("town", sa.String(80), nullable=False),
        sa.Column("address_key", sa.String(300), nullable=False),
        sa.Column("address_released", sa.Boolean, nullable=False),
        sa.Column("lat", sa.Double),
        sa.Column("lon", sa.Double),
        _measure("steps_to_flat", 0, 200),
        _measure("floor", -2, 40),
        sa.Column("has_lift", sa.Boolean),
        sa.Column("step_free", sa.Boolean),
        _measure("lift_cabin_width_cm", 40, 400),
        _measure("lift_cabin_depth_cm", 40, 400),
        _measure("lift_door_clear_width_cm", 40, 200),
        _measure("entrance_door_clear_width_cm", 40, 200),
        sa.Column("entrance_door_powered", sa.Boolean),
        _measure("ramp_slope_percent", 0, 30),
        sa.Column("handrails_both_sides", sa.Boolean),
        sa.Column("parking_accessible", sa.Boolean),
        sa.Column("scooter_space", sa.Boolean),
        _choice("claimed_level", "none", "age_friendly", "accessible", "wheelchair"),
        _measure("inner_door_clear_width_cm", 40, 200),
        _measure("bathroom_door_clear_width_cm", 40, 200),
        sa.Column("bathroom_door_opens_outward", sa.Boolean),
        _measure("threshold_height_cm", 0, 40),
        _measure("corridor_width_cm", 50, 400),
        _measure("turning_space_cm", 50, 400),
        _measure("bed_side_space_cm", 0, 400),
        sa.Column("kitchen_underrideable", sa.Boolean),
        sa.Column("controls_reachable", sa.Boolean),
        sa.Column("window_handles_reachable", sa.Boolean),
        sa.Column("shower_level", sa.Boolean),
        sa.Column("has_bathtub", sa.Boolean),
        _measure("bathroom_turning_space_cm", 50, 400),
        _measure("wc_side_space_cm", 0, 200),
        _measure("wc_seat_height_cm", 30, 60),
        sa.Column("basin_underrideable", sa.Boolean),
        sa.Column("grab_bars", sa.Boolean),
        _measure("living_area_sqm", 8, 500),
        _measure("rooms", 1, 20),
        _measure("max_persons", 1, 20),
        sa.Column("balcony", sa.Boolean),
        sa.Column("balcony_level", sa.Boolean),
        sa.Column("garden", sa.Boolean),
        sa.Column("visual_doorbell", sa.Boolean),
        sa.Column("video_intercom", sa.Boolean),
        sa.Column("alarm_visual", sa.Boolean),
        sa.Column("contrast_marking", sa.Boolean),
        sa.Column("tactile_labels", sa.Boolean),
        sa.Column("stove_shutoff", sa.Boolean),
        sa.Column("emergency_call", sa.Boolean),
        sa.Column("quiet_location", sa.Boolean),
        sa.Column("simple_layout", sa.Boolean),
        sa.Column("district", sa.String(40)),
        _measure("stop_distance_m", 0, 20000),
        _measure("shop_distance_m", 0, 20000),
        _measure("doctor_distance_m", 0, 20000),
        _measure("year_built", 1200, 2040),
        _choice("energy_class", "A+", "A", "B", "C", "D", "E", "F", "G", "H"),
        sa.Column("renewable_heating", sa.Boolean),
        *_changes(),
        sa.CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="on_earth"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point_is_whole"),
    )
    op.create_index(None, "dwellings", ["organisation_id"])
    op.create_index(None, "dwellings", ["address_key"])


def _create_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", ID, primary_key=True),
        _organisation(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("summary", sa.String(500), nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("shared_values", sa.Text, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        _choice(
            "living_form",
            "self_contained",
            "housing_project",
            "multi_generation",
            "senior_flat_share",
            "care_flat_share",
            "inclusive_flat_share",
            "homeshare",
            "cluster_flat",
            "cooperative_house",
            "syndicate_house",
            "building_group",
        ),
        _choice("stage", "idea", "founding", "planning", "building", "lived_in"),
        _measure("group_size", 1, 500),
        _measure("free_places", 0, 500),
        sa.Column("private_bathroom", sa.Boolean),
        sa.Column("children_in_group", sa.Boolean),
        _measure("private_area_sqm", 4, 500),
        _measure("community_hours_month", 0, 120),
        _measure("help_hours_month", 0, 120),
        _choice("shared_meals", "never", "monthly", "weekly", "daily"),
        _choice("decision_mode", "consensus", "consent", "majority", "provider"),
        sa.Column("languages", sa.JSON),
        _text("self_description", 4000),
        *_changes(),
    )
    op.create_index(None, "projects", ["organisation_id"])
    op.create_index(None, "projects", ["published"])


def _create_offers() -> None:
    op.create_table(
        "offers",
        sa.Column("id", ID, primary_key=True),
        _organisation(),
        sa.Column("dwelling_id", ID, sa.ForeignKey("dwellings.id")),
        sa.Column("project_id", ID, sa.ForeignKey("projects.id")),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("external_id", sa.String(200)),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("demands", sa.JSON, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        _measure("rent_warm_eur", 0, 100000),
        _measure("rent_gross_cold_eur", 0, 100000),
        _measure("deposit_eur", 0, 100000),
        _measure("shares_eur", 0, 100000),
        sa.Column("available_from", sa.Date),
        _measure("min_term_months", 0, 1200),
        _measure("limited_to_months", 1, 1200),
        _choice("tenure", "rent", "sublet", "cooperative", "homeshare", "purchase"),
        _choice("wbs_type", "none", "L", "gMW", "pMW", "W"),
        sa.Column("pets_allowed", sa.Boolean),
        sa.Column("smoking_allowed", sa.Boolean),
        sa.Column("furnished", sa.Boolean),
        _choice("conversion_consent", "agreed", "open", "refused"),
        sa.Column("care_on_site", sa.Boolean),
        sa.Column("night_assistance", sa.Boolean),
        sa.Column("community_room", sa.Boolean),
        sa.Column("change_seq", sa.BigInteger),
        *_changes(),
        sa.CheckConstraint("dwelling_id IS NOT NULL OR project_id IS NOT NULL", name="of_something"),
        sa.CheckConstraint(
            "status IN ('draft', 'review', 'published', 'reserved', 'let', 'withdrawn')", name="status_known"
        ),
        sa.UniqueConstraint("source", "external_id"),
    )
    for column in ("organisation_id", "dwelling_id", "project_id", "status", "change_seq"):
        op.create_index(None, "offers", [column])


def _create_history() -> None:
    op.create_table(
        "fact_records",
        sa.Column("id", RUNNING_NUMBER, primary_key=True),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("observed_on", sa.Date, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", ID),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.CheckConstraint("level IN ('claimed', 'stated', 'measured')", name="level_known"),
        sa.CheckConstraint("subject_kind IN ('dwelling', 'offer', 'project')", name="subject_kind_known"),
    )
    op.create_index(None, "fact_records", ["subject_id", "key"])
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


_APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER fact_records_no_update BEFORE UPDATE ON fact_records "
        "BEGIN SELECT RAISE(ABORT, 'fact_records is append-only'); END",
        "CREATE TRIGGER fact_records_no_delete BEFORE DELETE ON fact_records "
        "BEGIN SELECT RAISE(ABORT, 'fact_records is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        "CREATE TRIGGER fact_records_append_only BEFORE UPDATE OR DELETE ON fact_records "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ),
}


def _organisation() -> sa.Column[str]:
    return sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id"), nullable=False)


def _measure(key: str, low: float, high: float) -> sa.Column[float]:
    return sa.Column(key, sa.Double, sa.CheckConstraint(f"{key} BETWEEN {low:g} AND {high:g}", name=f"{key}_plausible"))


def _choice(key: str, *options: str) -> sa.Column[str]:
    listed = ", ".join(f"'{option}'" for option in options)
    return sa.Column(key, sa.String(40), sa.CheckConstraint(f"{key} IN ({listed})", name=f"{key}_plausible"))


def _text(key: str, longest: int) -> sa.Column[str]:
    return sa.Column(key, sa.Text, sa.CheckConstraint(f"length({key}) <= {longest}", name=f"{key}_plausible"))


def _changes() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )

"""Sites for shared living with the history of their facts, what groups seek of one, introductions."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
BEFORE = "subject_kind IN ('dwelling', 'offer', 'project')"
AFTER = "subject_kind IN ('dwelling', 'offer', 'project', 'site')"
APPEND_ONLY = {
    f"fact_records_no_{deed.lower()}": (
        f"CREATE TRIGGER fact_records_no_{deed.lower()} BEFORE {deed} ON fact_records "
        "BEGIN SELECT RAISE(ABORT, 'fact_records is append-only'); END"
    )
    for deed in ("UPDATE", "DELETE")
}


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("id", ID, primary_key=True),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("published_at", MOMENT),
        *_facts(),
        sa.Column("evidence", sa.JSON, nullable=False),
        *_counted(),
        sa.CheckConstraint("status IN ('draft', 'review', 'published', 'withdrawn')", name="status_known"),
    )
    op.create_index(None, "sites", ["organisation_id"])
    op.create_index(None, "sites", ["status"])
    op.create_table(
        "site_searches",
        sa.Column("id", ID, primary_key=True),
        sa.Column("project_id", ID, sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
        sa.Column("requirements", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        *_counted(),
        sa.UniqueConstraint("project_id"),
    )
    _create_introductions()
    _allow(AFTER)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER fact_records_no_delete")
    else:
        op.execute("ALTER TABLE fact_records DISABLE TRIGGER USER")
    op.execute("DELETE FROM fact_records WHERE subject_kind = 'site'")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE fact_records ENABLE TRIGGER USER")
    _allow(BEFORE)
    for table in ("introductions", "site_searches", "sites"):
        op.drop_table(table)


def _create_introductions() -> None:
    op.create_table(
        "introductions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("site_id", ID, sa.ForeignKey("sites.id", ondelete="CASCADE"), nullable=False),
        sa.Column("project_id", ID, sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_by", sa.String(20), nullable=False),
        sa.Column("asked_by_user", ID),
        sa.Column("message", sa.LargeBinary, nullable=False),
        sa.Column("note", sa.LargeBinary),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", ID),
        *_counted(),
        sa.UniqueConstraint("site_id", "project_id"),
        sa.CheckConstraint("state IN ('asked', 'introduced', 'declined')", name="state_known"),
        sa.CheckConstraint("asked_by IN ('owner', 'initiative', 'office')", name="side_known"),
    )
    op.create_index(None, "introductions", ["project_id"])
    op.create_index(None, "introductions", ["state"])


def _allow(subjects: str) -> None:
    """SQLite makes the table anew for this, and its triggers go with the old one."""
    with op.batch_alter_table("fact_records") as table:
        table.drop_constraint("subject_kind_known", type_="check")
        table.create_check_constraint("subject_kind_known", subjects)
    if op.get_bind().dialect.name == "sqlite":
        for name, statement in APPEND_ONLY.items():
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
            op.execute(statement)


def _facts() -> tuple[sa.Column, ...]:
    kinds = ("house", "storey", "flats", "plot", "hall")
    rule = f"site_kind IN ({', '.join(repr(kind) for kind in kinds)})"
    return (
        sa.Column("site_kind", sa.String(40), sa.CheckConstraint(rule, name="site_kind_plausible")),
        _measure("site_area_sqm", "10", "1e+06"),
        _measure("dwelling_count", "0", "1000"),
        sa.Column("common_room_possible", sa.Boolean),
        sa.Column("ground_lease_possible", sa.Boolean),
        _measure("purchase_price_eur", "0", "1e+08"),
        _measure("rent_per_sqm_eur", "0", "100"),
        sa.Column("district", sa.String(40)),
        sa.Column("available_from", sa.Date),
        sa.Column("listed_building", sa.Boolean),
        sa.Column("lift_possible", sa.Boolean),
        sa.Column(
            "owner_wishes", sa.Text, sa.CheckConstraint("length(owner_wishes) <= 4000", name="owner_wishes_plausible")
        ),
        _measure("term_years", "1", "199"),
    )


def _measure(key: str, low: str, high: str) -> sa.Column:
    return sa.Column(key, sa.Double, sa.CheckConstraint(f"{key} BETWEEN {low} AND {high}", name=f"{key}_plausible"))


def _counted() -> tuple[sa.Column, ...]:
    """Version, and when the row was made and changed."""
    version = sa.Column("version", sa.Integer, nullable=False)
    return version, sa.Column("created_at", MOMENT, nullable=False), sa.Column("updated_at", MOMENT, nullable=False)

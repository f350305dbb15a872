"""Introductions have sides of any kind, each with its own yes, a history, a ledger, a thread and a meeting."""

import base64
import hashlib
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0092"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
LONG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
STATES = "'asked', 'offered', 'introduced', 'succeeded', 'ended', 'declined', 'withdrawn', 'lapsed'"
OLD_STATES = "'asked', 'introduced', 'declined'"
PARTIES = "'office', 'seeker', 'provider', 'group', 'system'"
TABLES = ("meetings", "files", "messages", "links", "disclosures", "events", "sides")
ADDED = (
    ("person_key_id", ID),
    ("reasons", sa.LargeBinary),
    ("due_at", MOMENT),
    ("reminded_at", MOMENT),
    ("released_at", MOMENT),
    ("outcome", sa.String(20)),
    ("outcome_reason", sa.String(40)),
    ("follow_up_on", sa.Date),
)
KNOWN = sa.table(
    "introductions",
    *(
        sa.column(name)
        for name in ("id", "pair", "site_id", "project_id", "state", "decided_at", "released_at", "kind")
    ),
)
SIDES = sa.table(
    "introduction_sides",
    *(
        sa.column(name)
        for name in ("id", "introduction_id", "position", "role", "site_id", "project_id", "answer", "answered_at")
    ),
)


def upgrade() -> None:
    with op.batch_alter_table("introductions") as table:
        table.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="site"))
        table.add_column(sa.Column("pair", sa.CHAR(64)))
        for name, kind in ADDED:
            table.add_column(sa.Column(name, kind))
    _sides()
    _history()
    _thread()
    _move_sides()
    with op.batch_alter_table("introductions") as table:
        table.drop_constraint("uq_introductions_site_id_project_id", type_="unique")
        table.drop_index("ix_introductions_project_id")
        table.drop_column("site_id")
        table.drop_column("project_id")
        table.alter_column("pair", existing_type=sa.CHAR(64), nullable=False)
        table.alter_column("kind", existing_type=sa.String(20), server_default=None)
        table.create_unique_constraint("uq_introductions_pair", ["pair"])
        table.create_foreign_key("fk_introductions_person_key_id_person_keys", "person_keys", ["person_key_id"], ["id"])
        table.drop_constraint("state_known", type_="check")
        table.drop_constraint("side_known", type_="check")
        table.create_check_constraint("state_known", f"state IN ({STATES})")
        table.create_check_constraint("side_known", "asked_by IN ('owner', 'initiative', 'seeker', 'office')")
        table.create_check_constraint("kind_known", "kind IN ('site', 'initiatives', 'founding')")
        table.create_check_constraint(
            "outcome_known",
            "outcome IN ('talking', 'arranged', 'house_found', 'group_founded', 'not_fitting')",
        )
    for name in ("person_key_id", "due_at", "follow_up_on"):
        op.create_index(f"ix_introductions_{name}", "introductions", [name])


def downgrade() -> None:
    """What has other sides than an owner and an initiative, or is under way, has no place in the old table."""
    with op.batch_alter_table("introductions") as table:
        table.add_column(sa.Column("site_id", ID))
        table.add_column(sa.Column("project_id", ID))
    of_sides = "(SELECT {0} FROM introduction_sides WHERE introduction_id = introductions.id AND {0} IS NOT NULL)"
    op.execute("DELETE FROM introductions WHERE kind <> 'site'")
    op.execute(
        f"UPDATE introductions SET site_id = {of_sides.format('site_id')}, project_id = {of_sides.format('project_id')}"
    )
    op.execute("DELETE FROM introductions WHERE site_id IS NULL OR project_id IS NULL")
    op.execute("UPDATE introductions SET state = 'asked' WHERE state = 'offered'")
    op.execute("UPDATE introductions SET state = 'introduced' WHERE state = 'succeeded'")
    op.execute(f"UPDATE introductions SET state = 'declined' WHERE state NOT IN ({OLD_STATES})")
    for name in TABLES:
        op.drop_table(f"introduction_{name}")
    with op.batch_alter_table("introductions") as table:
        for name in ("person_key_id", "due_at", "follow_up_on"):
            table.drop_index(f"ix_introductions_{name}")
        table.drop_constraint("uq_introductions_pair", type_="unique")
        table.drop_constraint("fk_introductions_person_key_id_person_keys", type_="foreignkey")
        for name in ("state_known", "side_known", "kind_known", "outcome_known"):
            table.drop_constraint(name, type_="check")
        for name in ("kind", "pair", *(each for each, _kind in ADDED)):
            table.drop_column(name)
        table.alter_column("site_id", existing_type=ID, nullable=False)
        table.alter_column("project_id", existing_type=ID, nullable=False)
        table.create_unique_constraint("uq_introductions_site_id_project_id", ["site_id", "project_id"])
        table.create_foreign_key("fk_introductions_site_id_sites", "sites", ["site_id"], ["id"], ondelete="CASCADE")
        table.create_foreign_key(
            "fk_introductions_project_id_projects", "projects", ["project_id"], ["id"], ondelete="CASCADE"
        )
        table.create_check_constraint("state_known", f"state IN ({OLD_STATES})")
        table.create_check_constraint("side_known", "asked_by IN ('owner', 'initiative', 'office')")
    op.create_index("ix_introductions_project_id", "introductions", ["project_id"])


def _move_sides() -> None:
    """Who is introduced has agreed, as the office was told on the telephone."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(KNOWN)).mappings().all():
        subjects = sorted((f"owner|{row['site_id']}", f"initiative|{row['project_id']}"))
        met = row["state"] == "introduced"
        values = {"pair": hashlib.sha256(",".join(subjects).encode()).hexdigest(), "kind": "site"}
        values["released_at"] = row["decided_at"] if met else None
        connection.execute(sa.update(KNOWN).where(KNOWN.c.id == row["id"]).values(**values))
        for position, (role, column) in enumerate((("owner", "site_id"), ("initiative", "project_id"))):
            side = {"id": _new_id(), "introduction_id": row["id"], "position": position, "role": role}
            side |= {"site_id": None, "project_id": None} | {column: row[column]}
            side |= {"answer": "agreed" if met else "waiting", "answered_at": row["decided_at"] if met else None}
            connection.execute(sa.insert(SIDES).values(**side))


def _new_id() -> str:
    """As core.ids makes them at this revision."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def _of(table: str, name: str, *, needed: bool = True, on_delete: str = "CASCADE") -> sa.Column:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id", ondelete=on_delete), nullable=not needed)


def _sides() -> None:
    subjects = " + ".join(
        f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in ("site_id", "project_id", "request_id")
    )
    op.create_table(
        "introduction_sides",
        sa.Column("id", ID, primary_key=True),
        _of("introductions", "introduction_id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        _of("sites", "site_id", needed=False),
        _of("projects", "project_id", needed=False),
        _of("housing_requests", "request_id", needed=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("consent_version", sa.String(40)),
        sa.Column("consent_text", sa.Text),
        sa.Column("language", sa.String(10)),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_through", sa.String(20)),
        sa.Column("answered_by", ID),
        sa.CheckConstraint(f"{subjects} = 1", name="one_subject"),
        sa.CheckConstraint("role IN ('owner', 'initiative', 'seeker')", name="role_known"),
        sa.CheckConstraint("answer IN ('waiting', 'agreed', 'refused', 'withdrawn')", name="answer_known"),
    )
    for name in ("introduction_id", "site_id", "project_id", "request_id"):
        op.create_index(f"ix_introduction_sides_{name}", "introduction_sides", [name])


def _history() -> None:
    op.create_table(
        "introduction_events",
        sa.Column("id", LONG, primary_key=True),
        _of("introductions", "introduction_id"),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("state_before", sa.String(20), nullable=False),
        sa.Column("state_after", sa.String(20), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("party", sa.String(10), nullable=False),
        _of("introduction_sides", "side_id", needed=False, on_delete="SET NULL"),
        sa.Column("actor_id", ID),
        sa.Column("reason", sa.String(40)),
        sa.Column("note", sa.LargeBinary),
        sa.CheckConstraint(f"state_before IN ({STATES})", name="before_known"),
        sa.CheckConstraint(f"state_after IN ({STATES})", name="after_known"),
        sa.CheckConstraint(f"party IN ({PARTIES})", name="party_known"),
    )
    op.create_table(
        "introduction_disclosures",
        sa.Column("id", LONG, primary_key=True),
        _of("introductions", "introduction_id"),
        _of("introduction_sides", "about_id"),
        _of("introduction_sides", "to_id"),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.CheckConstraint("what IN ('reasons', 'contact', 'recalled')", name="what_known"),
    )
    op.create_index("ix_introduction_events_introduction_id", "introduction_events", ["introduction_id"])
    op.create_index("ix_introduction_events_side_id", "introduction_events", ["side_id"])
    for name in ("introduction_id", "about_id", "to_id"):
        op.create_index(f"ix_introduction_disclosures_{name}", "introduction_disclosures", [name])


def _thread() -> None:
    op.create_table(
        "introduction_links",
        sa.Column("token_hash", sa.CHAR(64), primary_key=True),
        _of("introduction_sides", "side_id"),
        sa.Column("valid_until", MOMENT, nullable=False),
    )
    op.create_table(
        "introduction_messages",
        sa.Column("id", ID, primary_key=True),
        _of("introductions", "introduction_id"),
        _of("introduction_sides", "side_id", needed=False),
        sa.Column("written_by", ID),
        sa.Column("body", sa.LargeBinary, nullable=False),
        *_stamps(),
    )
    op.create_table(
        "introduction_files",
        sa.Column("id", ID, primary_key=True),
        _of("introduction_messages", "message_id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("file", sa.LargeBinary, nullable=False),
        *_stamps(),
        sa.CheckConstraint("media_type IN ('application/pdf', 'image/jpeg')", name="media_type_known"),
    )
    op.create_table(
        "introduction_meetings",
        sa.Column("id", ID, primary_key=True),
        _of("introductions", "introduction_id"),
        sa.Column("state", sa.String(20), nullable=False),
        _of("introduction_sides", "proposed_by", needed=False, on_delete="SET NULL"),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("starts_at", MOMENT),
        sa.Column("place", sa.LargeBinary),
        sa.Column("version", sa.Integer, nullable=False),
        *_stamps(),
        sa.UniqueConstraint("introduction_id", name="uq_introduction_meetings_introduction_id"),
        sa.CheckConstraint("state IN ('proposed', 'others_wanted', 'agreed', 'called_off')", name="state_known"),
    )
    op.create_index("ix_introduction_links_side_id", "introduction_links", ["side_id"])
    op.create_index(
        "ix_introduction_messages_introduction_id_created_at",
        "introduction_messages",
        ["introduction_id", "created_at"],
    )
    op.create_index("ix_introduction_messages_side_id", "introduction_messages", ["side_id"])
    op.create_index("ix_introduction_files_message_id", "introduction_files", ["message_id"])
    op.create_index("ix_introduction_meetings_starts_at", "introduction_meetings", ["starts_at"])
    op.create_index("ix_introduction_meetings_proposed_by", "introduction_meetings", ["proposed_by"])


def _stamps() -> tuple[sa.Column, ...]:
    return sa.Column("created_at", MOMENT, nullable=False), sa.Column("updated_at", MOMENT, nullable=False)

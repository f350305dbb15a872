"""Consultations with their codes, follow-ups, drafts, short enquiries, changes for the search, the audit chain."""

import base64
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ID, MOMENT, CODE = sa.CHAR(26), sa.DateTime(timezone=True), sa.String(40)

# As the office begins; administrators change them later. Source: domain notes on the advice record.
CODES: dict[str, tuple[tuple[str, str], ...]] = {
    "channel": (
        ("phone", "Telefon"),
        ("office", "Sprechstunde"),
        ("home_visit", "Hausbesuch"),
        ("email", "E-Mail"),
        ("video", "Video"),
        ("online_form", "Online-Formular"),
        ("group", "Gruppe oder Vortrag"),
        ("expert", "Fachberatung"),
    ),
    "reason": (
        ("hospital", "Krankenhausentlassung"),
        ("fall", "Sturz oder Unfall"),
        ("illness", "fortschreitende Krankheit"),
        ("care", "Pflegebedürftigkeit"),
        ("disability", "Behinderung, auch eines Kindes"),
        ("precaution", "Vorsorge"),
        ("notice", "Kündigung oder Wohnungsverlust"),
        ("rent", "Mietkosten"),
        ("loneliness", "Einsamkeit, Wunsch nach Gemeinschaft"),
        ("downsizing", "Verkleinerung"),
        ("separation", "Trennung oder Tod des Partners"),
        ("dementia", "Demenz"),
        ("planning", "Planung von Neubau oder Umbau"),
        ("initiative", "Initiative gründen"),
        ("offering", "Wohnraum anbieten"),
    ),
    "person_group": (
        ("older", "ältere Person"),
        ("mobility", "mobilitätsbehindert"),
        ("wheelchair", "Rollstuhl"),
        ("seeing", "Sehen"),
        ("hearing", "Hören"),
        ("cognitive", "kognitiv oder Demenz"),
        ("mental", "psychisch"),
        ("learning", "Lernschwierigkeiten"),
        ("family", "Kind oder Familie"),
        ("relatives", "Angehörige"),
        ("professional", "Fachkraft"),
        ("owner", "Vermieter oder Eigentümer"),
        ("initiative", "Initiative"),
    ),
    "age_group": (
        ("under_18", "unter 18"),
        ("18_39", "18 bis 39"),
        ("40_59", "40 bis 59"),
        ("60_69", "60 bis 69"),
        ("70_79", "70 bis 79"),
        ("80_89", "80 bis 89"),
        ("90_plus", "90 und älter"),
    ),
    "topic": (
        ("bathroom", "Bad"),
        ("entrance", "Eingang und Zugang"),
        ("stairs", "Treppe und Aufzug"),
        ("doors", "Türen und Schwellen"),
        ("kitchen", "Küche"),
        ("balcony", "Balkon"),
        ("light", "Licht und Orientierung"),
        ("aids", "Hilfsmittel"),
        ("technology", "Technik und Notruf"),
        ("funding", "Finanzierung"),
        ("tenancy_law", "Mietrecht"),
        ("moving", "Umzug"),
        ("accessible_home", "Wohnungssuche barrierefrei"),
        ("shared_living", "gemeinschaftliches Wohnen"),
        ("care_flat", "Pflege-WG"),
        ("exchange", "Wohnungstausch"),
        ("new_building", "Neubauberatung"),
    ),
    "result": (
        ("open", "offen"),
        ("information", "nur Information"),
        ("stayed_adapted", "in Wohnung verblieben, mit Anpassung"),
        ("stayed", "in Wohnung verblieben, ohne Anpassung"),
        ("moved", "umgezogen"),
        ("community", "in Gemeinschaft vermittelt"),
        ("referred", "weitervermittelt"),
        ("stopped", "abgebrochen"),
        ("died", "verstorben"),
    ),
}


def upgrade() -> None:
    _create_codes()
    _create_consultations()
    op.create_table(
        "follow_ups",
        sa.Column("id", ID, primary_key=True),
        _case(),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("due_time", sa.Time),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("created_by", ID),
        sa.Column("done_at", MOMENT),
        sa.Column("done_by", ID),
        *_versioned(),
    )
    op.create_table(
        "case_drafts",
        sa.Column("id", ID, primary_key=True),
        _case(),
        sa.Column("user_id", ID, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.UniqueConstraint("case_id", "user_id", "subject"),
    )
    op.create_table(
        "brief_enquiries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("channel", CODE, nullable=False),
        sa.Column("topic", CODE, nullable=False),
        sa.Column("person_group", CODE),
        sa.Column("advisor_id", ID),
    )
    op.create_table(
        "search_changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    _create_audit()
    indexed = {
        "follow_ups": ("case_id", "due_on", "done_at"),
        "case_drafts": ("user_id", "saved_at"),
        "brief_enquiries": ("asked_at",),
        "search_changes": ("changed_at",),
    }
    for table, columns in indexed.items():
        for column in columns:
            op.create_index(None, table, [column])


def downgrade() -> None:
    for table in (
        "audit_entries",
        "search_changes",
        "brief_enquiries",
        "case_drafts",
        "follow_ups",
        "consultation_topics",
        "consultations",
        "code_entries",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_new_audit()")


def _create_codes() -> None:
    table = op.create_table(
        "code_entries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("code_table", sa.String(20), nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        *_versioned(),
        sa.UniqueConstraint("code_table", "code"),
        sa.UniqueConstraint("code_table", "label"),
    )
    now = datetime.now(UTC)
    if op.get_bind().dialect.name == "sqlite":
        now = now.replace(tzinfo=None)
    rows = [
        {"id": _new_id(), "code_table": name, "code": code, "label": label, "position": position, "active": True}
        | {"version": 1, "created_at": now, "updated_at": now}
        for name, entries in CODES.items()
        for position, (code, label) in enumerate(entries, start=1)
    ]
    op.bulk_insert(table, rows)


def _create_consultations() -> None:
    op.create_table(
        "consultations",
        sa.Column("id", ID, primary_key=True),
        _case(),
        sa.Column("advisor_id", ID, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("on_behalf_of_id", ID, sa.ForeignKey("users.id")),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("channel", CODE, nullable=False),
        *(sa.Column(name, CODE) for name in ("reason", "person_group", "age_group", "result")),
        sa.Column("note", sa.LargeBinary),
        *_versioned(),
    )
    for column in ("case_id", "advisor_id", "held_at"):
        op.create_index(None, "consultations", [column])
    op.create_table(
        "consultation_topics",
        sa.Column("consultation_id", ID, sa.ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic", CODE, primary_key=True),
    )


def _create_audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("actor", sa.CHAR(32), nullable=False),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("subject", sa.CHAR(32), nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("digest", sa.CHAR(64), nullable=False),
    )
    for column in ("happened_at", "actor", "subject"):
        op.create_index(None, "audit_entries", [column])
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


_APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries "
        "BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse_new_audit() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        "CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_new_audit()",
    ),
}


def _case() -> sa.Column[str]:
    return sa.Column("case_id", ID, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False)


def _versioned() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )


def _new_id() -> str:
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()

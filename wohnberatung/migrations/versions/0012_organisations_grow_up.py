"""Kinds, confirmation, trust and contact of organisations; roles of their members.

Who was there before was entered by the office, so it is confirmed, and its members manage it. Welfare organisations
become foundations; the office corrects those that are services.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID, MOMENT = sa.CHAR(26), sa.DateTime(timezone=True)
BEFORE = (
    "municipal_company", "cooperative", "company", "private_owner",
    "initiative", "association", "welfare", "public_body",
)  # fmt: skip
AFTER = (
    "municipal_company", "company", "cooperative", "private_owner", "owner_occupier",
    "association", "foundation", "initiative", "service_provider", "public_body",
)  # fmt: skip
COLUMNS = ("about", "website", "contact", "trust", "confirmed_at", "confirmed_by", "declined_at", "version")


def upgrade() -> None:
    with op.batch_alter_table("organisations") as table:
        table.drop_constraint("known_kind", type_="check")
        table.add_column(sa.Column("about", sa.String(2000), nullable=False, server_default=""))
        table.add_column(sa.Column("website", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("contact", sa.LargeBinary))
        table.add_column(sa.Column("trust", sa.String(10), nullable=False, server_default="reviewed"))
        table.add_column(sa.Column("confirmed_at", MOMENT))
        table.add_column(sa.Column("confirmed_by", ID))
        table.add_column(sa.Column("declined_at", MOMENT))
        table.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.execute("UPDATE organisations SET confirmed_at = created_at")
    op.execute("UPDATE organisations SET kind = 'foundation' WHERE kind = 'welfare'")
    with op.batch_alter_table("organisations") as table:
        table.alter_column("version", server_default=None)
        table.create_check_constraint("known_kind", _one_of("kind", AFTER))
        table.create_check_constraint("known_trust", _one_of("trust", ("reviewed", "live")))
    with op.batch_alter_table("memberships") as table:
        table.add_column(sa.Column("role", sa.String(10), nullable=False, server_default="editor"))
    op.execute("UPDATE memberships SET role = 'manager'")
    with op.batch_alter_table("memberships") as table:
        table.create_check_constraint("known_member_role", _one_of("role", ("manager", "editor")))


def downgrade() -> None:
    with op.batch_alter_table("memberships") as table:
        table.drop_constraint("known_member_role", type_="check")
        table.drop_column("role")
    with op.batch_alter_table("organisations") as table:
        table.drop_constraint("known_kind", type_="check")
        table.drop_constraint("known_trust", type_="check")
        for name in COLUMNS:
            table.drop_column(name)
    op.execute("UPDATE organisations SET kind = 'welfare' WHERE kind IN ('foundation', 'service_provider')")
    op.execute("UPDATE organisations SET kind = 'private_owner' WHERE kind = 'owner_occupier'")
    with op.batch_alter_table("organisations") as table:
        table.create_check_constraint("known_kind", _one_of("kind", BEFORE))


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"

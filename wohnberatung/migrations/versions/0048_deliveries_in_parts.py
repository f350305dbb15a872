"""How far a delivery has come that is being taken over, part by part."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    """Nothing is on its way: what was being taken over has happened wholly or not at all."""
    op.add_column("import_runs", sa.Column("taken", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("import_runs", "taken")

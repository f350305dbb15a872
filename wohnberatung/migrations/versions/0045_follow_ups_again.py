"""Follow-ups that come again: how often, told as a count and a unit ("2 woche")."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Of those from before none was understood to come again."""
    op.add_column("follow_ups", sa.Column("every", sa.String(12)))


def downgrade() -> None:
    op.drop_column("follow_ups", "every")

"""A room of a home is offered as what it is."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Of offers from before nobody knows it; none was meant as a room."""
    op.add_column("offers", sa.Column("single_room", sa.Boolean))


def downgrade() -> None:
    op.drop_column("offers", "single_room")

"""In which language a consent was read: its text is shown in no other."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Of consents from before it is the language of the request, in which the form was filled in."""
    op.add_column("consents", sa.Column("language", sa.String(10), nullable=False, server_default="de"))
    asked = "SELECT language FROM housing_requests WHERE housing_requests.id = consents.request_id"
    op.execute(f"UPDATE consents SET language = ({asked})")


def downgrade() -> None:
    op.drop_column("consents", "language")

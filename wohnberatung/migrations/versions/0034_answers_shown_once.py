"""Pages were kept as answers to forms, sealed: what is shown once is never kept. The keys stay, so that nothing that
was sent before is done again."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.execute(sa.text("UPDATE idempotency_keys SET answer = NULL"))


def downgrade() -> None:
    """What is forgotten stays so."""

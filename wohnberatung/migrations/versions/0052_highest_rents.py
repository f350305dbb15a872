"""No rent of more than 15,000 € a month: what is more was meant for a year, or for buying."""

from alembic import op

revision = "0052"
down_revision = "0051"

RENTS = ("rent_warm_eur", "rent_gross_cold_eur", "rent_net_cold_eur")
BEFORE, AFTER = 100_000, 15_000


def upgrade() -> None:
    """What is not plausible any more is unknown, as if it came in today."""
    for key in RENTS:
        op.execute(f"UPDATE offers SET {key} = NULL WHERE {key} > {AFTER}")
    _allow(AFTER)


def downgrade() -> None:
    _allow(BEFORE)


def _allow(highest: int) -> None:
    with op.batch_alter_table("offers") as table:
        for key in RENTS:
            table.drop_constraint(f"{key}_plausible", type_="check")
            table.create_check_constraint(f"{key}_plausible", f"{key} BETWEEN 0 AND {highest}")

"""What a rent is made of, how a home is fitted and heated, and what its energy certificate says."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"

Column = tuple[str, sa.types.TypeEngine[object], str]


def _measure(key: str, low: int, high: int) -> Column:
    return key, sa.Double(), f"{key} BETWEEN {low} AND {high}"


def _flag(key: str) -> Column:
    return key, sa.Boolean(), ""


def _choice(key: str, *options: str) -> Column:
    quoted = ", ".join(f"'{option}'" for option in options)
    return key, sa.String(40), f"{key} IN ({quoted})"


COLUMNS = {
    "dwellings": (
        _flag("fitted_kitchen"),
        _flag("cellar"),
        _flag("parking_space"),
        _measure("house_storeys", 1, 60),
        _choice(
            "home_condition",
            "first_use",
            "as_new",
            "refurbished",
            "partly_refurbished",
            "modernised",
            "well_kept",
            "needs_renovation",
            "unfinished",
        ),
        _choice("heating_kind", "district", "central", "flat", "stove"),
        _choice(
            "energy_source",
            "district",
            "gas",
            "oil",
            "heat_pump",
            "wood",
            "solar",
            "electricity",
            "coal",
            "block",
        ),
        _choice("energy_certificate", "demand", "consumption", "not_needed", "missing"),
        _measure("energy_kwh_sqm", 0, 1000),
    ),
    "offers": (
        _measure("rent_net_cold_eur", 0, 100000),
        _measure("running_costs_eur", 0, 100000),
        _measure("heating_costs_eur", 0, 100000),
        _flag("heating_in_running_costs"),
        _measure("deposit_months", 0, 6),
    ),
}


def upgrade() -> None:
    """Of homes from before nothing of it is known."""
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for key, kind, rule in columns:
                table.add_column(sa.Column(key, kind))
                if rule:
                    table.create_check_constraint(f"{key}_plausible", rule)


def downgrade() -> None:
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for key, _kind, rule in columns:
                if rule:
                    table.drop_constraint(f"{key}_plausible", type_="check")
                table.drop_column(key)

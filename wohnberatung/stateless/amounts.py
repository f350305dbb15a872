"""Dated amounts for commands without a database: read from the table that fills one."""

from datetime import date

from matching.proposals.groups import CareFund
from seed_data.files import read_table

CARE_FUND_EACH = "care_measure_max"
CARE_FUND_TOGETHER = "care_measure_max_shared"


class NoAmount(LookupError):
    """The table holds no amount of that name for that day."""


def care_fund(on: date) -> CareFund:
    """What the care fund adds to works on that day, for one person and for a shared dwelling."""
    return CareFund(amount(CARE_FUND_EACH, on), amount(CARE_FUND_TOGETHER, on))


def amount(key: str, on: date) -> float:
    """The amount valid on that day, ends included; `NoAmount` where there is none."""
    valid = [
        row
        for row in read_table("parameters.csv")
        if row["key"] == key
        and row["alternative"] == "0"
        and (not row["valid_from"] or date.fromisoformat(row["valid_from"]) <= on)
        and (not row["valid_to"] or on <= date.fromisoformat(row["valid_to"]))
    ]
    if not valid:
        raise NoAmount(key)
    return float(max(valid, key=lambda row: row["valid_from"])["value"])

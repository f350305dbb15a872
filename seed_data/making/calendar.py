"""The days of the demo: everything happens before or after one fixed day."""

from datetime import date, timedelta

from seed_data.making.chance import Chance

TODAY = date(2026, 11, 22)


def days_ago(chance: Chance, most: int, least: int = 0) -> date:
    """A day between `most` and `least` days before the fixed day."""
    return TODAY - timedelta(days=chance.randint(least, most))


def moving_day(chance: Chance, latest_months: int = 7) -> date:
    """The first or the fifteenth of this or one of the coming months, as contracts begin."""
    months = TODAY.month - 1 + chance.randint(0, latest_months)
    return date(TODAY.year + months // 12, months % 12 + 1, chance.pick({1: 5, 15: 1}))

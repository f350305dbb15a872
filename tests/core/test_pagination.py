"""Long lists come in pages; nonsense in an address shows the first."""

from typing import Any

import pytest
from sqlalchemy import select

from wohnberatung.accounts.models import Organisation
from wohnberatung.core.pagination import page_number, paginate


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (None, 1),
        ("", 1),
        ("3", 3),
        ("0", 1),
        ("-2", 1),
        ("abc", 1),
        ("²", 1),
        ("1e9", 1),
        ("999999999", 100_000),
        ("9" * 400, 1),
    ],
)
def test_page_numbers_from_addresses(text: str | None, number: int) -> None:
    assert page_number(text) == number


def test_pages_share_the_rows_in_order(session: Any) -> None:
    session.add_all(Organisation(name=f"Haus {number:02}", kind="company") for number in range(7))
    query = select(Organisation).order_by(Organisation.name)
    pages = [paginate(session, query, number, size=3) for number in (1, 2, 3, 4)]
    assert [[each.name[-2:] for each in page.items] for page in pages] == [
        ["00", "01", "02"],
        ["03", "04", "05"],
        ["06"],
        [],
    ]
    assert [(page.first, page.last, page.total, page.pages) for page in pages] == [
        (1, 3, 7, 3),
        (4, 6, 7, 3),
        (7, 7, 7, 3),
        (0, 0, 7, 3),
    ]

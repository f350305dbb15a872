"""Small things that have one spelling: each once stood in many places, and must not come back beside its one home."""

import re

import pytest

from tests.architecture.test_repository import committed_files, name_of

# What it looks like when it is written by hand → where its one spelling lives.
SPELLINGS = {
    "who may only be of the office": (r"if not actor\.is_staff:\n\s+raise ", {"wohnberatung/core/actors.py"}),
    "who may only administrate": (r"if not actor\.has_role\(ADMIN\):\n\s+raise ", {"wohnberatung/core/actors.py"}),
    "a number nobody has yet": (r"new_receipt_number\(", {"wohnberatung/core/ids.py"}),
    "an offer without a title": (r"Angebot ohne Titel", {"wohnberatung/dwellings/models.py"}),
    "a dwelling without a title": (r"Wohnung ohne A", {"wohnberatung/dwellings/models.py"}),
    "a title or what stands for it": (
        r"(offer|dwelling|home|ours|row)\.title or |dwelling\.title if |\.address or \w+\.title",
        {"wohnberatung/dwellings/models.py", "wohnberatung/dwellings/services/entering.py"},
    ),
    "a column with one of some words": (
        r"one_of\(\"|CheckConstraint\(f?[\"']\w+ IN ",
        {"wohnberatung/core/database.py"},
    ),
    "a text that is too long": (
        r"Bitte kürzen Sie den Text",
        {"wohnberatung/core/constraints.py", "wohnberatung/web/forms.py"},
    ),
    "that rows are only added": (r"is append-only'", {"wohnberatung/core/append_only.py"}),
    "where a sealed value belongs": (
        r'f"\w+\|\w+\|\{|f"\w+\|\{\w+\}\|\{',
        {
            "wohnberatung/privacy/encryption.py",  # the keys themselves
            "wohnberatung/core/idempotency.py",  # sealed with a key that only the form holds
            "wohnberatung/web/sessions.py",  # written without a row at hand
            "wohnberatung/pictures/services.py",  # files beside the database
        },
    ),
}
MIGRATIONS = "wohnberatung/migrations/versions/"


@pytest.mark.parametrize("what", SPELLINGS)
def test_it_is_spelt_in_one_place(what: str) -> None:
    pattern, homes = SPELLINGS[what]
    found = {
        name_of(file)
        for file in committed_files(".py", ".html")
        if name_of(file).startswith(("wohnberatung/", "templates/")) and not name_of(file).startswith(MIGRATIONS)
        if re.search(pattern, file.read_text(encoding="utf-8"))
    }
    assert found <= homes

"""Named database constraints and what they mean to a person, and how long a text may be: validation's last line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db

# What a picture shows, in words.
ALT = 300
# What somebody adds to a step: a reason, a remark.
NOTE = 2000
# What people write each other, and what they ask.
MESSAGE = 4000


def check_length(text: str, most: int, field: str) -> None:
    """DomainError at the field where the text is longer."""
    if len(text) > most:
        raise DomainError(_("Bitte kürzen Sie den Text auf %(most)s Zeichen.", most=format_decimal(most)), field)


# constraint name: (form field, sentence). Every UNIQUE or CHECK a person can run into has a row.
MESSAGES: dict[str, tuple[str, str]] = {
    "uq_users_email": ("email", "Für diese E-Mail-Adresse gibt es schon ein Konto."),
    "uq_organisations_name": ("name", "Eine Organisation mit diesem Namen gibt es schon."),
    "uq_import_runs_format_file_hash": ("file", "Diese Datei wird gerade schon eingelesen. Bitte kurz warten."),
    "uq_join_votes_enquiry_id": ("last_day", "Über diese Anfrage wird schon abgestimmt."),
    "uq_site_searches_project_id": (
        "text",
        "Diese Suche hat gerade jemand anderes angelegt. Bitte öffnen Sie sie neu.",
    ),
    "uq_introductions_pair": ("message", "Um diese Vermittlung hat gerade schon jemand gebeten."),
    "uq_initiatives_project_id": ("project_id", "Diese Gruppe hat schon eine Seite als Initiative."),
    "uq_initiatives_slug": (
        "name",
        "Diesen Namen hat gerade eine andere Gruppe gewählt. Bitte versuchen Sie es noch einmal.",
    ),
    "uq_initiative_marks_initiative_id_step": (
        "note",
        "Diesen Schritt hat gerade jemand anderes geändert. Bitte öffnen Sie ihn neu.",
    ),
}

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)$")
_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (\w+)$")


@contextmanager
def explained() -> Iterator[None]:
    """Flush what the block does, and turn a refused named constraint into the sentence written for it.

    The block is a savepoint, so the page with the error can still read from the database.
    """
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        raise explain(error) or error from error


def explain(error: IntegrityError) -> DomainError | None:
    """The domain error for a refused constraint, or None if the fault is ours, not the person's."""
    name = constraint_name(error)
    if name not in MESSAGES:
        return None
    field, message = MESSAGES[name]
    return DomainError(message, field)


def constraint_name(error: IntegrityError) -> str | None:
    """The violated constraint's name: PostgreSQL says it, SQLite names columns instead."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name) if diagnosis.constraint_name else None
    text = str(error.orig)
    if found := _SQLITE_CHECK.search(text):
        return found.group(1)
    if found := _SQLITE_UNIQUE.search(text):
        return _unique_over(found.group(1).split(", "))
    return None


def _unique_over(columns: list[str]) -> str | None:
    table = db.metadata.tables.get(columns[0].partition(".")[0])
    if table is None:
        return None
    wanted = {column.partition(".")[2] for column in columns}
    return next((name for name, names in _uniques(table) if names == wanted), None)


def _uniques(table: Table) -> list[tuple[str, set[str]]]:
    constraints = [
        (str(item.name), {column.name for column in item.columns})
        for item in table.constraints
        if isinstance(item, UniqueConstraint | PrimaryKeyConstraint)
    ]
    indexes = [(str(index.name), {column.name for column in index.columns}) for index in table.indexes if index.unique]
    return constraints + indexes

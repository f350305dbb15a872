"""What an organisation says about the columns of its tables: asked once, known from then on."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.bridge.imports import bare
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party, party_of
from wohnberatung.extensions import db
from wohnberatung.intake.headings import IDENTITIES, LONGEST_HEADING, Column, OwnWords
from wohnberatung.intake.models import ColumnMeaning, ImportRun, StoredColumn
from wohnberatung.intake.services.uploads import get_run, hand_over
from wohnberatung.intake.steps import ASK_COLUMNS, ASSIGN, IMPORT_STEPS


def words_of(organisation_id: str) -> OwnWords:
    """What this organisation said its headings mean."""
    mine = select(ColumnMeaning).where(ColumnMeaning.organisation_id == organisation_id)
    return {known.heading: known.word for known in db.session.scalars(mine)}


def columns_of_run(run: ImportRun) -> list[Column]:
    """The columns of the table as it was read last, those that nobody knows first."""
    stored = run.plain_columns or []
    columns = [Column(each["heading"], tuple(each["examples"]), each["word"]) for each in stored]
    return sorted(columns, key=lambda column: column.is_known)


def ask_columns(run: ImportRun) -> None:
    """The delivery waits until a person has said what its columns mean. Raises as `StepTable.check` does."""
    IMPORT_STEPS.take(run, ASK_COLUMNS, by=Party.SYSTEM)
    db.session.flush()


def keep_columns(run: ImportRun, columns: Sequence[Column]) -> None:
    """For the page on which a person says what they mean."""
    run.plain_columns = [
        StoredColumn(heading=each.heading, examples=list(each.examples), word=each.word) for each in columns
    ]


def may_assign(run: ImportRun, actor: Actor) -> bool:
    """Whether there is something to be said about columns now."""
    offered = {step.key for step in IMPORT_STEPS.offered(run, party_of(actor, Party.PROVIDER))}
    return ASSIGN in offered and bool(run.plain_columns)


def assign_columns(run_id: str, actor: Actor, words: Mapping[str, str]) -> ImportRun:
    """What the person said, heading → word, is known from now on; the table is read anew.

    Raises DomainError where no column says which home a row is, Conflict where the delivery has moved on, NotFound
    where there is none for this person.
    """
    run = get_run(run_id, actor, lock=True)
    IMPORT_STEPS.check(run, ASSIGN, by=party_of(actor, Party.PROVIDER))
    if not set(IDENTITIES) & set(words.values()):
        raise DomainError(
            _(
                "Welche Spalte ist die Objektnummer? An ihr erkennen wir die Wohnung in der nächsten Tabelle wieder."
                " Gibt es keine, dann ergänzen Sie bitte eine in der Tabelle und schicken Sie sie noch einmal."
            )
        )
    asked = {column.heading: column.word for column in columns_of_run(run)}
    for heading, word in words.items():
        if heading in asked and word != asked[heading]:
            _remember(str(run.organisation_id), heading, word)
    IMPORT_STEPS.take(run, ASSIGN, by=party_of(actor, Party.PROVIDER))
    hand_over(run)
    return run


def _remember(organisation_id: str, heading: str, word: str) -> None:
    key = (organisation_id, bare(heading)[:LONGEST_HEADING])
    if known := db.session.get(ColumnMeaning, key):
        known.word = word
    else:
        db.session.add(ColumnMeaning(organisation_id=key[0], heading=key[1], word=word))

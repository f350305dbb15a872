"""How long deliveries are kept that nobody took over."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun, RunState
from wohnberatung.privacy.retention import Rule


def _delete(run: ImportRun) -> None:
    """With its records; a statement of its own, as the table of records follows by its foreign key."""
    db.session.execute(delete(ImportRun).where(ImportRun.id == run.id))


OPEN = (RunState.READING, RunState.REFUSED, RunState.STAGED, RunState.REVIEW, RunState.DISCARDED)
OVER = (RunState.PROMOTED, RunState.UNDONE)

RULES = (
    Rule(
        "import_staging",
        _l("Lieferungen von Angeboten, die niemand übernommen hat"),
        _l("löschen"),
        90,
        lambda before: select(ImportRun).where(ImportRun.state.in_(OPEN), ImportRun.updated_at < before),
        _delete,
    ),
    Rule(
        "import_history",
        _l("Lieferungen, die Organisationen geschickt haben und die übernommen sind"),
        _l("löschen"),
        730,
        lambda before: select(ImportRun).where(
            ImportRun.state.in_(OVER), ImportRun.organisation_id.is_not(None), ImportRun.updated_at < before
        ),
        _delete,
    ),
)

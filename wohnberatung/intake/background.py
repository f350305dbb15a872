"""What deliveries have done in the background."""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.work import Task
from wohnberatung.intake.services import jobs
from wohnberatung.intake.services.uploads import APPLY, READ, UNDO

WORK = (
    Task(READ, _l("Lieferung lesen und Vorschau machen"), jobs.read),
    Task(APPLY, _l("Lieferung übernehmen"), jobs.apply),
    Task(UNDO, _l("Lieferung zurücknehmen"), jobs.undo),
)

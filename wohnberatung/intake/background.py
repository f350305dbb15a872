"""What deliveries have done in the background."""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.work import Task
from wohnberatung.intake.services import working
from wohnberatung.intake.services.sending import APPLY, READ, UNDO

WORK = (
    Task(READ, _l("Lieferung lesen und Vorschau machen"), working.read),
    Task(APPLY, _l("Lieferung übernehmen"), working.apply),
    Task(UNDO, _l("Lieferung zurücknehmen"), working.undo),
)

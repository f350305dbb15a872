"""Who may change what belongs to an organisation."""

from flask_babel import gettext as _

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Forbidden


def may_edit(actor: Actor, organisation_id: str | None) -> bool:
    """The office may edit everything, others what is their organisation's."""
    return actor.is_staff or actor.belongs_to(organisation_id)


def check_may_edit(actor: Actor | None, organisation_id: str | None) -> None:
    """Forbidden unless `may_edit`; None is the office's own machinery."""
    if actor is not None and not may_edit(actor, organisation_id):
        raise Forbidden(_("Sie können nur Einträge Ihrer eigenen Organisation ändern."))

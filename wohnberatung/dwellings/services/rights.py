"""Who may change what belongs to an organisation."""

from flask_babel import gettext as _

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Forbidden


def check_may_edit(actor: Actor | None, organisation_id: str | None) -> None:
    """The office may edit everything, others what is their organisation's; None is the office's machinery."""
    if actor is not None and not actor.is_staff and not actor.belongs_to(organisation_id):
        raise Forbidden(_("Sie können nur Einträge Ihrer eigenen Organisation ändern."))

"""Requests for discretion: those whose day has passed wait on the desk."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.discretion import models, views
from wohnberatung.discretion.services.requests import late_requests
from wohnberatung.discretion.services.search import SEARCH


def decisions_late(actor: Actor) -> DeskContent:
    """Of which the responsible office should have decided by now."""
    late = late_requests(actor)
    lines = [
        DeskLine(
            row.title,
            _("%(office)s, bis %(day)s", office=row.authority, day=f"{row.due_on:%d.%m.%Y}"),
            "discretion.show_request",
            {"request_id": row.id},
            urgent=True,
        )
        for row in late[:SHOWN]
    ]
    return DeskContent(len(late), lines, "discretion.list_requests")


DESK = (DeskSection("discretion", _l("Ermessen: Entscheidung überfällig"), 79, decisions_late),)

AREA = Area(key="discretion", models=models, blueprint=views.blueprint, desk=DESK, search=SEARCH)

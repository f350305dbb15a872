"""The network: sites for groups, what groups search, introductions."""

from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.network import models, views
from wohnberatung.network.services.sites import sites_in_review


def sites_to_review(actor: Actor) -> DeskContent:
    waiting = sites_in_review(actor)
    lines = [
        DeskLine(site.title, site.organisation.name, "network.show_site", {"site_id": site.id})
        for site in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "network.list_sites")


DESK = (DeskSection("sites", _l("Häuser zu prüfen"), 64, sites_to_review),)
AREA = Area(
    key="network",
    models=models,
    blueprint=views.blueprint,
    desk=DESK,
    impersonal={models.Introduction: "what two organisations and the office wrote; it goes with the site or the group"},
)

"""Initiatives: asked once a year whether their page is right, looked after where they stall, shown where they are."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_news import PlaceNews
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.work import Periodic, Running
from wohnberatung.initiatives import models, views
from wohnberatung.initiatives.services.freshness import ask_groups
from wohnberatung.initiatives.services.initiatives import told_with
from wohnberatung.initiatives.services.of_place import known_of, news_of
from wohnberatung.initiatives.services.progress import stalled_initiatives


def initiatives_that_stall(actor: Actor) -> DeskContent:
    """A group that changed no step for half a year may need somebody to ask how it goes."""
    stalled = stalled_initiatives(actor)
    lines = [
        DeskLine(
            each.name,
            _("kein Schritt seit %(day)s", day=f"{to_berlin(each.moved_at):%d.%m.%Y}"),
            "initiatives.show_desk",
            {"initiative": each.slug},
        )
        for each in stalled[:SHOWN]
    ]
    return DeskContent(len(stalled), lines, "initiatives.list_own")


def _ask(_job: Running) -> str:
    return ngettext("Bei %(num)s Initiative nachgefragt.", "Bei %(num)s Initiativen nachgefragt.", ask_groups())


WORK = (Periodic("confirm_initiatives", _l("Nachfragen, ob Seiten von Initiativen stimmen"), _ask, at=time(7, 40)),)

DESK = (DeskSection("initiatives", _l("Initiativen, die nicht weiterkommen"), 77, initiatives_that_stall),)

PLACE_SECTIONS = (
    PlaceSection(
        "initiativen",
        _l("Initiativen"),
        25,
        "initiatives/of_place.html",
        lambda code, _actor: known_of(code),
    ),
)

PLACE_NEWS = (PlaceNews("initiativen", _l("Initiativen und Protokolle"), news_of),)

AREA = Area(
    key="initiatives",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    desk=DESK,
    place_sections=PLACE_SECTIONS,
    place_news=PLACE_NEWS,
    told_with_project=told_with,
    impersonal={models.Minutes: "minutes that a group publishes of its meetings"},
)

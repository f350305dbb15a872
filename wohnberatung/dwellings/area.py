"""The supply: homes, offers and the links in mails to those who offer."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_news import PlaceNews
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.work import Periodic, Running
from wohnberatung.dwellings import models, views
from wohnberatung.dwellings.models import AvailabilityLink
from wohnberatung.dwellings.services.browsing import OffersOfPlace, offers_in, stock_in
from wohnberatung.dwellings.services.freshness import ask_whether_available, end_stale
from wohnberatung.dwellings.services.news import new_offers
from wohnberatung.dwellings.services.pictures import OF_DWELLING, OF_OFFER
from wohnberatung.dwellings.spells import keep_track
from wohnberatung.privacy.retention import ended_links


def _keep_fresh(_job: Running) -> str:
    try:
        ended = end_stale()
    finally:
        asked = ask_whether_available()
    again = ngettext("Zu %(num)s Angebot nachgefragt", "Zu %(num)s Angeboten nachgefragt", asked)
    return _("%(again)s, beendet: %(ended)s.", again=again, ended=ended)


WORK = (Periodic("fresh_offers", _l("Nachfragen, ob Angebote noch gelten"), _keep_fresh, at=time(7, 15)),)


RETENTION = (ended_links("availability_links", _l("Links, mit denen Anbieter Angebote bestätigen"), AvailabilityLink),)


def _offers_in(code: str, _actor: Actor) -> OffersOfPlace | None:
    found = offers_in(code)
    return found if found.items else None


PLACE_SECTIONS = (
    PlaceSection("angebote", _l("Freie Wohnungen und Plätze"), 30, "dwellings/of_place.html", _offers_in),
    PlaceSection("bestand", _l("Wohnungen im Bestand"), 20, "dwellings/stock.html", stock_in, for_office=True),
)

PLACE_NEWS = (PlaceNews("angebote", _l("Freie Wohnungen und Plätze"), new_offers),)


AREA = Area(
    key="dwellings",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    picture_subjects=(OF_DWELLING, OF_OFFER),
    place_sections=PLACE_SECTIONS,
    place_news=PLACE_NEWS,
    session_events={"before_flush": keep_track},
)

"""Resources of a neighbourhood: what waits for the office, entries asked about twice a year, how long all is kept."""

from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import Select, select

from wohnberatung.bridge.neighbour_resources import kind_label
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core import manifests
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_news import PlaceNews
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.work import Periodic, Running
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.resources import models, views
from wohnberatung.resources.models import ContactRequest, ContactRequestState, Resource, ResourceState
from wohnberatung.resources.services.contact_requests import open_requests
from wohnberatung.resources.services.entries import waiting_entries
from wohnberatung.resources.services.freshness import ask_whether_current, let_lapse, to_telephone
from wohnberatung.resources.services.of_place import new_resources, resources_in
from wohnberatung.resources.services.requests_of import erase_request, erase_resource
from wohnberatung.resources.services.searching import RESOURCES_FOUND


def entries_to_review(actor: Actor) -> DeskContent:
    return _lines(waiting_entries(actor))


def entries_to_call(actor: Actor) -> DeskContent:
    """Who has no mail address is asked by telephone whether it still holds."""
    return _lines(to_telephone(actor))


def requests_to_read(actor: Actor) -> DeskContent:
    waiting = open_requests(actor)
    lines = [
        DeskLine(
            row.resource.title,
            f"{to_berlin(row.created_at):%d.%m.%Y}",
            "resources.show_contact_request",
            {"request_id": row.id},
        )
        for row in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "resources.list_own")


def _lines(rows: list[Resource]) -> DeskContent:
    lines = [
        DeskLine(row.title, kind_label(row.kind), "resources.show_desk", {"resource_id": row.id})
        for row in rows[:SHOWN]
    ]
    return DeskContent(len(rows), lines, "resources.list_own")


def _ask(_job: Running) -> str:
    asked, lapsed = ask_whether_current(), let_lapse()
    said = ngettext("Zu %(num)s Eintrag nachgefragt.", "Zu %(num)s Einträgen nachgefragt.", asked)
    return said + " " + _("Nicht mehr gezeigt: %(count)s.", count=lapsed)


WORK = (
    Periodic("resources_current", _l("Nachfragen, ob Angebote der Nachbarschaft noch gelten"), _ask, at=time(7, 40)),
)


def _unseen(before: datetime) -> Select[Any]:
    hidden = Resource.state.in_((ResourceState.PAUSED, ResourceState.DECLINED))
    return select(Resource).where(hidden, Resource.updated_at < before)


def _closed(before: datetime) -> Select[Any]:
    over = ContactRequest.state.in_((ContactRequestState.DECLINED, ContactRequestState.ENDED))
    return select(ContactRequest).where(over, ContactRequest.updated_at < before)


def _old(before: datetime) -> Select[Any]:
    return select(ContactRequest).where(ContactRequest.updated_at < before)


PROMISED_ENTRIES = _l("Einträge der Nachbarschaft, die nicht mehr gezeigt werden, löschen wir %(after)s.")
PROMISED_REQUESTS = _l("Anfragen nach Kontakt in der Nachbarschaft löschen wir spätestens %(after)s.")
RETENTION = (
    RetentionRule(
        "resources_unseen",
        _l("Einträge der Nachbarschaft, die niemand mehr sieht"),
        _l("löschen"),
        182,
        _unseen,
        manifests.erase,
        PROMISED_ENTRIES,
    ),
    RetentionRule(
        "resource_requests_closed",
        _l("Anfragen nach Kontakt, die zu Ende sind"),
        _l("löschen"),
        91,
        _closed,
        manifests.erase,
    ),
    RetentionRule(
        "resource_requests",
        _l("Anfragen nach Kontakt in der Nachbarschaft"),
        _l("löschen"),
        365,
        _old,
        manifests.erase,
        PROMISED_REQUESTS,
    ),
)

DESK = (
    DeskSection("resources", _l("Angebote und Gesuche der Nachbarschaft zu prüfen"), 66, entries_to_review),
    DeskSection("resource_requests", _l("Anfragen nach Kontakt in der Nachbarschaft"), 67, requests_to_read),
    DeskSection("resources_to_call", _l("Nachbarschaft: anrufen, ob es noch gilt"), 77, entries_to_call),
)

PLACE_SECTIONS = (
    PlaceSection(
        "nachbarschaft",
        _l("Räume, Hilfe, Wissen"),
        30,
        "resources/of_place.html",
        lambda code, _actor: resources_in(code),
    ),
)

SEARCH = (RESOURCES_FOUND,)

PLACE_NEWS = (PlaceNews("nachbarschaft", _l("Räume, Hilfe, Wissen"), new_resources),)

AREA = Area(
    key="resources",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    place_sections=PLACE_SECTIONS,
    place_news=PLACE_NEWS,
    search=SEARCH,
    export_pages=("resources.export_mine", "resources.export_request"),
    erasure={Resource: erase_resource, ContactRequest: erase_request},
)

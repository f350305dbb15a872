"""The directory: entries that wait for the office, owners asked once a year, lists nobody took over."""

from datetime import time

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_news import PlaceNews
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.work import Periodic, Running
from wohnberatung.directory import models, views
from wohnberatung.directory.kinds import kind_label
from wohnberatung.directory.models import DirectoryList, EntryLink
from wohnberatung.directory.services.entries import entries_in_review
from wohnberatung.directory.services.finding import known_in, new_entries, rooms_in, services_in
from wohnberatung.directory.services.found import DIRECTORY_ENTRIES
from wohnberatung.directory.services.freshness import ask_whether_right, forgotten_entries
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule, ended_links


def entries_to_review(actor: Actor) -> DeskContent:
    waiting = entries_in_review(actor)
    lines = [
        DeskLine(entry.name, kind_label(entry.kind), "directory.show_desk", {"entry_id": entry.id})
        for entry in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "directory.list_own")


def entries_to_confirm(actor: Actor) -> DeskContent:
    """What the office keeps itself: nobody else is asked whether it is right."""
    only_office(actor)
    forgotten = forgotten_entries()
    lines = [
        DeskLine(entry.name, f"{to_berlin(entry.confirmed_at):%d.%m.%Y}", "directory.show_desk", {"entry_id": entry.id})
        for entry in forgotten[:SHOWN]
    ]
    return DeskContent(len(forgotten), lines, "directory.list_own")


def _ask(_job: Running) -> str:
    return ngettext("Zu %(num)s Eintrag nachgefragt.", "Zu %(num)s Einträgen nachgefragt.", ask_whether_right())


WORK = (Periodic("confirm_entries", _l("Nachfragen, ob Einträge im Wegweiser stimmen"), _ask, at=time(7, 30)),)

RETENTION = (
    ended_links("directory_links", _l("Links, mit denen Einträge im Wegweiser bestätigt werden"), EntryLink),
    RetentionRule(
        "directory_lists",
        _l("Listen für den Wegweiser"),
        _l("löschen"),
        90,
        lambda before: select(DirectoryList).where(DirectoryList.updated_at < before),
        db.session.delete,
    ),
)

DESK = (
    DeskSection("directory", _l("Einträge im Wegweiser zu prüfen"), 65, entries_to_review),
    DeskSection("directory_confirm", _l("Eigene Einträge im Wegweiser: stimmen sie noch?"), 76, entries_to_confirm),
)

PLACE_SECTIONS = (
    PlaceSection(
        "wegweiser", _l("Wer hier da ist"), 20, "directory/of_place.html", lambda code, _actor: known_in(code)
    ),
    PlaceSection(
        "treffraeume",
        _l("Wo man sich trifft"),
        25,
        "directory/rooms_of_place.html",
        lambda code, _actor: rooms_in(code) or None,
    ),
    PlaceSection(
        "eintraege",
        _l("Wer hier arbeitet"),
        30,
        "directory/services_of_place.html",
        lambda code, _actor: services_in(code),
        for_office=True,
    ),
)

PLACE_NEWS = (PlaceNews("wegweiser", _l("Neu im Wegweiser"), new_entries),)

AREA = Area(
    key="directory",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    place_sections=PLACE_SECTIONS,
    place_news=PLACE_NEWS,
    search=(DIRECTORY_ENTRIES,),
    impersonal={models.DirectoryList: "rows of organisations as the office sent them, gone once they are taken over"},
)

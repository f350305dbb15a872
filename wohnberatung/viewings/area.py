"""Viewings: reminders, what waits for the office, what they tell and forget."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wohnberatung.brokerage.states import MatchState
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.privacy.retention import ended_links
from wohnberatung.seekers.services.data_export import ToldOfRequest
from wohnberatung.viewings import models, views
from wohnberatung.viewings.models import ViewingLink
from wohnberatung.viewings.services.corrections import waiting_corrections
from wohnberatung.viewings.services.following import follow_match
from wohnberatung.viewings.services.personal_data import forget_viewings, viewings_about, viewings_in_words
from wohnberatung.viewings.services.sheets import ViewingSheet, listed_viewings
from wohnberatung.viewings.services.timers import ask_how_it_was, call_off_ended, end_viewings, remind


def _write_mails(_job: Running) -> str:
    called_off = call_off_ended()
    sent = remind() + ask_how_it_was()
    told = ngettext("%(num)s E-Mail geschrieben,", "%(num)s E-Mails geschrieben,", sent)
    return told + " " + ngettext("%(num)s Termin abgesagt.", "%(num)s Termine abgesagt.", called_off)


WORK = (Periodic("viewing_mails", _l("An Besichtigungen erinnern"), _write_mails, every=timedelta(minutes=15)),)


def viewings_today(actor: Actor) -> DeskContent:
    """Where somebody may call who does not find the door."""
    sheets = [sheet for sheet in listed_viewings(actor) if sheet.is_agreed and _is_today(sheet)]
    lines = [
        DeskLine(
            sheet.match.offer.display_title,
            _("%(time)s Uhr, %(number)s", time=_time(sheet), number=sheet.match.request.receipt_number),
            "viewings.show_viewing",
            {"match_id": sheet.match.id},
        )
        for sheet in sheets[:SHOWN]
    ]
    return DeskContent(len(sheets), lines, "viewings.list_viewings")


def _is_today(sheet: ViewingSheet) -> bool:
    starts_at = sheet.viewing.starts_at if sheet.viewing else None
    return starts_at is not None and clock.to_berlin(starts_at).date() == clock.today()


def _time(sheet: ViewingSheet) -> str:
    assert sheet.viewing is not None
    assert sheet.viewing.starts_at is not None
    return f"{clock.to_berlin(sheet.viewing.starts_at):%H:%M}"


def without_date(actor: Actor) -> DeskContent:
    """Both know each other, and nobody has proposed a date or what was proposed came to nothing."""
    waiting = [
        sheet
        for sheet in listed_viewings(actor)
        if sheet.match.state == MatchState.CONTACT_RELEASED and (sheet.viewing is None or sheet.turn is None)
    ]
    lines = [
        DeskLine(
            sheet.match.offer.display_title,
            sheet.match.request.receipt_number,
            "viewings.show_viewing",
            {"match_id": sheet.match.id},
        )
        for sheet in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "viewings.list_viewings")


def seen_differently(actor: Actor) -> DeskContent:
    """What people saw differently from what is known of a home."""
    waiting = waiting_corrections(actor)
    lines = [
        DeskLine(f"{each.label}: {each.seen}", each.correction.match.offer.display_title, "viewings.list_corrections")
        for each in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "viewings.list_corrections")


DESK = (
    DeskSection("viewings_today", _l("Besichtigungen heute"), 6, viewings_today),
    DeskSection("viewings_without_date", _l("Noch ohne Termin zum Anschauen"), 24, without_date),
    DeskSection("seen_differently", _l("Bei Besichtigungen anders gesehen"), 26, seen_differently),
)

RETENTION = (ended_links("viewing_links", _l("Links zu Besichtigungen, die nicht mehr gelten"), ViewingLink),)


AREA = Area(
    key="viewings",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    told_of_request=(ToldOfRequest("viewings", viewings_about, viewings_in_words),),
    on_match_step=(follow_match,),
    on_matching_ended=(end_viewings,),
    on_consent_withdrawn=(forget_viewings,),
)

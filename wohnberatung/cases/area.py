"""Cases: what they have on the desk, tell, hide and find, and how long they are kept."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select, true
from sqlalchemy.orm import joinedload

from wohnberatung.cases import models, views
from wohnberatung.cases.models import (
    Absence,
    BriefEnquiry,
    Case,
    CaseDraft,
    CasePerson,
    CaseState,
    FollowUp,
    SearchChange,
)
from wohnberatung.cases.search.following import note_flushed
from wohnberatung.cases.search.record_kinds import KINDS
from wohnberatung.cases.services.cases import renew_outdated_lookups
from wohnberatung.cases.services.closing import OPEN_FOLLOW_UPS
from wohnberatung.cases.services.consultations import consultations_in_timeline, consultations_told
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.cases.services.drafts import NEW_TALK, drafts_told, my_drafts
from wohnberatung.cases.services.follow_ups import follow_ups_in_timeline, follow_ups_told
from wohnberatung.cases.services.personal_data import erase_case
from wohnberatung.cases.services.requests import forget_named, tell_of_withdrawal
from wohnberatung.cases.services.rights import not_of_hidden_case, openable
from wohnberatung.cases.services.search import warm
from wohnberatung.cases.services.timeline import events_in_timeline, requests_in_timeline
from wohnberatung.core import clock, manifests
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic
from wohnberatung.dwellings.services.provider_desk import offers_in_review
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.projects.services.publishing import projects_in_review
from wohnberatung.seekers.models import RequestState
from wohnberatung.seekers.services.contacts import wants_letter
from wohnberatung.seekers.services.messages import waiting_messages
from wohnberatung.seekers.services.reconfirmation import held_requests, unanswered
from wohnberatung.seekers.services.requests import contact_of, list_requests


def begun_notes(actor: Actor) -> DeskContent:
    begun = my_drafts(actor)
    opened = openable((draft.case for draft in begun), actor)
    drafts = [draft for draft in begun if draft.case_id in opened]
    lines = [
        DeskLine(
            content_of(draft.case)["name"],
            _("gesichert um %(time)s Uhr", time=f"{clock.to_berlin(draft.saved_at):%H:%M}"),
            "cases.begin_consultation" if draft.subject == "consultation" else "cases.edit_consultation",
            {"case_id": draft.case_id}
            | ({} if draft.subject == "consultation" else {"consultation_id": draft.subject}),
        )
        for draft in drafts[:SHOWN]
    ]
    return DeskContent(len(drafts), lines)


def new_requests(actor: Actor) -> DeskContent:
    page = list_requests(actor, states=[RequestState.NEW], size=SHOWN)
    lines = [
        DeskLine(
            contact_of(request).get("name") or _("ohne Namen"),
            f"{request.receipt_number}, {clock.to_berlin(request.created_at):%d.%m.%Y}"
            + (", " + _("Antwort mit einem Brief") if wants_letter(request) else ""),
            "brokerage.show_ranking",
            {"request_id": request.id},
        )
        for request in page.items
    ]
    return DeskContent(page.total, lines, "brokerage.list_requests")


def to_be_asked(actor: Actor) -> DeskContent:
    requests = unanswered(actor)
    lines = [
        DeskLine(request.receipt_number, "", "brokerage.show_ranking", {"request_id": request.id})
        for request in requests[:SHOWN]
    ]
    return DeskContent(len(requests), lines, "seekers.list_unanswered")


def held(actor: Actor) -> DeskContent:
    requests = held_requests(actor)
    lines = [
        DeskLine(request.receipt_number, "", "brokerage.show_ranking", {"request_id": request.id})
        for request in requests[:SHOWN]
    ]
    return DeskContent(len(requests), lines, "advice.list_enquiries", {"stand": "quarantaene"})


def offers_to_review(actor: Actor) -> DeskContent:
    waiting = offers_in_review(actor)
    lines = [
        DeskLine(each.title, each.organisation, "dwellings.show_review", {"offer_id": each.offer.id})
        for each in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "dwellings.list_reviews")


def projects_to_review(actor: Actor) -> DeskContent:
    waiting = projects_in_review(actor)
    lines = [
        DeskLine(
            project.name,
            f"{clock.to_berlin(project.review_asked_at):%d.%m.%Y}" if project.review_asked_at else "",
            "projects.show_desk",
            {"project_id": project.id},
        )
        for project in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "projects.list_desks")


def messages(actor: Actor) -> DeskContent:
    waiting = waiting_messages(actor)
    lines = [
        DeskLine(
            contact_of(each.request).get("name") or _("ohne Namen"),
            f"{each.request.receipt_number}, {clock.to_berlin(each.since):%d.%m.%Y}",
            "seekers.show_messages",
            {"request_id": each.request.id},
        )
        for each in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "seekers.list_messages")


DESK = (
    DeskSection("drafts", _l("Angefangene Notizen"), 15, begun_notes),
    DeskSection("new_requests", _l("Neue Gesuche"), 50, new_requests),
    DeskSection("unanswered", _l("Noch gesucht? Bitte nachfragen"), 80, to_be_asked),
    DeskSection("held", _l("Quarantäne: vielleicht Spam"), 90, held),
    DeskSection("reviews", _l("Angebote zu prüfen"), 60, offers_to_review),
    DeskSection("projects", _l("Projekte zu prüfen"), 62, projects_to_review),
    DeskSection("messages", _l("Nachrichten, die auf Antwort warten"), 25, messages),
)


THREE_YEARS = 1096


def _closed(before: datetime) -> Select[Any]:
    """Closed before the year of `before` began, so that the period counts from the end of a year."""
    year = clock.start_of_day(date(clock.to_berlin(before).year, 1, 1))
    kept = Case.legal_hold.is_(False)
    query = select(Case).options(joinedload(Case.person_key))
    return query.where(Case.state == CaseState.CLOSED, Case.closed_at < year, kept)


PROMISED_TO_ADVISED = _l(
    "Beratungsfälle löschen wir %(span)s nach dem Ende des Jahres, in dem sie abgeschlossen wurden."
)

RETENTION = (
    RetentionRule(
        "case_closed",
        _l("Abgeschlossene Fälle der Beratung"),
        _l("löschen"),
        THREE_YEARS,
        _closed,
        manifests.erase,
        PROMISED_TO_ADVISED,
    ),
    RetentionRule(
        "absences",
        _l("Vertretungen, die vorbei sind"),
        _l("löschen"),
        365,
        lambda before: select(Absence).where(Absence.last_day < clock.to_berlin(before).date()),
        db.session.delete,
    ),
    RetentionRule(
        "case_drafts",
        _l("Angefangene Notizen der Beratung"),
        _l("löschen"),
        30,
        lambda before: select(CaseDraft).where(CaseDraft.saved_at < before),
        db.session.delete,
    ),
    RetentionRule(
        "brief_enquiries",
        _l("Gezählte kurze Anfragen ohne Namen"),
        _l("löschen"),
        3650,
        lambda before: select(BriefEnquiry).where(BriefEnquiry.asked_at < before),
        db.session.delete,
    ),
    RetentionRule(
        "search_changes",
        _l("Änderungen, denen die Suche gefolgt ist"),
        _l("löschen"),
        7,
        lambda before: select(SearchChange).where(SearchChange.changed_at < before),
        db.session.delete,
    ),
)


# A release that reads numbers otherwise, and another SECRET_KEY, need nobody to think of it.
WORK = (
    Periodic(
        "case_lookups",
        _l("Fälle nach Telefonnummer und E-Mail finden"),
        renew_outdated_lookups,
        every=timedelta(minutes=5),
    ),
)


AREA = Area(
    key="cases",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    timeline=(events_in_timeline, requests_in_timeline, follow_ups_in_timeline, consultations_in_timeline),
    moves_with_case={
        FollowUp: lambda: FollowUp.done_at.is_(None),
        CasePerson: true,
        CaseDraft: lambda: CaseDraft.subject == NEW_TALK,
    },
    told_of_case={"drafts": drafts_told, "follow_ups": follow_ups_told, "consultations": consultations_told},
    export_pages=("cases.export_case",),
    open_in_case=(OPEN_FOLLOW_UPS,),
    erasure={Case: erase_case},
    on_erased=(forget_named,),
    on_consent_withdrawn=(tell_of_withdrawal,),
    request_visibility=(not_of_hidden_case,),
    search=KINDS,
    session_events={"after_flush": note_flushed},
    warming={"search": warm},
)

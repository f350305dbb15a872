"""Cooperation of services: what a neighbourhood has of them, joint cases, and what becomes of both with a request."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.cooperation import models, views
from wohnberatung.cooperation.services.matrix import services_in
from wohnberatung.cooperation.services.offered import stale_services
from wohnberatung.cooperation.services.personal_data import (
    asked_by_post,
    end_with_consent,
    end_with_request,
    joint_cases_about,
    joint_cases_in_words,
    tell_before_erasure,
)
from wohnberatung.cooperation.services.tasks import tasks_due
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.seekers.services.data_export import ToldOfRequest


def tasks_of_joint_cases(actor: Actor) -> DeskContent:
    """Whose day has come."""
    due = tasks_due(actor)
    lines = [
        DeskLine(
            task.plain_title,
            _("%(number)s, bis %(day)s", number=task.joint.request.receipt_number, day=f"{task.due_on:%d.%m.%Y}"),
            "cooperation.show_joint",
            {"joint_id": task.joint_id},
            urgent=task.is_late,
        )
        for task in due[:SHOWN]
    ]
    return DeskContent(len(due), lines, "cooperation.list_joint")


def services_to_ask(actor: Actor) -> DeskContent:
    """Whose capacity nobody has said for three months."""
    stale = stale_services(actor)
    lines = [
        DeskLine(row.entry.name, f"{row.as_of:%d.%m.%Y}", "cooperation.ask_service_changes", {"service_id": row.id})
        for row in stale[:SHOWN]
    ]
    return DeskContent(len(stale), lines, "cooperation.show_overview")


DESK = (
    DeskSection("joint_tasks", _l("Aufgaben in gemeinsamen Fällen"), 39, tasks_of_joint_cases),
    DeskSection("service_capacity", _l("Dienste: Sind noch Plätze frei?"), 77, services_to_ask),
)
PLACE_SECTIONS = (
    PlaceSection(
        "dienste",
        _l("Dienste, die nach Hause kommen oder beraten"),
        25,
        "cooperation/of_place.html",
        lambda code, _actor: services_in(code),
    ),
)
AREA = Area(
    key="cooperation",
    models=models,
    blueprint=views.blueprint,
    desk=DESK,
    place_sections=PLACE_SECTIONS,
    told_of_request=(ToldOfRequest("joint_cases", joint_cases_about, joint_cases_in_words),),
    by_post={"joint_asked": asked_by_post},
    on_consent_withdrawn=(end_with_consent,),
    on_matching_ended=(end_with_request,),
    on_erased=(tell_before_erasure,),
)

"""Shared living: groups, who would like to join, and the votes on them. With an enquiry goes the vote on it."""

from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.core import manifests
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_news import PlaceNews
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.work import Periodic, Running
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.projects import models, views
from wohnberatung.projects.models import JoinEnquiry, JoinEnquiryState
from wohnberatung.projects.services.my_enquiry import erase_enquiry
from wohnberatung.projects.services.news import coming_dates_in, dates_of_projects, news_of_projects
from wohnberatung.projects.services.projects import OF_PROJECT, projects_in
from wohnberatung.projects.services.votes import close_due_votes


def _close(_job: Running) -> str:
    return ngettext("%(num)s Abstimmung ausgezählt.", "%(num)s Abstimmungen ausgezählt.", close_due_votes())


WORK = (Periodic("close_votes", _l("Abstimmungen auszählen"), _close, at=time(0, 20)),)


def _enquiries(*states: JoinEnquiryState) -> Select[Any]:
    kept = JoinEnquiry.legal_hold.is_(False)
    query = select(JoinEnquiry).options(joinedload(JoinEnquiry.person_key))
    return query.where(JoinEnquiry.state.in_(states), kept)


def _closed(before: datetime) -> Select[Any]:
    over = _enquiries(JoinEnquiryState.ANSWERED, JoinEnquiryState.WITHDRAWN)
    return over.where(JoinEnquiry.closed_at < before)


def _held(before: datetime) -> Select[Any]:
    return _enquiries(JoinEnquiryState.QUARANTINED).where(JoinEnquiry.created_at < before)


RETENTION = (
    RetentionRule(
        "join_enquiry_closed",
        _l("Beantwortete oder zurückgezogene Anfragen an Wohnprojekte"),
        _l("löschen"),
        182,
        _closed,
        manifests.erase,
        _l("Anfragen an Wohnprojekte löschen wir %(span)s nach der letzten Antwort, mit der Abstimmung darüber."),
    ),
    RetentionRule(
        "join_enquiry_held", _l("Anfragen an Wohnprojekte in Quarantäne"), _l("löschen"), 182, _held, manifests.erase
    ),
)


PLACE_SECTIONS = (
    PlaceSection(
        "projekte",
        _l("Wohnprojekte"),
        40,
        "projects/of_place.html",
        lambda code, _actor: projects_in(code) or None,
    ),
    PlaceSection(
        "treffen",
        _l("Termine der Wohnprojekte"),
        45,
        "projects/dates_of_place.html",
        lambda code, _actor: coming_dates_in(code) or None,
    ),
)

PLACE_NEWS = (
    PlaceNews("projekte", _l("Wohnprojekte"), news_of_projects),
    PlaceNews("treffen", _l("Termine der Wohnprojekte"), dates_of_projects),
)


AREA = Area(
    key="projects",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    export_pages=("projects.export_my_enquiry",),
    erasure={JoinEnquiry: erase_enquiry},
    impersonal={models.ProjectFile: "papers that a group shares among its members"},
    picture_subjects=(OF_PROJECT,),
    place_sections=PLACE_SECTIONS,
    place_news=PLACE_NEWS,
)

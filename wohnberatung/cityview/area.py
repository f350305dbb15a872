"""The city view: its computation in the background, what it keeps and for how long."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.cityview import models, views
from wohnberatung.cityview.models import CityRun
from wohnberatung.cityview.services import computing, decisions
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Task
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.seekers.services.data_export import ToldOfRequest

WORK = (
    Task(computing.COMPUTE, _l("Stadtsicht rechnen"), computing.compute),
    Task(computing.RECHECK, _l("Stadtsicht nachrechnen"), computing.recompute),
)

RETENTION = (
    RetentionRule(
        "city_views",
        _l("Stadtsichten mit allem, woraus sie gerechnet sind"),
        _l("löschen"),
        180,
        lambda before: select(CityRun).where(CityRun.asked_at < before),
        db.session.delete,
    ),
)

AREA = Area(
    key="cityview",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    impersonal={CityRun: "homes and what was learned of them; the requests are sealed beside it"},
    told_of_request=(ToldOfRequest("city_views", decisions.city_views_about, decisions.city_views_in_words),),
    on_matching_ended=(decisions.forget_ended,),
    on_consent_withdrawn=(decisions.forget_health,),
)

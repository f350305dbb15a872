"""Scenarios of planners: their computation in the background, and for how long they are kept."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Task
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.scenarios import models, views
from wohnberatung.scenarios.models import PlanningScenario
from wohnberatung.scenarios.services import computing, scenarios

WORK = (Task(scenarios.COMPUTE, _l("Szenario der Planung rechnen"), computing.compute),)

RETENTION = (
    RetentionRule(
        "planning_scenarios",
        _l("Szenarien der Planung mit genauen Zahlen"),
        _l("löschen"),
        365,
        lambda before: select(PlanningScenario).where(PlanningScenario.asked_at < before),
        db.session.delete,
    ),
)

AREA = Area(
    key="scenarios",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
)

"""Figures for planning: taken once a month, published for good; what was counted to the last one is forgotten."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.planning import models, views
from wohnberatung.planning.services import snapshots
from wohnberatung.privacy.retention import RetentionRule


def _take(job: Running) -> str:
    if snapshots.take_snapshot(job) is None:
        return _("Die Zahlen dieses Monats stehen schon fest.")
    return _("Die Zahlen dieses Monats stehen jetzt fest.")


WORK = (Periodic("planning_figures", _l("Zahlen für die Planung festhalten"), _take, every=timedelta(hours=6)),)

RETENTION = (
    RetentionRule(
        "planning_exact",
        _l("Genaue Zahlen für die Planung; was veröffentlicht ist, bleibt"),
        _l("löschen"),
        365,
        snapshots.exact_before,
        snapshots.forget_exact,
    ),
    RetentionRule(
        "planning_waits",
        _l("Wartezeiten nach Gruppen, wie sie gezählt wurden"),
        _l("löschen"),
        365,
        snapshots.waits_before,
        snapshots.forget_waits,
    ),
)

AREA = Area(
    key="planning",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    impersonal={models.YearlyReport: "papers of published figures, which name nobody"},
)

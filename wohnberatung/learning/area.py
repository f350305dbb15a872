"""What is learned from the stock: how the unknown turns out."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.manifests import Area
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.learning import models, services, views


def _learn(_job: Running) -> str:
    row = services.learn_likelihoods()
    used = sum(item["leans"] for item in row.report)
    told = _("Aus %(offers)s Angeboten gelernt, %(used)s Angaben besser als die Grundrate.",
             offers=row.offers, used=used)  # fmt: skip
    with transaction():
        services.keep(row)
    return told


WORK = (Periodic("likelihoods", _l("Wie Unbekanntes ausgeht: aus dem Bestand lernen"), _learn, at=time(2, 10)),)


AREA = Area(
    key="learning",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    impersonal={models.LearnedLikelihoods: "numbers of the whole stock"},
)

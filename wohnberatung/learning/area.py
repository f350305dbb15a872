"""What was learned: worked out in the background, looked at by administrators."""

from datetime import time

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wohnberatung.core.manifests import Area
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.learning import models, services

blueprint = Blueprint("learning", __name__)


@blueprint.get("/verwaltung/gelerntes")
def show_likelihoods() -> ResponseReturnValue:
    latest = services.latest()
    return render_template(
        "learning/likelihoods.html", latest=latest, lines=services.lines(latest) if latest is not None else ()
    )


def _learn(_job: Running) -> str:
    row = services.learn_likelihoods()
    used = sum(item["leans"] for item in row.report)
    learnt = ngettext("Aus %(num)s Angebot gelernt.", "Aus %(num)s Angeboten gelernt.", row.offers)
    better = ngettext(
        "%(num)s Angabe ist besser als die Grundrate.", "%(num)s Angaben sind besser als die Grundrate.", used
    )
    told = f"{learnt} {better}"
    with transaction():
        services.keep(row)
    return told


WORK = (Periodic("likelihoods", _l("Wie Unbekanntes ausgeht: aus dem Bestand lernen"), _learn, at=time(2, 10)),)


AREA = Area(
    key="learning",
    models=models,
    blueprint=blueprint,
    work=WORK,
    impersonal={models.LearnedLikelihoods: "numbers of the whole stock"},
)
